package dev.beckon.demo.endtoend;

import static dev.beckon.demo.endtoend.Member.KEEPER;
import static dev.beckon.demo.endtoend.Member.LEAVER;
import static dev.beckon.demo.endtoend.Member.POSTER;
import static dev.beckon.demo.endtoend.Member.READER;
import static dev.beckon.demo.endtoend.Member.RESTER;
import static dev.beckon.demo.endtoend.Member.REVOKED;
import static dev.beckon.demo.endtoend.Member.TEAM;
import static dev.beckon.demo.endtoend.Member.WATCHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.Campaigns;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.KindProof;
import dev.beckon.demo.proof.TruthDoor.Call;
import dev.beckon.demo.proof.TruthDoor.Contact;
import dev.beckon.demo.proof.TruthDoor.Post;
import dev.beckon.demo.proof.TruthDoor.Session;
import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Manifests;
import dev.beckon.demo.stage.Stage;
import dev.beckon.demo.stage.StageExtension;
import dev.beckon.ledger.Ledger;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.observe.RedisHints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each case has an account, people and chats of its own, and runs beside the others: two of them wait for the clock's next minutes. */
@Tag("end-to-end")
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(StageExtension.class)
class EndToEndTest {
    private static final String LETTERS = "@e2e_letters";
    private static final String STATE = ".status.state";
    private static final String STALLED = ".status.conditions[?(@.type==\"Stalled\")].reason";

    private static Stage stage;
    private static Hints hints;

    @BeforeAll
    static void aTeamWithItsAccountsAndWhatIsDueByTheClock(Stage shared) {
        stage = shared;
        hints = RedisHints.at(stage.environment().redis().url(), Optional.empty());
        stage.namespace(TEAM);
        stage.apply(Stream.concat(
                        Stream.of(Manifests.beside(EndToEndTest.class, "team.yaml")),
                        Stream.of(Member.values()).map(Member::manifest))
                .collect(Collectors.joining("---\n")));
        stage.accountsReady(TEAM);
    }

    /** Not before the end: what waits to be sent is lost then. */
    @AfterAll
    static void noMoreHints() {
        hints.close();
    }

    @AfterAll
    static void statusLedgerAndTelegramAgreeOnListsAndPosts() {
        Campaigns all = new Campaigns(stage.environment().cluster(), TEAM);
        try (Ledger ledger = stage.environment().ledger()) {
            KindEvidence evidence = KindEvidence.gather(all.parsers(), all.schedules(), ledger, stage.truth());
            assertThat(KindProof.verdict(evidence).disagreements()).isEmpty();
        }
    }

    @AfterAll
    static void nobodyWasContactedTwiceAndNoSessionUsedTwice() {
        assertThat(stage.contactedTwice()).isEmpty();
        assertThat(stage.truth().overlaps()).isZero();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsWhereTheyMustNot() {
        assertThat(stage.leaks()).isEmpty();
    }

    @Test
    void anAccountWithLogOutOnDeleteEndsItsSessionAtTelegramAlsoInTheMiddleOfACampaign() {
        assertThat(stage.field(TEAM, LEAVER.reference(), ".metadata.finalizers[*]"))
                .containsExactly("beckon.dev/log-out");
        assertThat(stage.field(TEAM, RESTER.reference(), ".metadata.finalizers[*]"))
                .isEmpty();
        String campaign = "campaign/leaving";
        stage.apply(campaign("leaving", LEAVER)
                .people("e_left_1", "e_left_2", "e_left_3")
                .text()
                .replace("min: 1s, max: 1s", "min: 60s, max: 60s"));
        stage.await(TEAM, campaign, ".status.progress.linkSent", "1");
        String uid = uid(LEAVER);

        stage.kubectl("delete", LEAVER.reference(), "-n", TEAM, "--timeout=120s");

        assertThat(stage.truth().sessions(LEAVER.id())).hasSize(1).allMatch(Session::ended);
        assertThat(calls(LEAVER, Instant.EPOCH)).contains("auth.logOut");
        assertThat(events("NotLoggedOut")).isEmpty();
        stage.await(TEAM, campaign, STALLED, "PeopleWithoutAccount");

        // Made again it logs in anew, and a person hands it those who are left.
        stage.apply(LEAVER.manifest());
        stage.await(TEAM, LEAVER.reference(), STATE, "Ready");
        assertThat(stage.truth().sessions(LEAVER.id())).hasSize(2);
        assertThat(living(LEAVER)).hasSize(1);
        stage.kubectl(
                "patch",
                campaign,
                "-n",
                TEAM,
                "--type=merge",
                "-p",
                "{\"spec\":{\"pacing\":{\"delay\":{\"min\":\"1s\",\"max\":\"1s\"}}}}");
        stage.kubectl("annotate", campaign, "-n", TEAM, "beckon.dev/reassign=" + uid + ":" + LEAVER.resource());
        stage.await(TEAM, campaign, STATE, "Succeeded");
        assertThat(Stream.of("e_left_1", "e_left_2", "e_left_3").map(stage::calls))
                .containsOnly(1L);
    }

    @Test
    void aSessionThatRestedForADayIsAskedWhetherItLives() throws SQLException {
        Instant then = Instant.now();
        restsForADay(RESTER);

        stage.awaitCreated(TEAM, "job/rester-check-1");
        stage.await(TEAM, "job/rester-check-1", ".status.succeeded", "1");

        assertThat(calls(RESTER, then)).contains("account.getAccountTTL");
        assertThat(stage.truth().sessions(RESTER.id())).hasSize(1).noneMatch(Session::ended);
        stage.await(TEAM, RESTER.reference(), STATE, "Ready");
    }

    @Test
    void theCheckFindsOutThatTelegramEndedASessionAndTheAccountLogsInAnew() throws SQLException {
        stage.phones().revoke(Long.toString(REVOKED.id()));
        assertThat(living(REVOKED)).isEmpty();
        assertThat(stage.field(TEAM, REVOKED.reference(), STATE)).containsExactly("Ready");
        restsForADay(REVOKED);

        stage.await(TEAM, REVOKED.reference(), STATE, "LoggedOut");
        stage.await(TEAM, REVOKED.reference(), STATE, "Ready");

        assertThat(stage.truth().sessions(REVOKED.id())).hasSize(2);
        assertThat(living(REVOKED)).hasSize(1);
        stage.await(TEAM, "job/revoked-check-1", ".status.failed", "1");
    }

    @Test
    void anAccountThatIsDeletedAndAppliedAgainGoesOnWithItsSessionAndItsQuota() {
        stage.apply(campaign("before", KEEPER).people("e_kept_1").text());
        stage.await(TEAM, "campaign/before", STATE, "Succeeded");
        List<Session> session = living(KEEPER);
        String uid = uid(KEEPER);

        stage.kubectl("delete", KEEPER.reference(), "-n", TEAM);
        stage.apply(KEEPER.manifest());
        stage.await(TEAM, KEEPER.reference(), STATE, "Ready");

        assertThat(uid(KEEPER)).isNotEqualTo(uid);
        assertThat(stage.field(TEAM, KEEPER.reference(), ".status.user.id"))
                .containsExactly(Long.toString(KEEPER.id()));
        // No second device: who logs in anew has another key.
        assertThat(stage.truth().sessions(KEEPER.id())).hasSize(1).isEqualTo(session);
        // Its one message of the day was sent before.
        stage.apply(campaign("after", KEEPER).people("e_kept_2").text());
        stage.await(TEAM, "campaign/after", ".status.waitingFor", "DailyLimit");
        assertThat(stage.calls("e_kept_2")).isZero();
        stage.kubectl(
                "patch",
                KEEPER.reference(),
                "-n",
                TEAM,
                "--type=merge",
                "-p",
                "{\"spec\":{\"limits\":{\"messagesPerDay\":2}}}");
        stage.await(TEAM, "campaign/after", STATE, "Succeeded");
        assertThat(stage.calls("e_kept_2")).isEqualTo(1);
    }

    @Test
    void aParsersFileOnAVolumeIsWhatTheExamplesDownloadGivesAndACampaignTakes() throws IOException {
        String parser = "parserjob/our-group";
        stage.await(TEAM, parser, STATE, "Succeeded");
        stage.await(TEAM, parser, ".status.dataset.export.volume.path", "lists/members.csv");
        Instant then = Instant.now();

        Path desk = folder("download");
        String commands = Documentation.commands("docs/parser.md", "examples/parser/download.yaml");
        assertThat(commands).contains(Documentation.commandsIn("examples/parser/download.yaml"));
        Documentation.type(stage, desk, commands);
        List<String> downloaded = Files.readAllLines(desk.resolve("members.csv"));
        stage.apply(Manifests.beside(EndToEndTest.class, "look.yaml"));
        stage.kubectl("wait", "pod/look", "-n", TEAM, "--for=condition=Ready", "--timeout=60s");
        assertThat(looked("/lists/lists/members.csv")).isEqualTo(downloaded);
        assertThat(downloaded.stream().skip(1).map(line -> line.split(",", -1)[1]))
                .contains("e_member_1", "e_member_2", "e_member_3")
                .doesNotContain("e_robot_bot", "e_vanished");

        // Another format is written from what was read: Telegram is asked nothing.
        stage.kubectl(
                "patch",
                parser,
                "-n",
                TEAM,
                "--type=merge",
                "-p",
                "{\"spec\":{\"export\":{\"format\":\"Ndjson\",\"volume\":{\"path\":\"lists/members.ndjson\"}}}}");
        stage.await(TEAM, parser, ".status.dataset.export.format", "Ndjson");
        assertThat(looked("/lists/lists/members.ndjson")).hasSize(downloaded.size() - 1);
        assertThat(calls(READER, then)).isEmpty();

        stage.apply(campaign("from-volume", READER)
                .target("@e2e_new_group")
                .mode("InviteOrLink")
                .audience("{volume: {claimName: lists, path: lists/members.csv}}")
                .text()
                .replace("OptIn", "ExistingMember"));
        stage.await(TEAM, "campaign/from-volume", STATE, "Succeeded");
        assertThat(stage.truth().members("@e2e_new_group"))
                .containsAll(stage.truth().members("@e2e_old_group").stream()
                        .filter(id -> invited(id) > 0)
                        .toList());
        assertThat(Stream.of("e_member_1", "e_member_2", "e_member_3").map(stage::calls))
                .containsOnly(1L);
        assertThat(stage.calls("e_robot_bot") + stage.calls("e_vanished")).isZero();
    }

    @Test
    void aParserWithAScheduleReadsTheChatAnewEachTime() {
        String rows = ".status.dataset.rows";
        String parser = "parserjob/watched";
        // The two, the account itself and the group's owner.
        stage.await(TEAM, parser, rows, "4");
        List<String> first = stage.field(TEAM, parser, ".status.lastScheduleTime");

        stage.phones().join("@e2e_watched", "e_watched_3");

        stage.await(TEAM, parser, rows, "5");
        stage.await(TEAM, parser, STATE, "Scheduled");
        assertThat(stage.field(TEAM, parser, ".status.lastScheduleTime")).isNotEqualTo(first);
        assertThat(stage.field(TEAM, "cronjob/watched", ".spec.schedule")).containsExactly("*", "*", "*", "*", "*");
        assertThat(calls(WATCHER, Instant.EPOCH).stream().filter("channels.getParticipants"::equals))
                .hasSizeGreaterThanOrEqualTo(2);
        stage.kubectl("patch", parser, "-n", TEAM, "--type=merge", "-p", "{\"spec\":{\"suspend\":true}}");
        stage.await(TEAM, parser, STATE, "Suspended");
    }

    @Test
    void aScheduleWithSeveralTargetsPublishesEachPostOnceInEachThatTakesIt() {
        String schedule = "autopost/news";

        stage.await(TEAM, schedule, STATE, "Exhausted");

        for (String target : List.of("@e2e_news", "@e2e_talk")) {
            assertThat(posts(target).map(Post::text))
                    .containsExactly(
                            "The first of the news, for everybody who reads here: a status shows no more than its beginning.",
                            "The second of the news, for everybody who reads here: a status shows no more than its beginning.");
            assertThat(posts(target).map(Post::accountUserId)).containsOnly(POSTER.id());
        }
        assertThat(posts("@e2e_closed")).isEmpty();
        assertThat(stage.field(TEAM, schedule, ".status.progress.published")).containsExactly("4");
        assertThat(stage.field(TEAM, schedule, ".status.failures")).containsExactly("2");
        assertThat(stage.field(TEAM, schedule, ".status.lastPost.link").getFirst())
                .startsWith("https://t.me/e2e_");
    }

    @Test
    void whoIsOnTheListOfTheSuppressionExampleIsNotEvenLookedUp() {
        String commands = Documentation.commands("docs/suppression.md", "examples/suppression/add.yaml");
        String said = Documentation.type(stage, folder("suppression"), commands);
        assertThat(said).doesNotContain("grace,").doesNotContain("491700000002");
        stage.apply(campaign("suppressed", Member.WRITER)
                .audience("{inline: [{username: grace}, {phone: \"+491700000002\"}, {username: e_reachable}]}")
                .text());

        stage.await(TEAM, "campaign/suppressed", STATE, "Succeeded");

        assertThat(stage.field(TEAM, "campaign/suppressed", ".status.outcomes[?(@.reason==\"Suppressed\")].count"))
                .containsExactly("2");
        assertThat(stage.calls("e_reachable")).isEqualTo(1);
        assertThat(stage.truth().contacts())
                .noneMatch(contact -> contact.username().filter("grace"::equals).isPresent()
                        || contact.phone().filter("+491700000002"::equals).isPresent());
    }

    /** As docs/suppression.md has it typed, of people of its own: others are put on the list meanwhile. */
    @Test
    void whoIsTakenOffTheSuppressionListComesBackFromItsExportAndTheAuditTellsBoth() throws IOException {
        Path desk = folder("suppression-list");
        stage.apply(Files.readString(Stage.checkout().resolve("examples/suppression/add.yaml"))
                .replace("suppression-add", "others-add")
                .replace("suppression-people", "others")
                .replace("491700000002", "491700000003")
                .replace("grace", "henry"));
        stage.await("beckon-system", "job/others-add", ".status.succeeded", "1");
        typed(desk, "export");
        assertThat(Files.readString(desk.resolve("suppressions.csv"))).startsWith("beckon-suppressions,2,");
        assertThat(typed(desk, "remove")).contains("2 people read, 2 entries removed");
        assertThat(typed(desk, "import")).contains("2 of them were missing");
        assertThat(typed(desk, "audit"))
                .contains("Removed every chat, AddedByMistake, by SUP-1235")
                .doesNotContain("henry", "491700000003");
    }

    private static String typed(Path desk, String command) {
        return Documentation.type(
                stage,
                desk,
                Documentation.commands("docs/suppression.md", "examples/suppression/" + command + ".yaml"));
    }

    private static CampaignYaml campaign(String name, Member account) {
        return CampaignYaml.of(name, TEAM, account.resource(), LETTERS);
    }

    private static String uid(Member account) {
        return stage.field(TEAM, account.reference(), ".metadata.uid").getFirst();
    }

    private static List<Session> living(Member account) {
        return stage.truth().sessions(account.id()).stream()
                .filter(session -> !session.ended())
                .toList();
    }

    private static List<String> calls(Member account, Instant since) {
        return stage.truth().calls(since).stream()
                .filter(call -> call.accountUserId() == account.id())
                .map(Call::method)
                .toList();
    }

    private static long invited(long person) {
        return stage.truth().contacts().stream()
                .filter(Contact::delivered)
                .filter(contact -> contact.personId() == person)
                .count();
    }

    private static Stream<Post> posts(String chat) {
        return stage.truth().posts().stream().filter(post -> post.chat().equals(chat));
    }

    private static List<String> events(String reason) {
        return stage.kubectl("get", "events", "-n", TEAM, "--field-selector=reason=" + reason, "-o", "name")
                .lines()
                .toList();
    }

    private static List<String> looked(String file) {
        return stage.kubectl("exec", "look", "-n", TEAM, "--", "cat", file)
                .lines()
                .toList();
    }

    private static Path folder(String name) {
        return Path.of("target/stage", name).toAbsolutePath();
    }

    /** A day is not waited for: the ledger says that the session was given back earlier, and the operator hears of it as from a worker. */
    private static void restsForADay(Member account) throws SQLException {
        try (var admin = stage.environment().admin();
                var earlier = admin.prepareStatement(
                        "UPDATE beckon_accounts.session_bundle SET saved_at = saved_at - ?"
                                + " WHERE account_id = (SELECT account_id FROM beckon_accounts.account WHERE account_uid = ?)")) {
            earlier.setLong(1, Duration.ofHours(25).toMillis());
            earlier.setString(2, uid(account));
            assertThat(earlier.executeUpdate()).isPositive();
        }
        hints.accountChanged(uid(account));
    }
}
