package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Facts.Standing;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.report.CampaignReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads where the ledger has everybody. */
final class FactFinder {
    private final Scenario scenario;
    private final Ledger ledger;

    FactFinder(Scenario scenario, Ledger ledger) {
        this.scenario = scenario;
        this.ledger = ledger;
    }

    Map<String, CampaignReport> reports() {
        return ledger.reports()
                .campaigns(scenario.campaigns().stream().map(Campaign::uid).toList());
    }

    List<Standing> standings() {
        List<Standing> all = new ArrayList<>();
        // One whose account came to nothing was never made known to the ledger.
        Map<String, CampaignReport> known = reports();
        scenario.campaigns().stream()
                .filter(campaign -> known.containsKey(campaign.uid()))
                .forEach(campaign -> all.addAll(standings(campaign)));
        return all;
    }

    private List<Standing> standings(Campaign campaign) {
        Map<Human, OutcomeStatus> reached = new HashMap<>();
        ledger.outcomes()
                .forEach(
                        campaign.uid(),
                        row -> row.person()
                                .flatMap(person -> named(campaign, person.identities()))
                                .ifPresent(human ->
                                        reached.merge(human, row.status(), (before, next) -> next.after(before))));
        return reached.entrySet().stream()
                .map(entry -> new Standing(campaign, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Optional<Human> named(Campaign campaign, Identities identities) {
        return campaign.audience().stream()
                .map(Line::human)
                .filter(human ->
                        identities.phone().filter(human.phone()::equals).isPresent()
                                || identities
                                        .username()
                                        .filter(human.username()::equals)
                                        .isPresent())
                .findFirst();
    }
}
