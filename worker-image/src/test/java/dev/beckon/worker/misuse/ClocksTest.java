package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.simulator.world.Contact;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Hook;
import dev.beckon.worker.stage.NodeClock;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.worker.stage.Wiretap;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever may set a node's clock makes no night day and no week pass: with a wrong one no worker works, and a worker that works does
 * not ask for it again. That both the node's and the database's are wrong nobody but Telegram could tell.
 */
class ClocksTest extends Misuse {
    private static final Duration HOUR = Duration.ofHours(1);

    private NodeClock node;

    @BeforeEach
    void aNode() {
        node = stage.node();
    }

    /** A worker whose node's clock is set when it works already, just before it looks for the chat. */
    private Ending runAndSet(Orders orders, Duration off) {
        boolean[] done = {false};
        Pod pod = stage.on(node).wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("findChat") && !done[0]) {
                done[0] = true;
                node.off(off);
            }
        }));
        Ending ending = pod.run(Stage.inviting(orders.build()));
        assertThat(done[0]).as("the clock was set").isTrue();
        return ending;
    }

    /** A worker that sleeps its waits, and whose node's clock is set in the first of them. */
    private Ending sleepAndSet(Orders orders, Duration off) {
        return stage.on(node)
                .resting(_ -> node.off(off))
                .run(Stage.inviting(orders.hibernateAfter(Duration.ofDays(2)).build()));
    }

    private List<Instant> times() {
        return stage.world().truth().contacts().stream().map(Contact::at).toList();
    }

    private Duration between(int first, int second) {
        return Duration.between(times().get(first), times().get(second));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-PT2400H", "-PT72H", "-PT3H", "-PT11S", "PT11S", "PT10H", "PT25H", "PT192H"})
    void aWorkerThatIsStartedWithAWrongClock(Duration off) {
        node.off(off);
        Orders orders = links("bobby");
        Ending ending = stage.on(node).withoutTelegram().run(Stage.inviting(orders.build()));
        assertThat(ending.exit()).isEqualTo(ExitCode.LEDGER_UNAVAILABLE);
        assertThat(ending.result().reason()).isEqualTo("ClockSkew");
        assertThat(ending.result().message()).contains(off.isNegative() ? "behind" : "ahead of");
        assertThat(calls("bobby")).isZero();
    }

    @Test
    void aClockThatGoesRightIsNoFault() {
        Orders orders = links("bobby");
        assertThat(stage.on(node.off(Duration.ofSeconds(3)))
                        .run(Stage.inviting(orders.build()))
                        .result()
                        .ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10H", "-PT13H"})
    void nightIsMadeDayWhileAWorkerWorks(Duration off) {
        pass(Duration.ofHours(13));
        Orders orders = links("bobby");
        waits(runAndSet(orders, off), orders, "bobby", 0, "QuietHours");
    }

    @Test
    void nightIsMadeDayWhileAWorkerSleepsUntilMorning() {
        pass(Duration.ofHours(20));
        sleepAndSet(links("bobby"), Duration.ofHours(5));
        assertThat(times()).hasSize(1);
        assertThat(times().getFirst().atZone(ZoneOffset.UTC).toLocalTime()).isAfterOrEqualTo(LocalTime.of(8, 0));
    }

    @Test
    void theEveningIsPutOffWhileAWorkerWorks() {
        Orders orders =
                links("bobby", "carol", "dora", "owner").delay(HOUR, HOUR).window("08:00", "12:00", "UTC");
        sleepAndSet(orders, Duration.ofHours(-3));
        assertThat(times())
                .hasSize(4)
                .allSatisfy(at -> assertThat(at.atZone(ZoneOffset.UTC).toLocalTime())
                        .isBetween(LocalTime.of(8, 0), LocalTime.of(12, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT25H", "-PT25H"})
    void yesterdaysQuotaIsMadeOneOfLongAgo(Duration off) {
        Orders orders = links("bobby", "carol").limits(40, 1, 5, 100);
        run(orders);
        waits(runAndSet(orders, off), orders, "carol", 0, "DailyLimit");
        assertThat(calls("bobby")).isEqualTo(1);
    }

    @Test
    void aDaysQuotaIsSleptThroughInAMoment() {
        sleepAndSet(links("bobby", "carol").limits(40, 1, 5, 100), Duration.ofHours(25));
        assertThat(times()).hasSize(2);
        assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT25H", "-PT25H"})
    void yesterdaysQuotaOfAChat(Duration off) {
        Orders orders = links("bobby", "carol").perChatPerDay(1);
        run(orders);
        waits(runAndSet(orders, off), orders, "carol", 0, "ChatLimit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT192H", "-PT192H", "PT2400H"})
    void thisWeeksContactIsMadeOneOfLongAgo(Duration off) {
        contacted(links("bobby"), "bobby");
        Orders other = links("bobby").target("@second_meetup");
        waits(runAndSet(other, off), other, "bobby", 1, "FrequencyCap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT25H", "-PT25H"})
    void thePauseBetweenTwoPeopleIsCutShort(Duration off) {
        sleepAndSet(links("bobby", "carol").delay(HOUR, HOUR), off);
        assertThat(times()).hasSize(2);
        assertThat(between(0, 1)).isGreaterThanOrEqualTo(HOUR);
    }

    @Test
    void aDeadlineThatComesIsPutOff() {
        Instant deadline = stage.world().clock().instant().plus(Duration.ofMinutes(30));
        Duration pause = Duration.ofMinutes(20);
        Orders orders = links("bobby", "carol", "dora").delay(pause, pause).deadline(deadline);
        assertThat(sleepAndSet(orders, Duration.ofDays(-1)).result().reason()).isEqualTo("DeadlinePassed");
        assertThat(times()).hasSize(2).allSatisfy(at -> assertThat(at).isBefore(deadline));
    }

    @Test
    void anOptInOfTheMorningIsMadeOneOfAMinuteAgo() {
        Orders orders = links().webhook(Duration.ofMinutes(1));
        try (Hook hook = stage.hook(orders)) {
            hook.comes("+491700000010");
            pass(Duration.ofHours(13));
            waits(runAndSet(orders, Duration.ofHours(-13)), orders, "bobby", 0, "QuietHours");
        }
    }

    /** Leases live by the database's clock. */
    @ParameterizedTest
    @ValueSource(strings = {"PT24H", "-PT24H"})
    void aHoldersLeaseIsMadeToRunOut(Duration off) {
        boolean[] asked = {false};
        Pod pod = stage.on(node).wiretapped(Wiretap.on((call, _) -> {
            if (call.equals("findByUsername")) {
                asked[0] = true;
                node.off(off);
                assertThat(stage.ledger().leases().acquire(alice, "elsewhere", Priority.Login, Duration.ofMinutes(2)))
                        .isInstanceOf(LeaseResult.Held.class);
            }
        }));
        pod.run(Stage.inviting(links("bobby").build()));
        assertThat(asked[0]).isTrue();
        assertThat(stage.world().truth().overlaps()).isEmpty();
    }
}
