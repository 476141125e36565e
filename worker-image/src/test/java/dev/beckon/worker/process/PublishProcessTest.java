package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whole runs of the real worker that publish. */
class PublishProcessTest extends AtSite {
    /** TDLib tells slow mode in the words of a flood wait; which of the two it is, the worker finds out. */
    @Test
    void aSlowChatWaitsAloneAndTheAccountGoesOnElsewhere() {
        open("""
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: carla}
              - {username: dora}
              - {username: erika}
            chats:
              - {title: Slow, username: slow_talk, owner: bobby, members: [alice], slowMode: 1h}
              - {title: News, username: our_news, kind: Channel, owner: alice}
              - {title: Meetup, username: meetup, owner: alice}
            """);
        PublishOrders orders = PublishOrders.of(alice)
                .post("one", "The first of two posts")
                .post("two", "The second of two posts")
                .targets("@slow_talk", "@our_news");
        WorkerProcess first = site.publish(orders.build()).endsWith(0);
        assertThat(first.told().message()).isEqualTo("The post one is in 2 of 2 targets.");

        // Two people with a pause between them: a slow mode that begins with a post may be its own.
        Orders meanwhile = Site.noon(alice).target("@meetup").people("dora", "erika");
        assertThat(site.invite(meanwhile.build()).endsWith(0).told().ending()).isEqualTo(RunResult.Ending.COMPLETED);

        Instant begun = Instant.now();
        WorkerProcess second = site.publish(orders.run("run-2").build()).endsWith(0);
        assertThat(second.told().ending()).as(second.out()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(second.told().reason()).as(second.out()).isEqualTo("SlowMode");
        assertThat(second.told().resumeAt().orElseThrow())
                .isBetween(begun.plus(Duration.ofMinutes(55)), Instant.now().plus(Duration.ofHours(1)));
        assertThat(site.posts("Slow")).containsExactly("The first of two posts");
        assertThat(site.posts("News")).containsExactly("The first of two posts", "The second of two posts");

        Orders campaign = Site.noon(alice).target("@meetup").people("carla");
        WorkerProcess inviting = site.invite(campaign.build()).endsWith(0);
        assertThat(inviting.told().ending()).as(inviting.out()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(site.reached("carla", How.INVITE)).isEqualTo(1);
    }
}
