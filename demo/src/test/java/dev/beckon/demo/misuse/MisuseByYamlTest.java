package dev.beckon.demo.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Stage;
import dev.beckon.demo.stage.StageExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each attempt has people of its own, and ends with the reason that the campaign's status gives and with what Telegram saw. */
@Tag("misuse")
@Tag("end-to-end")
@Isolated(
        "its attempts are told apart by the accounts' limits and turns, in the same environment as the suites beside it")
@ExtendWith(StageExtension.class)
class MisuseByYamlTest {
    private static final String STALLED = ".status.conditions[?(@.type==\"Stalled\")].reason";

    private static Stage team;
    private static ForgedOrders forger;

    @BeforeAll
    static void aTeamThatHasContactedSomePeople(Stage stage) {
        team = stage;
        Team.settle(team);
        team.apply(Team.campaign("first", "alice")
                .people(
                        "p_same_chat",
                        "p_other_chat",
                        "p_other_mode",
                        "p_renamed",
                        "p_namespace",
                        "p_account",
                        "p_phone",
                        "p_forged")
                .text());
        team.await(Team.HOME, "campaign/first", ".status.state", "Running");
        forger = ForgedOrders.from(team, "first");
        succeeds("first");
    }

    @AfterAll
    static void nobodyAndNoSecretStandsWhereTheyMustNot() {
        assertThat(team.leaks()).isEmpty();
    }

    @AfterEach
    void nobodyIsContactedTwice() {
        assertThat(team.contactedTwice()).isEmpty();
    }

    private static void succeeds(String campaign) {
        team.await(Team.HOME, "campaign/" + campaign, ".status.state", "Succeeded");
    }

    private static List<String> reasons(String namespace, String campaign) {
        return team.field(namespace, "campaign/" + campaign, ".status.outcomes[*].reason");
    }

    private static void alreadyContacted(CampaignYaml campaign, String person) {
        team.apply(campaign.text());
        team.await(campaign.namespace(), "campaign/" + campaign.name(), ".status.state", "Succeeded");
        assertThat(reasons(campaign.namespace(), campaign.name())).containsExactly("AlreadyContacted");
        assertThat(team.calls(person)).isEqualTo(1);
    }

    private static void capped(CampaignYaml campaign, String person) {
        team.apply(campaign.text());
        team.await(Team.HOME, "campaign/" + campaign.name(), ".status.waitingFor", "FrequencyCap");
        assertThat(team.calls(person)).isEqualTo(1);
    }

    @Test
    void aSecondCampaignForTheSamePeopleInTheSameChat() {
        alreadyContacted(Team.campaign("same-chat", "alice").people("p_same_chat"), "p_same_chat");
    }

    @Test
    void anotherChatInTheSameWeek() {
        capped(Team.campaign("other-chat", "alice").target(Team.SECOND).people("p_other_chat"), "p_other_chat");
    }

    @Test
    void anotherModeInTheSameWeek() {
        capped(Team.campaign("other-mode", "alice").mode("InviteOrLink").people("p_other_mode"), "p_other_mode");
    }

    @Test
    void underAnotherName() {
        alreadyContacted(Team.campaign("first-but-renamed", "alice").people("p_renamed"), "p_renamed");
    }

    @Test
    void deletedAndMadeAgain() {
        CampaignYaml campaign = Team.campaign("made-again", "bella").people("n_recreated");
        team.apply(campaign.text());
        succeeds(campaign.name());
        assertThat(team.calls("n_recreated")).isEqualTo(1);
        team.kubectl("delete", "campaign", campaign.name());

        alreadyContacted(campaign, "n_recreated");
    }

    @Test
    void fromAnotherNamespaceByAnotherTeamsAccount() {
        alreadyContacted(Team.campaign("first", "celia").in(Team.ELSEWHERE).people("p_namespace"), "p_namespace");
    }

    @Test
    void byTheTeamsSecondAccount() {
        alreadyContacted(Team.campaign("second-account", "bella").people("p_account"), "p_account");
    }

    @Test
    void byTheirPhoneAfterTheirUsername() {
        alreadyContacted(
                Team.campaign("by-phone", "alice").audience("{inline: [{phone: \"+4915120000001\"}]}"), "p_phone");
    }

    @Test
    void byPhoneAndByUsernameInOneAudience() {
        team.apply(Team.campaign("two-names", "bella")
                .audience("{inline: [{username: n_twice}, {phone: \"+4915120000002\"}, {username: \"@N_Twice\"}]}")
                .text());
        succeeds("two-names");
        assertThat(team.calls("n_twice")).isEqualTo(1);
        assertThat(reasons(Team.HOME, "two-names")).contains("AlreadyContacted");
    }

    @Test
    void anOptOutBetweenQueueingAndCall() {
        CampaignYaml queued = Team.campaign("opt-out", "bella").people("n_opted_out", "n_stays");
        team.apply(queued.zone(CampaignYaml.nightZone()).text());
        team.await(Team.HOME, "campaign/opt-out", ".status.waitingFor", "QuietHours");
        team.apply(Team.resource("opt-out.yaml"));
        team.await("beckon-system", "job/opt-out", ".status.succeeded", "1");
        team.apply(queued.text());
        succeeds("opt-out");
        assertThat(team.calls("n_opted_out")).isZero();
        assertThat(team.calls("n_stays")).isEqualTo(1);
        assertThat(reasons(Team.HOME, "opt-out")).containsExactly("Suppressed");
    }

    @Test
    void quietHoursThatAreEditedAway() {
        team.apply(Team.campaign("at-night", "bella")
                .zone(CampaignYaml.nightZone())
                .people("n_at_night")
                .text());
        team.await(Team.HOME, "campaign/at-night", ".status.waitingFor", "QuietHours");
        for (String window :
                List.of("{\"start\":\"00:00\",\"end\":\"23:59\"}", "{\"start\":\"02:00\"}", "{\"end\":\"08:00\"}")) {
            String patch = "{\"spec\":{\"pacing\":{\"window\":" + window + "}}}";
            assertThatThrownBy(() -> team.kubectl("patch", "campaign", "at-night", "--type=merge", "-p", patch))
                    .hasMessageContaining("pacing.window");
        }
        String latest = "{\"spec\":{\"pacing\":{\"window\":{\"start\":\"21:00\"}}}}";
        team.kubectl("patch", "campaign", "at-night", "--type=merge", "-p", latest);
        seen("at-night");
        team.await(Team.HOME, "campaign/at-night", ".status.waitingFor", "QuietHours");
        assertThat(team.calls("n_at_night")).isZero();
    }

    /** Once the operator has taken the last edit in. */
    private static void seen(String campaign) {
        String generation = team.field(Team.HOME, "campaign/" + campaign, ".metadata.generation")
                .getFirst();
        team.await(Team.HOME, "campaign/" + campaign, ".status.observedGeneration", generation);
    }

    @Test
    void anAudienceThatIsEditedInItsConfigMap() {
        team.apply(audience("@n_listed"));
        CampaignYaml campaign =
                Team.campaign("edited-list", "bella").audience("{configMapRef: {name: guests, key: guests.txt}}");
        team.apply(campaign.text());
        succeeds("edited-list");

        team.apply(audience("+4915120000003\n    @n_slipped_in"));
        // An edit of what may be edited, so that the operator looks at the campaign once more.
        team.kubectl("patch", "campaign", "edited-list", "--type=merge", "-p", "{\"spec\":{\"retention\":\"1000h\"}}");
        seen("edited-list");

        succeeds("edited-list");
        assertThat(team.calls("n_listed")).isEqualTo(1);
        assertThat(team.calls("n_slipped_in")).isZero();
    }

    private static String audience(String lines) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: guests, namespace: %s}
                data:
                  guests.txt: |
                    %s
                """.formatted(Team.HOME, lines);
    }

    @Test
    void aTargetAndAnAudienceThatAreEditedAfterTheStart() {
        team.apply(Team.campaign("moved", "elsa")
                .zone(CampaignYaml.nightZone())
                .people("n_moved")
                .text());
        team.await(Team.HOME, "campaign/moved", ".status.waitingFor", "QuietHours");
        assertThatThrownBy(() -> team.apply(Team.campaign("moved", "elsa")
                        .target(Team.SECOND)
                        .people("n_moved", "n_added")
                        .text()))
                .hasMessageContaining("target can't change once the campaign has started")
                .hasMessageContaining("audience can't change once the campaign has started");
        assertThat(team.calls("n_moved") + team.calls("n_added")).isZero();
    }

    @Test
    void aBreakerThatIsSuspendedResumedAndGoneRound() {
        CampaignYaml campaign = Team.campaign("flooded", "doris").people("n_flood_1", "n_flood_2", "n_flood_3");
        team.apply(campaign.text());
        limited();
        long before = floodCalls();

        suspend(true);
        team.await(Team.HOME, "campaign/flooded", ".status.state", "Suspended");
        suspend(false);
        limited();
        team.kubectl("annotate", "campaign", "flooded", "beckon.dev/acknowledge=whatever");
        team.await(
                Team.HOME,
                "campaign/flooded",
                ".status.conditions[?(@.type==\"LastAction\")].reason",
                "AnnotationRefused");
        team.kubectl("delete", "campaign", "flooded");
        team.apply(campaign.text());
        limited();

        assertThat(floodCalls()).isEqualTo(before);
    }

    private static void limited() {
        team.await(Team.HOME, "campaign/flooded", ".status.state", "Paused");
        team.await(Team.HOME, "campaign/flooded", STALLED, "AccountLimited");
    }

    private static long floodCalls() {
        return team.calls("n_flood_1") + team.calls("n_flood_2") + team.calls("n_flood_3");
    }

    private static void suspend(boolean wanted) {
        team.kubectl("patch", "campaign", "flooded", "--type=merge", "-p", "{\"spec\":{\"suspend\":" + wanted + "}}");
    }

    @Test
    void aLimitThatIsRaisedWhileTheCampaignWaitsForIt() {
        team.apply(Team.campaign("limited", "elsa")
                .people("n_limit_1", "n_limit_2")
                .text());
        team.await(Team.HOME, "campaign/limited", ".status.waitingFor", "DailyLimit");
        assertThatThrownBy(() -> team.kubectl(
                        "patch",
                        "telegramaccount",
                        "elsa",
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"limits\":{\"messagesPerDay\":1000}}}"))
                .hasMessageContaining("messagesPerDay");
        assertThat(team.calls("n_limit_1") + team.calls("n_limit_2")).isEqualTo(1);
    }

    @Test
    void aParsedListOfAChatThatTheAccountDoesNotAdminister() {
        team.apply("""
                apiVersion: beckon.dev/v1alpha1
                kind: ParserJob
                metadata: {name: foreign, namespace: %s}
                spec: {source: "%s", account: {name: alice}, collect: Members}
                """.formatted(Team.HOME, Team.FOREIGN));
        team.await(Team.HOME, "parserjob/foreign", ".status.state", "Succeeded");
        team.apply(Team.campaign("foreign", "alice")
                .audience("{parserJobRef: {name: foreign}}")
                .text());
        team.await(Team.HOME, "campaign/foreign", STALLED, "SourceNotAdministered");
        assertThat(team.calls("n_foreign")).isZero();
    }

    @Test
    void aWorkOrderThatIsEdited() {
        assertThat(forger.answerToEdit()).contains("immutable");
    }

    @Test
    void aForgedWorkOrderWithRaisedLimits() {
        String pod = forger.run(
                "raised", order -> order.replaceAll("\"messagesPerDay\":\\d+", "\"messagesPerDay\":100000"), "Failed");
        assertThat(forger.exitCode(pod)).isEqualTo("10");
        assertThat(team.kubectl("logs", pod)).contains("account.limits.messagesPerDay is 100000");
        assertThat(team.calls("p_forged")).isEqualTo(1);
    }

    @Test
    void aForgedWorkOrderOfACampaignThatIsNone() {
        String pod = forger.run(
                "nameless",
                order -> order.replace(forger.campaignUid(), "00000000-0000-4000-8000-000000000001"),
                "Complete");
        assertThat(forger.exitCode(pod)).isEqualTo("0");
        assertThat(team.calls("p_forged")).isEqualTo(1);
    }

    @Test
    void aRunningWorkersEnvironmentThatIsPatched() {
        assertThat(forger.answerToPatch()).contains("immutable");
    }

    /** Nobody but this limit, or this window, stands before a person whom nobody has contacted yet. */
    static Stream<Arguments> whatAloneRefuses() {
        return Stream.of(
                Arguments.of("limit", "\"messagesPerDay\":\\d+", "\"messagesPerDay\":1", "DailyLimit"),
                Arguments.of(
                        "window",
                        "\"timeZone\":\"[^\"]+\"",
                        "\"timeZone\":\"" + CampaignYaml.nightZone() + "\"",
                        "QuietHours"));
    }

    @ParameterizedTest
    @MethodSource("whatAloneRefuses")
    void aWorkerOfOnesOwnWithAPatchedEnvironment(String what, String part, String instead, String reason) {
        String day = DaytimeZone.at(Instant.now());
        Map<String, String> environment = Map.of(
                "JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.timezone=" + day,
                "TZ", day,
                "POD_NAME", "another",
                "POD_UID", "another",
                "BECKON_START_SECONDS", "3600",
                "BECKON_PACE_SLICE", "0s",
                "BECKON_LIMITS_MESSAGES_PER_DAY", "100000",
                "BECKON_PACING_WINDOW", "00:00-23:59",
                "BECKON_QUIET_HOURS", "false");
        String pod = forger.run(
                "patched-" + what, order -> patchedOrder(order).replaceAll(part, instead), environment, "Complete");
        assertThat(forger.exitCode(pod)).isEqualTo("0");
        assertThat(team.kubectl("logs", pod)).contains("Ends: WAITING, " + reason);
        assertThat(team.calls("n_patched")).isZero();
    }

    /** Of a campaign of its own, for somebody new. */
    private static String patchedOrder(String order) {
        assertThat(order).contains("p_forged");
        return order.replace(forger.campaignUid(), UUID.randomUUID().toString()).replace("p_forged", "n_patched");
    }

    @Test
    void schedulesThatFloodAnotherTeamsChat() {
        List<String> names = List.of("flood", "flood-again");
        names.forEach(name -> team.apply(schedule(name)));
        publishNow("flood", "one");
        team.await(Team.HOME, "autopost/flood", ".status.progress.published", "1");
        publishNow("flood-again", "one");
        publishNow("flood", "two");
        names.forEach(name -> team.await(Team.HOME, "autopost/" + name, ".status.waitingFor", "DailyLimit"));
        team.kubectl("delete", "autopost", "flood");
        team.apply(schedule("flood"));
        publishNow("flood", "three");
        team.await(Team.HOME, "autopost/flood", ".status.waitingFor", "DailyLimit");
        assertThat(team.truth().posts().stream().filter(post -> post.chat().equals(Team.FOREIGN)))
                .hasSize(1);
    }

    private static void publishNow(String schedule, String value) {
        team.kubectl("annotate", "autopost", schedule, "--overwrite", "beckon.dev/publish-now=" + value);
    }

    private static String schedule(String name) {
        return """
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: %s, namespace: %s}
                spec:
                  schedule: "0 0 29 2 *"
                  targets: ["%s"]
                  account: {name: fanny}
                  content: {posts: [{name: one, text: The first}, {name: two, text: The second}]}
                """.formatted(name, Team.HOME, Team.FOREIGN);
    }

    @ParameterizedTest
    @CsvSource({
        "perChatPerDay: 100, perChatPerDay: 201, perChatPerDay",
        "'min: 1s', 'min: 0s', 'delay.min'",
        "'start: \"08:00\"', 'start: \"00:00\"', 'quiet hours'",
        "'mode: LinkOnly', 'mode: Everything', 'mode'",
        "'mode: LinkOnly', 'ignoreRules: true', 'ignoreRules'",
        "'mode: LinkOnly', 'worker: {env: [{name: BECKON_ROOT, value: /tmp}]}', 'env'"
    })
    void whatTheApiServerRefuses(String part, String instead, String sentence) {
        String yaml = Team.campaign("refused", "alice")
                .people("n_stays")
                .text()
                .replace("pacing:", "pacing:\n    perChatPerDay: 100");
        assertThat(yaml).contains(part);
        assertThatThrownBy(() -> team.apply(yaml.replace(part, instead))).hasMessageContaining(sentence);
    }
}
