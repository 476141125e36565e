package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.worker.Ending;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.publish.PublishingRun;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Telegram says of an account binds its schedules, too, in the team's own channels as well. */
class AutopostLimitedTest extends Misuse {
    private PublishOrders flooded;

    @Override
    String faults() {
        return """
                faults:
                  - {on: messages.sendMessage, kind: Error, text: FLOOD_WAIT_7200}
                  - {on: messages.sendMessage, kind: Error, text: PEER_FLOOD}
                """;
    }

    private PublishOrders schedule() {
        return PublishOrders.of(alice)
                .targets("@meetup")
                .post("one", "The first")
                .post("two", "The second");
    }

    private static Ending publish(Pod pod, PublishOrders orders) {
        return pod.run(workshop -> new PublishingRun(workshop, orders.build(), Hints.NONE).run());
    }

    @BeforeEach
    void flood() {
        flooded = schedule();
        assertThat(publish(stage.pod(), flooded).result().reason()).isEqualTo("FloodWait");
    }

    private void silent(PublishOrders orders) {
        assertThat(publish(stage.pod().withoutTelegram(), orders).result().reason())
                .isEqualTo("FloodWait");
    }

    private void limited() {
        pass(Duration.ofHours(2).plusSeconds(1));
        assertThat(publish(stage.pod(), flooded).result().ending()).isEqualTo(RunResult.Ending.PAUSED);
    }

    private void paused(PublishOrders orders) {
        Ending ending = publish(stage.pod().withoutTelegram(), orders);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.PAUSED);
        assertThat(ending.result().reason()).isEqualTo("PeerFlood");
        assertThat(stage.world().truth().posts(Instant.EPOCH)).isEmpty();
    }

    @Test
    void aFloodWaitByStartingTheRunAgain() {
        for (int pod = 0; pod < 3; pod++) {
            silent(flooded);
            pass(Duration.ofMinutes(20));
        }
    }

    @Test
    void aFloodWaitByAnotherSchedule() {
        silent(schedule());
        silent(schedule().targets("@second_meetup"));
    }

    @Test
    void aFloodWaitByPublishingNow() {
        silent(flooded.run("now-1"));
    }

    @Test
    void aLimitationByStartingTheRunAgain() {
        limited();
        paused(flooded);
        pass(Duration.ofDays(30));
        paused(flooded);
    }

    @Test
    void aLimitationByAnotherScheduleAndByPublishingNow() {
        limited();
        paused(schedule().targets("@second_meetup"));
        paused(flooded.run("now-1"));
    }
}
