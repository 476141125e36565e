package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.workorder.InviteOrder.Mode;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WholeScenarioTest {
    private static final Scenario SCENARIO = WholeScenario.draw(new SplittableRandom(1), 5, 12);

    @Test
    void bothWaysOfNamingAnAudienceAndEveryModeAreTried() {
        assertThat(SCENARIO.campaigns()).extracting(WholeScenario::inline).contains(true, false);
        assertThat(SCENARIO.campaigns()).extracting(Campaign::mode).contains(Mode.values());
    }

    @Test
    void twoCampaignsShareAnAccountAndTwoAccountsACampaign() {
        assertThat(SCENARIO.accounts()).anyMatch(account -> SCENARIO.of(account).size() > 1);
        assertThat(SCENARIO.campaigns())
                .anyMatch(campaign -> campaign.accounts().size() > 1);
    }

    @Test
    void whoStandsInTheResourceItselfIsNamedByUsername() {
        assertThat(SCENARIO.campaigns().stream()
                        .filter(WholeScenario::inline)
                        .flatMap(campaign -> campaign.audience().stream()))
                .isNotEmpty()
                .noneMatch(Line::byPhone);
    }

    @Test
    void somePeopleComeOneByOneToAWebhookByPhone() {
        assertThat(SCENARIO.campaigns()).extracting(WholeScenario::called).contains(true, false);
        assertThat(SCENARIO.campaigns().stream()
                        .filter(WholeScenario::called)
                        .flatMap(campaign -> campaign.audience().stream()))
                .isNotEmpty()
                .allMatch(Line::byPhone);
        assertThat(SCENARIO.campaigns())
                .noneMatch(campaign -> WholeScenario.called(campaign) && WholeScenario.inline(campaign));
    }

    @Test
    void oneCampaignAloneSharesPeopleWithAnother() {
        assertThat(SCENARIO.campaigns().stream()
                        .flatMap(campaign -> campaign.audience().stream())
                        .filter(line -> SCENARIO.capped().contains(line.human())))
                .hasSize(2 * SCENARIO.capped().size());
        assertThat(SCENARIO.capped()).isNotEmpty();
    }

    @Test
    void theApiServersUidsReplaceTheDrawnOnes() {
        Map<String, String> uids = Map.of("team0", "account-uid", "bring-own0", "campaign-uid");
        Scenario identified = WholeScenario.identified(SCENARIO, uids);

        assertThat(identified.campaigns().getFirst().uid()).isEqualTo("campaign-uid");
        assertThat(identified.campaigns().getFirst().accounts().getFirst().uid())
                .isEqualTo("account-uid");
        assertThat(identified.people()).isEqualTo(SCENARIO.people());
    }
}
