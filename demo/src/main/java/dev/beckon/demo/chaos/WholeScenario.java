package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Scenarios of the whole level: fewer campaigns than the fast level's, written as a user would write them. */
final class WholeScenario {
    /** Accounts that work for a second campaign in a chat whose log they can't read. */
    private static final int WITH_SECOND = 3;

    private static final String SECOND = "bring-again";

    /** The one campaign that is left with people whom another campaign contacted already. */
    private static final String WAITS = SECOND + "0";

    private WholeScenario() {}

    static Scenario draw(RandomGenerator random, int accounts, int peopleEach) {
        Scenario drawn = Scenarios.draw(random, accounts, peopleEach);
        Set<String> unwanted = drawn.accounts().stream()
                .skip(WITH_SECOND)
                .map(account -> SECOND + account.index())
                .collect(Collectors.toSet());
        List<Campaign> campaigns = drawn.campaigns().stream()
                .filter(campaign -> !unwanted.contains(campaign.name()))
                .map(campaign -> with(audience(drawn, campaign), campaign))
                .toList();
        Set<Human> addressed = campaigns.stream()
                .flatMap(campaign -> campaign.audience().stream())
                .map(Line::human)
                .collect(Collectors.toSet());
        List<Human> capped = campaigns.stream()
                .filter(campaign -> campaign.name().equals(WAITS))
                .flatMap(campaign -> campaign.audience().stream())
                .map(Line::human)
                .filter(drawn.capped()::contains)
                .toList();
        return new Scenario(
                drawn.accounts(),
                campaigns,
                drawn.people().stream().filter(addressed::contains).toList(),
                capped,
                drawn.optingOut(),
                List.of());
    }

    private static List<Line> audience(Scenario drawn, Campaign campaign) {
        boolean sharesPeople = campaign.name().equals(WAITS);
        return campaign.audience().stream()
                .filter(line -> sharesPeople
                        || !campaign.name().startsWith(SECOND)
                        || !drawn.capped().contains(line.human()))
                .map(line -> new Line(line.human(), called(campaign) || (line.byPhone() && !inline(campaign))))
                .toList();
    }

    private static Campaign with(List<Line> audience, Campaign campaign) {
        return new Campaign(
                campaign.name(),
                campaign.uid(),
                campaign.chat(),
                campaign.mode(),
                campaign.accounts(),
                campaign.administrators(),
                audience);
    }

    /** Whether the campaign's people come one by one to a webhook, by phone. */
    static boolean called(Campaign campaign) {
        return campaign.name().startsWith(SECOND) && !campaign.name().equals(WAITS);
    }

    /** Whether the campaign's people stand in the resource itself, by username, instead of in a Secret's file. */
    static boolean inline(Campaign campaign) {
        return campaign.accounts().size() == 1
                && campaign.administrators()
                && campaign.accounts().getFirst().index() % 2 == 0;
    }

    /**
     * The same with the uids that the API server gave.
     *
     * @param uids by name
     */
    static Scenario identified(Scenario scenario, Map<String, String> uids) {
        return new Scenario(
                scenario.accounts().stream().map(a -> identified(a, uids)).toList(),
                scenario.campaigns().stream()
                        .map(c -> new Campaign(
                                c.name(),
                                uids.get(c.name()),
                                c.chat(),
                                c.mode(),
                                c.accounts().stream()
                                        .map(a -> identified(a, uids))
                                        .toList(),
                                c.administrators(),
                                c.audience()))
                        .toList(),
                scenario.people(),
                scenario.capped(),
                scenario.optingOut(),
                scenario.calling());
    }

    private static Account identified(Account account, Map<String, String> uids) {
        return new Account(
                account.index(), account.name(), uids.get(account.name()), account.userId(), account.identity());
    }
}
