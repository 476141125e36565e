package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.people.Identities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Has people opt out while they wait in a campaign's queue: after the import, before their turn. */
final class OptOuts {
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Scenario scenario;
    private final Ledger ledger;
    private final StepJournal journal;
    private final Map<Long, Instant> since = new ConcurrentHashMap<>();

    OptOuts(Scenario scenario, Ledger ledger, StepJournal journal) {
        this.scenario = scenario;
        this.ledger = ledger;
        this.journal = journal;
    }

    /** Until all have opted out or the workers are done. */
    void happen(BooleanSupplier workersDone) throws InterruptedException {
        while (since.size() < scenario.optingOut().size() && !workersDone.getAsBoolean()) {
            for (Campaign campaign : scenario.campaigns()) {
                if (journal.campaignHas(campaign.chat(), "after-import")) {
                    optOut(campaign.audience().stream()
                            .map(Line::human)
                            .filter(scenario.optingOut()::contains)
                            .filter(human -> !since.containsKey(human.id()))
                            .toList());
                }
            }
            Thread.sleep(LOOK);
        }
    }

    /** Since when each is in the ledger, by Telegram id. */
    Map<Long, Instant> since() {
        return Map.copyOf(since);
    }

    private void optOut(List<Human> people) {
        if (people.isEmpty()) {
            return;
        }
        try {
            ledger.suppressions()
                    .add(
                            people.stream()
                                    .map(h -> Identities.ofUsername(h.username()))
                                    .toList(),
                            OptionalLong.empty(),
                            "OptedOut");
            // A call that was on its way when this was written is not to be blamed.
            people.forEach(human -> since.put(human.id(), Instant.now().plus(LOOK)));
        } catch (LedgerUnavailableException e) {
            // It was killed on purpose; asked again at the next look.
            return;
        }
    }
}
