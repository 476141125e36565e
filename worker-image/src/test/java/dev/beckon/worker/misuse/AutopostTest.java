package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.world.Chat.Standing;
import dev.beckon.simulator.world.Truth;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.publish.PublishingRun;
import dev.beckon.worker.stage.NodeClock;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.PublishOrder;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.WorkOrders;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schedules are no way to flood other people's chats. In the team's own channels there is no such rule: whoever reads there came for
 * what is published, and how often is the team's to say.
 */
class AutopostTest extends Misuse {
    @Override
    String world() {
        return """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: zoey, phone: "+491700000002"}
                  - {username: owner}
                  - {username: bobby}
                chats:
                  - {title: News, username: our_news, kind: Channel, owner: alice}
                  - {title: Meetup, username: meetup, owner: alice}
                  - {title: Group, username: their_group, owner: owner, members: [alice, zoey]}
                  - {title: Other, username: their_other_group, owner: owner, members: [alice]}
                  - {title: Slow, username: slow_group, owner: owner, members: [alice, zoey], slowMode: 1h}
                  - {title: Channel, username: their_channel, kind: Channel, owner: owner, members: [alice]}
                  - {title: Outside, username: no_member_of_it, owner: owner}
                """;
    }

    /** A schedule of its own, of six posts into the other people's group, one a day. */
    private PublishOrders daily(String account) {
        PublishOrders orders = PublishOrders.of(account).targets("@their_group").messages(1);
        for (int post = 1; post <= 6; post++) {
            orders.post("post-" + post, "Post " + post);
        }
        return orders;
    }

    private static Function<Workshop, Ending> publishing(PublishOrders orders) {
        return workshop -> new PublishingRun(workshop, orders.build(), Hints.NONE).run();
    }

    private Ending publish(PublishOrders orders) {
        return stage.pod().run(publishing(orders));
    }

    private long posts(String title) {
        return stage.world().truth().posts(Instant.EPOCH).stream()
                .mapToLong(Truth.Post::chatId)
                .filter(chat -> chat == stage.chatId(title))
                .count();
    }

    private void published(PublishOrders orders) {
        assertThat(publish(orders).result().reason()).isEqualTo("Published");
    }

    private void waits(Ending ending, String why) {
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(ending.result().reason()).isEqualTo(why);
    }

    /** Nothing more came into the group than the day's one post, and the run says why. */
    private void spent(PublishOrders orders) {
        waits(publish(orders), "DailyLimit");
        assertThat(posts("Group")).isEqualTo(1);
    }

    @Test
    void twoSchedulesForOneChat() {
        published(daily(alice));
        spent(daily(alice));
    }

    @Test
    void publishNowAgainAndAgain() {
        PublishOrders orders = daily(alice);
        published(orders.run("now-1"));
        for (int run = 2; run <= 5; run++) {
            spent(orders.run("now-" + run));
        }
    }

    @Test
    void theScheduleIsDeletedAndMadeAgain() {
        published(daily(alice));
        spent(daily(alice).run("run-1"));
    }

    @Test
    void theScheduleIsSuspendedAndResumed() {
        PublishOrders orders = daily(alice);
        published(orders);
        orders.run("run-2");
        for (int pod = 0; pod < 3; pod++) {
            spent(orders);
            pass(Duration.ofHours(2));
        }
    }

    @Test
    void forSeveralChatsInTurn() {
        published(daily(alice));
        waits(publish(daily(alice).targets("@their_other_group")), "DailyLimit");
        assertThat(posts("Other")).isZero();
    }

    @Test
    void severalChatsInOneSchedule() {
        waits(publish(daily(alice).targets("@their_group", "@their_other_group", "@slow_group")), "DailyLimit");
        assertThat(posts("Group") + posts("Other") + posts("Slow")).isEqualTo(1);
    }

    @Test
    void fromAnotherNamespaceByTheSameUserUnderAnotherName() {
        published(daily(alice));
        String again = UUID.randomUUID().toString();
        stage.login(again, stage.person("alice"));
        spent(daily(again));
    }

    @Test
    void byLoggingInAnew() {
        published(daily(alice));
        stage.login(alice, stage.person("alice"));
        spent(daily(alice));
    }

    @Test
    void afterPersonalMessagesOfACampaign() {
        run(links("bobby"));
        waits(publish(daily(alice)), "DailyLimit");
        assertThat(posts("Group")).isZero();
    }

    @Test
    void aCampaignAfterPosts() {
        published(daily(alice));
        Orders campaign = links("bobby").limits(40, 1, 5, 100);
        waits(run(campaign), campaign, "bobby", 0, "DailyLimit");
    }

    @Test
    void afterMidnightAndShortlyBeforeTheDayIsOver() {
        PublishOrders orders = daily(alice);
        published(orders);
        for (Duration more :
                new Duration[] {Duration.ofHours(15), Duration.ofHours(8).plusMinutes(50)}) {
            pass(more);
            spent(orders.run("run-2"));
        }
        pass(Duration.ofMinutes(11));
        published(orders);
        assertThat(posts("Group"))
                .as("a rolling day later there is room for one")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT25H", "-PT25H"})
    void bySettingTheClockOfTheNode(Duration off) {
        PublishOrders orders = daily(alice);
        published(orders);
        NodeClock node = stage.node();
        Pod pod = stage.on(node).wiretapped(Wiretap.on((call, _) -> node.off(off)));
        waits(pod.run(publishing(orders.run("run-2"))), "DailyLimit");
        assertThat(posts("Group")).isEqualTo(1);
    }

    /** In a channel of the team's own, where only the post's own rule holds. */
    @Test
    void aPostThatIsRewrittenAfterItsTurn() {
        PublishOrders orders = PublishOrders.of(alice).folder();
        stage.pod().mount(Paths.POSTS + "/1.md", "One").run(publishing(orders.targets("@our_news")));
        Ending again =
                stage.pod().mount(Paths.POSTS + "/1.md", "One, rewritten").run(publishing(orders.run("run-2")));
        assertThat(again.result().reason()).isEqualTo("Exhausted");
        assertThat(posts("News")).isEqualTo(1);
    }

    @Test
    void aPostThatIsRenamedAfterItsTurn() {
        PublishOrders orders =
                PublishOrders.of(alice).folder().targets("@their_group").messages(1);
        stage.pod().mount(Paths.POSTS + "/1.md", "One").run(publishing(orders));
        Ending again = stage.pod().mount(Paths.POSTS + "/2.md", "One").run(publishing(orders.run("run-2")));
        waits(again, "DailyLimit");
        assertThat(posts("Group")).isEqualTo(1);
    }

    @Test
    void theSameRunOnceMore() {
        PublishOrders orders = daily(alice);
        published(orders);
        Ending again = stage.pod().withoutTelegram().run(publishing(orders));
        assertThat(again.result().reason()).isEqualTo("Published");
        assertThat(posts("Group")).isEqualTo(1);
    }

    @Test
    void oneChatUnderTwoNames() {
        published(daily(alice).messages(40).targets("@their_group", Long.toString(chat("Group"))));
        assertThat(posts("Group")).isEqualTo(1);
    }

    @Test
    void aSlowChatByTwoSchedules() {
        published(daily(alice).messages(40).targets("@slow_group"));
        pass(Duration.ofMinutes(10));
        for (int run = 1; run <= 3; run++) {
            waits(publish(daily(alice).messages(40).targets("@slow_group").run("now-" + run)), "SlowMode");
        }
        assertThat(posts("Slow")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"@their_channel, Channel", "@no_member_of_it, Outside"})
    void aChatInWhichTheAccountMayNotWrite(String target, String title) {
        Ending ending = publish(daily(alice).targets(target));
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.FAULT);
        assertThat(ending.result().reason()).isNotBlank();
        assertThat(posts(title)).isZero();
        long chat = stage.chatId("Outside");
        assertThat(stage.world().truth().standing(chat, stage.person("alice").id()))
                .as("nobody joins to write")
                .isEqualTo(Standing.STRANGER);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"messagesPerDay\":1', '\"messagesPerDay\":101'",
        "'\"lookupsPerDay\":100', '\"lookupsPerDay\":5000'",
        "'\"version\":1', '\"version\":1,\"ignoreLimits\":true'",
        "'\"targets\":[\"@their_group\"]', '\"targets\":[]'",
        "'\"kind\":\"Publish\"', '\"kind\":\"Invite\"'"
    })
    void aForgedOrder(String part, String instead) {
        String order = WorkOrders.write(daily(alice).build());
        assertThat(order).contains(part);
        Pod pod = stage.pod().withoutTelegram().mount(Paths.WORK_ORDER, order.replace(part, instead));
        assertThatThrownBy(() -> pod.run(workshop ->
                        new PublishingRun(workshop, workshop.files().order(PublishOrder.class), Hints.NONE).run()))
                .isInstanceOf(BadInput.class);
        assertThat(posts("Group")).isZero();
    }

    @Test
    void moreChatsThanASchedulesOrderMayHave() {
        String[] targets = new String[21];
        Arrays.setAll(targets, i -> "@their_group_" + i);
        String order = WorkOrders.write(daily(alice).targets(targets).build());
        assertThatThrownBy(() -> WorkOrders.readOrder(order)).hasMessageContaining("targets is 21");
    }
}
