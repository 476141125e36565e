package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What a parser collects, whom it leaves out, and what it says where it can't. */
class ParseRunTest extends OnSource {
    private static final String PEOPLE = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: owner1}
              - {username: bobby, lastSeen: LastMonth}
              - {username: carla, name: Carla}
              - {username: robot_bot, botToken: "123456:abcdefghijklmnopqrstuvwxyz"}
              - {name: Gone, phone: "+491700000009", deleted: true}
              - {name: Nameless, phone: "+491700000008"}
            """;

    private static final String OURS = PEOPLE + """
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: [bobby, carla, robot_bot, "+491700000009", "+491700000008"]}
            """;

    private static String foreign(String fields) {
        return PEOPLE + "chats:\n  - {title: Meetup, owner: owner1, " + fields + "}\n";
    }

    private static void refused(Ending ending, String reason) {
        assertThat(ending.exit()).isEqualTo(ExitCode.CAMPAIGN_FAULT);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.FAULT);
        assertThat(ending.result().reason()).isEqualTo(reason);
    }

    @Test
    void everybodyOfOurGroupIsCollectedAndTheDatasetIsOurs() {
        open(OURS);
        ParseOrders orders = ParseOrders.of(alice);

        Ending ending = parse(orders);

        assertThat(ending.exit()).isEqualTo(ExitCode.OK);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(ending.result().reason()).isEqualTo("Collected");
        assertThat(ending.result().message()).startsWith("6 people; Telegram listed 6 of the chat's 6 members.");
        Dataset dataset = dataset(orders);
        assertThat(dataset.state()).isEqualTo(Dataset.State.Complete);
        assertThat(dataset.administered()).isTrue();
        assertThat(dataset.sha256()).isPresent();
        assertThat(names(orders)).hasSize(6).contains("alice", "bobby", "carla", "robot_bot");
        assertThat(stage.ledger().datasets().newest(orders.parser())).contains(dataset);
    }

    @Test
    void filtersLeaveOutAndCount() {
        open(OURS);
        ParseOrders orders = ParseOrders.of(alice)
                .withoutBots()
                .withoutDeleted()
                .withUsername()
                .activeWithin(Duration.ofDays(7));

        parse(orders);

        assertThat(names(orders)).containsExactlyInAnyOrder("alice", "carla");
        Dataset.Counts counts = dataset(orders).counts();
        assertThat(counts.scanned()).isEqualTo(6);
        assertThat(counts.bots()).isEqualTo(1);
        assertThat(counts.deleted()).isEqualTo(1);
        assertThat(counts.filtered()).as("bobby and who has no username").isEqualTo(2);
    }

    @Test
    void aQueryIsTelegramsOwnSearch() {
        open(OURS);
        ParseOrders orders = ParseOrders.of(alice).query("car");
        parse(orders);
        assertThat(names(orders)).containsExactly("carla");
    }

    @Test
    void aLimitEndsTheRunAndNothingMoreIsAsked() {
        open(PEOPLE + """
                  - generate: {count: 450, prefix: guest}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
                """);
        ParseOrders orders = ParseOrders.of(alice).limit(150);
        int[] pages = {0};
        stage.pod()
                .wiretapped(Wiretap.on((call, _) -> pages[0] += call.equals("members") ? 1 : 0))
                .run(parsing(orders.build()));
        assertThat(dataset(orders).people()).isEqualTo(150);
        assertThat(dataset(orders).state()).isEqualTo(Dataset.State.Complete);
        assertThat(pages[0]).isEqualTo(1);
    }

    @Test
    void aForeignPublicGroupCanBeReadButItsPeopleAreNotOurs() {
        open(foreign("username: meetup, members: [bobby, carla]"));
        ParseOrders orders = ParseOrders.of(alice);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(names(orders)).containsExactlyInAnyOrder("owner1", "bobby", "carla");
        assertThat(dataset(orders).administered()).isFalse();
        assertThat(stage.isMember("Meetup", stage.person("alice")))
                .as("it joined nothing")
                .isFalse();
    }

    @Test
    void aPrivateGroupIsReadByItsInviteLinkWhereTheAccountIsAMember() {
        open(foreign("members: [alice, bobby], links: [{hash: abcdefghijkl}]"));
        ParseOrders orders = ParseOrders.of(alice).source("https://t.me/+abcdefghijkl");
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(names(orders)).containsExactlyInAnyOrder("owner1", "alice", "bobby");
    }

    @Test
    void aPrivateGroupThatTheAccountIsNotInIsToldAndNotJoined() {
        open(foreign("members: [bobby], links: [{hash: abcdefghijkl}]"));
        ParseOrders orders = ParseOrders.of(alice).source("https://t.me/+abcdefghijkl");
        Ending ending = parse(orders);
        refused(ending, "ChatNotFound");
        assertThat(ending.result().message())
                .contains("joins no chat by itself")
                .doesNotContain("abcdefghijkl");
        assertThat(stage.isMember("Meetup", stage.person("alice"))).isFalse();
    }

    @Test
    void aHiddenListIsToldWithHowManyThereAre() {
        open(foreign("username: meetup, members: [alice, bobby], hiddenMembers: true"));
        ParseOrders orders = ParseOrders.of(alice);
        Ending ending = parse(orders);
        refused(ending, "MemberListHidden");
        assertThat(ending.result().message()).contains("none of its 3 members").contains("collect: Authors");
        assertThat(dataset(orders).counts().chatTotal()).isEqualTo(3);
        assertThat(dataset(orders).counts().listed()).isZero();
    }

    @Test
    void aForeignChannelIsTold() {
        open(foreign("username: meetup, kind: Channel, members: [alice, bobby]"));
        Ending ending = parse(ParseOrders.of(alice));
        refused(ending, "MemberListHidden");
        assertThat(ending.result().message()).contains("channel").contains("administrator");
        refused(parse(ParseOrders.of(alice).authors()), "ChannelHasNoAuthors");
    }

    @Test
    void aListThatEndsAtTenThousandIsToldAsSuch() {
        open(PEOPLE + """
                  - generate: {count: 10100, prefix: guest}
                chats:
                  - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
                """);
        ParseOrders orders = ParseOrders.of(alice).limit(1_000_000);
        Ending ending = parse(orders);
        assertThat(ending.result().message())
                .startsWith(
                        "10000 people; Telegram listed 10000 of the chat's 10101 members and ends every list there.");
        assertThat(dataset(orders).counts().listed()).isEqualTo(10_000);
        assertThat(dataset(orders).counts().chatTotal()).isEqualTo(10_101);
    }

    @Test
    void authorsAreCollectedOnceEachAndSinceEndsTheHistory() {
        open(foreign("username: meetup, members: [bobby, carla], messages: ["
                + "{from: carla, text: a, at: 2026-03-01T10:00:00Z}, {from: bobby, text: b, at: 2026-03-02T10:00:00Z},"
                + " {from: bobby, text: c, at: 2026-03-03T10:00:00Z}]"));
        ParseOrders all = ParseOrders.of(alice).authors();
        assertThat(parse(all).result().message()).contains("messages read");
        assertThat(names(all)).containsExactly("bobby", "carla");
        assertThat(dataset(all).counts().duplicates()).isEqualTo(1);

        ParseOrders lately = ParseOrders.of(alice).authors().since(Instant.parse("2026-03-02T00:00:00Z"));
        parse(lately);
        assertThat(names(lately)).containsExactly("bobby");
    }

    @Test
    void whatAPersonWroteIsRefusedBeforeAnythingIsDone() {
        open(OURS);
        assertThatThrownBy(() -> parse(ParseOrders.of(alice).source("no chat!")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spec.source");
        assertThatThrownBy(() -> parse(ParseOrders.of(alice).since(Instant.EPOCH)))
                .hasMessageContaining("collect: Authors");
        assertThatThrownBy(() -> parse(ParseOrders.of(alice).authors().query("a")))
                .hasMessageContaining("collect: Members");
        assertThatThrownBy(() -> parse(ParseOrders.of(alice).ofTheJob())).hasMessageContaining("BECKON_RUN_UID");
    }

    @Test
    void aBotIsRefused() {
        open(OURS);
        String robot = stage.login("robot_bot");
        refused(parse(ParseOrders.of(robot)), "BotAccount");
    }

    @Test
    void aChatThatIsNotThereIsTold() {
        open(OURS);
        Ending ending = parse(ParseOrders.of(alice).source("@nobody_here"));
        refused(ending, "ChatNotFound");
        assertThat(ending.result().message()).contains("@nobody_here");
    }

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

    @Test
    void namesCostLookUpsAndASpentBudgetIsWaitedFor() {
        open(OURS);
        ParseOrders orders = ParseOrders.of(alice).lookups(1);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        Ending second = parse(ParseOrders.of(alice).lookups(1));
        assertThat(second.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(second.result().reason()).isEqualTo("DailyLimit");
    }

    private static final String CROWD = PEOPLE + """
              - generate: {count: 850, prefix: guest}
            chats:
              - {title: Meetup, username: meetup, owner: alice, members: ["guest*"]}
            """;

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
