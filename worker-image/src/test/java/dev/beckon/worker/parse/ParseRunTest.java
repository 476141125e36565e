package dev.beckon.worker.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a parser collects, whom it leaves out, and what it says where it can't. */
class ParseRunTest extends OnSource {
    private static String foreign(String fields) {
        return PEOPLE + "chats:\n  - {title: Meetup, owner: owner1, " + fields + "}\n";
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
}
