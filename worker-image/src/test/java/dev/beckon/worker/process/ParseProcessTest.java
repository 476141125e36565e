package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.ParseOrder.Format;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built worker with real TDLib at our data centre: what it collects, what it says, and what a kill costs: nothing. */
@Tag("integration")
class ParseProcessTest {
    /** Longer than a dead holder's term and margin. */
    private static final Duration SUCCESSOR = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private Site site;
    private String alice;

    private void open(String chats) {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: owner1}
                  - {username: robot_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
                  - generate: {count: 1100, prefix: guest}
                """ + chats);
        alice = site.login("alice");
    }

    @AfterEach
    void close() {
        site.close();
    }

    private static final String OURS = """
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: [robot_bot, "guest*"]}
            """;

    /** Each page after the second wants five seconds, which TDLib waits by itself. */
    private static final String SLOW =
            "faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_5, after: 2, times: 3}]\n";

    private Path volume() {
        return folder.resolve("volume");
    }

    private WorkerProcess parse(ParseOrders orders) {
        return site.parse(orders.build(), volume(), Map.of());
    }

    private Dataset dataset(ParseOrders orders) {
        return site.ledger().datasets().find(orders.dataset()).orElseThrow();
    }

    private void people(ParseOrders orders, long atLeast) {
        await().atMost(Site.PATIENCE)
                .until(() -> site.ledger()
                        .datasets()
                        .find(orders.dataset())
                        .filter(dataset -> dataset.people() >= atLeast)
                        .isPresent());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void aGroupIsCollectedExportedAndFetchedByASteward() throws IOException, NoSuchAlgorithmException {
        open(OURS);
        String run = UUID.randomUUID().toString();
        ParseOrders orders =
                ParseOrders.of(alice).withoutBots().ofTheJob().export(Format.Ndjson, "lists/members.ndjson");

        RunResult told = site.parse(orders.build(), volume(), Map.of("BECKON_RUN_UID", run))
                .endsWith(0)
                .told();

        assertThat(told.reason()).isEqualTo("Collected");
        assertThat(told.message())
                .startsWith("1101 people; Telegram listed 1102 of the chat's 1102 members.")
                .contains("1 bot,");
        orders.run(run);
        Dataset dataset = dataset(orders);
        assertThat(dataset.administered()).isTrue();
        byte[] file = Files.readAllBytes(volume().resolve("lists/members.ndjson"));
        assertThat(sha256(file)).isEqualTo(dataset.sha256().orElseThrow());

        String fetched = site.steward("dataset", "export", "--dataset", run, "--format", "ndjson", "-o", "-")
                .endsWith(0)
                .out();
        assertThat(sha256(fetched.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(dataset.sha256().orElseThrow());
        String csv = site.steward("dataset", "export", "--parser", "team/our-group", "-o", "-")
                .endsWith(0)
                .out();
        assertThat(csv.lines()).first().asString().startsWith("user_id,username,phone");
        assertThat(site.steward("dataset", "list").endsWith(0).out())
                .contains(run + ",team/our-group,Complete,1101,1102,1102,true,")
                .doesNotContain("guest");
        WorkerProcess unsaid = site.steward("dataset", "export", "--parser", "team/our-group");
        assertThat(unsaid.endsWith(ExitCode.USAGE.code()).err()).contains("Missing required option: '--output=FILE'");
        assertThat(unsaid.out()).isEmpty();
        assertThat(site.steward("dataset", "export", "--parser", "team/other", "-o", "-")
                        .endsWith(ExitCode.BAD_INPUT.code())
                        .err())
                .contains("no complete dataset of team/other");
    }

    @Test
    void aKilledRunGoesOnAtItsPageAndLosesAndDoublesNobody() {
        open(OURS + SLOW);
        ParseOrders orders = ParseOrders.of(alice).export(Format.Csv, "members.csv");
        WorkerProcess killed = parse(orders);
        people(orders, 400);
        killed.kill();
        killed.endsWith(WorkerProcess.KILLED);
        assertThat(volume()).isEmptyDirectory();

        parse(orders).endsWith(0, SUCCESSOR);

        Dataset dataset = dataset(orders);
        assertThat(dataset.people()).isEqualTo(1_102);
        assertThat(dataset.counts().scanned()).isEqualTo(1_102);
        assertThat(dataset.counts().duplicates()).isZero();
        assertThat(volume().resolve("members.csv")).exists();
        assertThat(site.world().truth().overlaps()).isEmpty();
    }

    @Test
    void sigtermEndsARunBetweenTwoPagesAndTheAccountIsFreeAtOnce() {
        open(OURS + SLOW);
        ParseOrders orders = ParseOrders.of(alice);
        WorkerProcess worker = parse(orders);
        people(orders, 400);
        worker.terminate();
        assertThat(worker.endsWith(0, Duration.ofSeconds(20)).told().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(parse(orders).endsWith(0).told().reason()).isEqualTo("Collected");
        assertThat(dataset(orders).people()).isEqualTo(1_102);
    }

    @Test
    void aPostThatWaitsHasTheAccountWithinTwoRenewals() {
        // Some seconds a page, which TDLib waits by itself, so that the run lasts.
        open(OURS + "floods: [{on: channels.getParticipants, calls: 1, per: 4s, pause: 4s}]\n");
        ParseOrders orders = ParseOrders.of(alice);
        WorkerProcess worker = parse(orders);
        people(orders, 200);
        long wished = System.nanoTime();
        site.ledger().leases().wish(alice, "a post", Priority.Publish, Urgency.Now, Duration.ofMinutes(5));
        RunResult told = worker.endsWith(0, Duration.ofSeconds(30)).told();
        assertThat(told.ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(told.reason()).isEqualTo("Account");
        assertThat(Duration.ofNanos(System.nanoTime() - wished))
                .as("a renewal of ten seconds and the call in flight")
                .isLessThan(Duration.ofSeconds(20));
        site.ledger().leases().withdraw(alice, "a post");
        assertThat(parse(orders).endsWith(0, SUCCESSOR).told().reason()).isEqualTo("Collected");
        assertThat(dataset(orders).people()).isEqualTo(1_102);
    }

    @Test
    void aHiddenListAndAPrivateGroupAreToldAndNothingIsJoined() {
        open("""
                chats:
                  - {title: Hidden, username: hidden_group, owner: owner1, members: [alice, "guest[1..20]"], hiddenMembers: true}
                  - {title: Secret, owner: owner1, members: ["guest[1..20]"], links: [{hash: abcdefghijkl}]}
                  - {title: Inside, owner: owner1, members: [alice, "guest[1..20]"], links: [{hash: mnopqrstuvwx}]}
                """);
        RunResult hidden = parse(ParseOrders.of(alice).source("@hidden_group"))
                .endsWith(ExitCode.CAMPAIGN_FAULT.code())
                .told();
        assertThat(hidden.reason()).isEqualTo("MemberListHidden");
        assertThat(hidden.message()).contains("22 members");

        WorkerProcess outside = parse(ParseOrders.of(alice).source("https://t.me/+abcdefghijkl"))
                .endsWith(ExitCode.CAMPAIGN_FAULT.code());
        assertThat(outside.told().reason()).isEqualTo("ChatNotFound");
        assertThat(outside.told().message()).contains("joins no chat by itself");
        assertThat(outside.out() + outside.told()).doesNotContain("abcdefghijkl");

        assertThat(parse(ParseOrders.of(alice).source("https://t.me/+mnopqrstuvwx"))
                        .endsWith(0)
                        .told()
                        .message())
                .startsWith("22 people; Telegram listed 22 of the chat's 22 members.");
    }

    @Test
    void authorsOfAHistoryAreCollected() {
        StringBuilder messages = new StringBuilder();
        for (int i = 1; i <= 250; i++) {
            messages.append(i == 1 ? "" : ", ")
                    .append("{from: guest")
                    .append(1 + i % 40)
                    .append(", text: t}");
        }
        open("chats:\n  - {title: Meetup, username: meetup, owner: owner1, members: [alice, \"guest*\"],"
                + " hiddenMembers: true, messages: [" + messages + "]}\n");
        ParseOrders orders = ParseOrders.of(alice).authors();
        assertThat(parse(orders).endsWith(0).told().reason()).isEqualTo("Collected");
        assertThat(dataset(orders).people()).isEqualTo(40);
        assertThat(dataset(orders).counts().duplicates()).isEqualTo(210);
    }
}
