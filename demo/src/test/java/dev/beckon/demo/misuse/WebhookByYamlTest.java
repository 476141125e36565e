package dev.beckon.demo.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.demo.Progress;
import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Stage;
import dev.beckon.demo.stage.StageExtension;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whoever has the token of a webhook posts whom they like: over HTTP to the gateway, judged by the campaign's status and by what Telegram saw.
 */
@Tag("misuse")
@Tag("end-to-end")
@Isolated("its webhooks share one account, in the same environment as the suites beside it")
@ExtendWith(StageExtension.class)
class WebhookByYamlTest {
    private static final int FLOOD = 30;

    /** For a machine of two cores that is busy; reached only by what never comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final String FLOODED = "+4915120000011";
    private static final String TWO_HOOKS = "+4915120000012";
    private static final String OPTED_OUT = "+4915120000013";
    private static final String OPTED_OUT_BY_NAME = "+4915120000014";
    private static final String WITHOUT_BASIS = "+4915120000015";

    private static final int KEPT = 202;
    private static final int REFUSED = 422;

    private static Stage team;
    private static Caller caller;

    @BeforeAll
    static void aTeamWithTwoWebhooks(Stage stage) {
        team = stage;
        String gateway = team.environment().openGateway(new Progress());
        Team.settle(team, Team.HOOKS, "webhooks.yaml");
        caller = new Caller(gateway, Team.HOOKS, "a-token-that-was-given-away");
        opens("hotline", Team.MEETUP);
        opens("form", Team.SECOND);
    }

    private static void opens(String campaign, String target) {
        team.apply(CampaignYaml.of(campaign, Team.HOOKS, "hilda", target)
                .audience("{webhook: {secretRef: {name: hook}}}")
                .text());
        // Before the gateway knows the campaign, it says 401; then, that there is no phone.
        await().atMost(PATIENCE).until(() -> caller.posts(campaign, Map.of()) == REFUSED);
    }

    @AfterEach
    void nobodyIsContactedTwice() {
        assertThat(team.contactedTwice()).isEmpty();
    }

    private static void comes(String campaign, String phone, String event) {
        assertThat(caller.posts(campaign, Map.of("phone", phone, "event_id", event)))
                .isEqualTo(KEPT);
    }

    private static void reached(String person) {
        await().atMost(PATIENCE).until(() -> team.calls(person) == 1);
    }

    private static void counts(String campaign, String reason, int people) {
        team.await(
                Team.HOOKS,
                "campaign/" + campaign,
                ".status.outcomes[?(@.reason==\"" + reason + "\")].count",
                Integer.toString(people));
    }

    @Test
    void onePersonUnderManyEvents() {
        IntStream.range(0, FLOOD).forEach(event -> comes("hotline", FLOODED, "flood-" + event));
        reached("w_flooded");
        comes("hotline", FLOODED, "flood-afterwards");
        counts("hotline", "Duplicate", FLOOD);
        assertThat(team.calls("w_flooded")).isEqualTo(1);
    }

    @Test
    void onePersonToTheWebhooksOfTwoCampaigns() {
        comes("hotline", TWO_HOOKS, "two-hooks");
        reached("w_two_hooks");
        comes("form", TWO_HOOKS, "two-hooks");
        team.await(Team.HOOKS, "campaign/form", ".status.waitingFor", "FrequencyCap");
        assertThat(team.calls("w_two_hooks")).isEqualTo(1);
    }

    /** One of them by the phone that is posted, the other by a username that only Telegram tells. */
    @Test
    void whoOptedOutAndIsPostedAllTheSame() {
        team.apply(Team.resource("opt-out.yaml")
                .replace("opt-out", "opt-out-of-webhooks")
                .replace(",n_opted_out", OPTED_OUT + ",\n    ,w_opted_out_by_name"));
        team.await("beckon-system", "job/opt-out-of-webhooks", ".status.succeeded", "1");
        comes("hotline", OPTED_OUT, "opted-out");
        comes("hotline", OPTED_OUT_BY_NAME, "opted-out-by-name");
        counts("hotline", "Suppressed", 2);
        assertThat(team.calls("w_opted_out") + team.calls("w_opted_out_by_name"))
                .isZero();
    }

    @Test
    void withoutABasis() {
        assertThat(caller.posts("hotline", Map.of("phone", WITHOUT_BASIS, "consent_basis", "Unknown")))
                .isEqualTo(REFUSED);
        counts("hotline", "NoConsent", 1);
        assertThat(team.calls("w_without_basis")).isZero();
    }
}
