package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.telegram.ChatTarget;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a parser waits for, to whom it gives the account, and where it goes on afterwards. */
class ParseWaitsTest extends OnSource {
    private static final String CROWD = PEOPLE + """
              - generate: {count: 850, prefix: guest}
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
            """;

    @Test
    void aLongFloodWaitGivesThePodBackAndTheNextRunGoesOn() {
        open(PEOPLE + """
                  - generate: {count: 450, prefix: guest}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
                faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_3600, after: 1}]
                """);
        ParseOrders orders = ParseOrders.of(alice);
        Instant now = stage.world().clock().instant();

        Ending ending = parse(orders);

        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo("FloodWait");
        assertThat(ending.result().resumeAt()).contains(now.plusSeconds(3600));
        assertThat(dataset(orders).people()).isEqualTo(200);
        Pod early = stage.pod().withoutTelegram();
        assertThat(early.run(parsing(orders.build())).result().reason()).isEqualTo("FloodWait");

        stage.world().advanceClock(Duration.ofHours(1));
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(451);
        assertThat(dataset(orders).counts().duplicates()).isZero();
    }

    @Test
    void aShortFloodWaitIsSlept() {
        open(OURS + "faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_90}]\n");
        ParseOrders orders = ParseOrders.of(alice);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(6);
    }

    /** Asked for the second page when the first one is not written, it goes on when the first one may be. */
    private Pod slow(ParseOrders orders, Consumer<Duration> resting) {
        CountDownLatch let = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Pod pod = stage.heldUpAtPages(let).resting(resting).wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("members")) {
                asked.incrementAndGet();
            }
        }));
        pod.start(parsing(orders.build()));
        await().until(() -> asked.get() == 2 && pod.isWaiting());
        assertThat(dataset(orders).people()).isZero();
        let.countDown();
        return pod;
    }

    private String standing(ParseOrders orders) {
        ParserReport.Run run = stage.ledger()
                .reports()
                .parsers(List.of(orders.parser()))
                .get(orders.parser())
                .newest();
        return run.people() + " people, " + run.waitingFor().orElse("goes on");
    }

    @Test
    void aShortFloodWaitOnThePageAheadIsToldOnceThePageBeforeIsWritten() {
        open(PEOPLE + """
                  - generate: {count: 450, prefix: guest}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
                faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_90, after: 1}]
                """);
        ParseOrders orders = ParseOrders.of(alice);
        Set<String> seen = new HashSet<>();

        Pod pod = slow(orders, _ -> seen.add(standing(orders)));

        assertThat(pod.await().result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(seen).containsExactly("200 people, FloodWait");
        assertThat(standing(orders)).isEqualTo("451 people, goes on");
        assertThat(dataset(orders).counts().duplicates()).isZero();
    }

    @Test
    void aLongFloodWaitOnThePageAheadKeepsThePageBeforeAndIsWhatTheRunWaitsFor() {
        open(PEOPLE + """
                  - generate: {count: 450, prefix: guest}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
                faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_3600, after: 1}]
                """);
        ParseOrders orders = ParseOrders.of(alice);

        assertThat(slow(orders, _ -> {}).await().result().reason()).isEqualTo("FloodWait");

        assertThat(standing(orders)).isEqualTo("200 people, FloodWait");
        stage.world().advanceClock(Duration.ofHours(1));
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(451);
        assertThat(dataset(orders).counts().scanned()).isEqualTo(451);
    }

    /** Whoever is killed while the page before can't be written must leave no flood wait untold: the next one would ask in its midst. */
    @Test
    void aFloodWaitOnThePageAheadStandsForTheAccountBeforeThePageBeforeIsWritten() {
        open(PEOPLE + """
                  - generate: {count: 450, prefix: guest}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
                faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_3600, after: 1}]
                """);
        ParseOrders orders = ParseOrders.of(alice);
        CountDownLatch let = new CountDownLatch(1);
        Pod pod = stage.heldUpAtPages(let);
        pod.start(parsing(orders.build()));

        await().until(() -> stage.ledger()
                .reports()
                .accounts(List.of(alice))
                .get(alice)
                .coolDownUntil()
                .isPresent());
        assertThat(dataset(orders).people()).isZero();
        let.countDown();

        assertThat(pod.await().result().reason()).isEqualTo("FloodWait");
        assertThat(standing(orders)).isEqualTo("200 people, FloodWait");
    }

    @Test
    void whoYieldsWithAPageAheadWritesBothPagesAndThenGivesTheAccountBack() {
        open(CROWD);
        ParseOrders orders = ParseOrders.of(alice);
        CountDownLatch let = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Pod pod = stage.heldUpAtPages(let);
        pod.wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("members") && asked.incrementAndGet() == 2) {
                pod.stop().raise();
            }
        }));
        pod.start(parsing(orders.build()));
        await().until(() -> asked.get() == 2 && pod.isWaiting());
        assertThat(stage.ledger().leases().acquire(alice, "another", Priority.Publish, Duration.ofMinutes(1)))
                .as("nobody has the account while a page is being written")
                .isInstanceOf(LeaseResult.Held.class);
        let.countDown();

        assertThat(pod.await().result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(dataset(orders).people()).isEqualTo(400);
        assertThat(asked).as("no third page is asked for").hasValue(2);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(851);
        assertThat(dataset(orders).counts().duplicates()).isZero();
    }

    @Test
    void noPageIsAskedForBeyondThoseThatAreWanted() {
        open(CROWD);
        ParseOrders orders = ParseOrders.of(alice).limit(400);
        AtomicInteger asked = new AtomicInteger();
        Pod pod = stage.pod().wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("members")) {
                asked.incrementAndGet();
            }
        }));
        assertThat(pod.run(parsing(orders.build())).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(400);
        assertThat(asked).hasValue(2);
    }

    @Test
    void namesCostLookUpsAndASpentBudgetIsWaitedFor() {
        open(OURS);
        ParseOrders orders = ParseOrders.of(alice).lookups(1);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        Ending second = parse(ParseOrders.of(alice).lookups(1));
        assertThat(second.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(second.result().reason()).isEqualTo("DailyLimit");
    }

    @Test
    void aStopIsHeardBetweenTwoPagesAndTheRestGoesOn() {
        open(CROWD);
        ParseOrders orders = ParseOrders.of(alice);
        int[] pages = {0};
        Pod pod = stage.pod();
        pod.wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("members") && ++pages[0] == 2) {
                pod.stop().raise();
            }
        }));
        assertThat(pod.run(parsing(orders.build())).result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(dataset(orders).people()).isEqualTo(400);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(851);
    }

    @Test
    void aPostThatWaitsForTheAccountGetsItBetweenTwoPages() {
        open(CROWD);
        ParseOrders orders = ParseOrders.of(alice);
        stage.ledger().leases().wish(alice, "a post", Priority.Publish, Urgency.Now, Duration.ofMinutes(5));
        int[] pages = {0};
        // The wish is heard with a renewal, a third of the term after the lease began.
        Pod pod = stage.pod().wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("members") && ++pages[0] == 2) {
                LockSupport.parkNanos(Duration.ofSeconds(11).toNanos());
            }
        }));
        Ending ending = pod.run(parsing(orders.build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(ending.result().reason()).isEqualTo("Account");
        assertThat(dataset(orders).people()).isEqualTo(400);
        stage.ledger().leases().withdraw(alice, "a post");
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(851);
    }

    @Test
    void aLimitedAccountSaysNothingBeforeSomebodyLookedAtIt() {
        open(OURS);
        LeaseResult held = stage.ledger().leases().acquire(alice, "test", Priority.Invite, Duration.ofMinutes(1));
        Lease lease = ((LeaseResult.Acquired) held).lease();
        stage.ledger().breakers().limitAccount(lease, "PeerFlood", "PEER_FLOOD");
        stage.ledger().leases().release(lease);
        Ending ending =
                stage.pod().withoutTelegram().run(parsing(ParseOrders.of(alice).build()));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(ending.result().reason()).isEqualTo("PeerFlood");
    }

    @Test
    void aRunOfTwoPodsIsOneDatasetAndTwoRunsAreTwo() {
        open(OURS);
        ParseOrders orders = ParseOrders.of(alice);
        parse(orders);
        Dataset first = dataset(orders);
        parse(orders);
        assertThat(dataset(orders)).isEqualTo(first);
        orders.run(orders.parser() + "-2");
        parse(orders);
        assertThat(dataset(orders).sha256()).isEqualTo(first.sha256());
        assertThat(stage.ledger().datasets().newest(orders.parser())).contains(dataset(orders));
    }

    @Test
    void aNameThatIsAnotherChatsWhenTheNextRunIsDueIsNotRead() {
        open(PEOPLE + """
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: [bobby]}
                  - {title: Other, username: other_chat, owner: alice, members: [carla]}
                """);
        ParseOrders orders = ParseOrders.of(alice);
        parse(orders);
        Dataset first = dataset(orders);
        var elsewhere = Map.of(new ChatTarget.Username("meetup"), new ChatTarget.Username("other_chat"));
        orders.run(orders.parser() + "-2");
        for (int tries = 0; tries < 2; tries++) {
            Pod pod = stage.pod().wiretapped(Wiretap.renamed(elsewhere));
            refused(pod.run(parsing(orders.build())), "SourceChanged");
            assertThat(dataset(orders).people()).isZero();
        }
        parse(orders);
        assertThat(dataset(orders).sha256()).as("the name is back").isEqualTo(first.sha256());
        orders.run(orders.parser() + "-3").source("@other_chat");
        assertThat(parse(orders).result().ending()).as("somebody means it").isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(dataset(orders).people()).isEqualTo(2);
    }

    @Test
    void aSourceThatLeadsElsewhereEndsTheRun() {
        open(PEOPLE + """
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: [bobby]}
                  - {title: Other, username: other_chat, owner: alice, members: [carla]}
                faults: [{on: channels.getParticipants, kind: Error, text: FLOOD_WAIT_3600}]
                """);
        ParseOrders orders = ParseOrders.of(alice);
        parse(orders);
        stage.world().advanceClock(Duration.ofHours(1));
        refused(parse(orders.source("@other_chat")), "SourceChanged");
        assertThat(List.of(dataset(orders).people())).containsExactly(0L);
    }
}
