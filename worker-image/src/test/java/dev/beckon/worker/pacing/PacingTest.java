package dev.beckon.worker.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.BadInput;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The pause is uniform within its bounds, and a wait is slept or gives the pod back by its length alone. */
class PacingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Property
    void aPauseIsNeverOutsideItsBounds(
            @ForAll @IntRange(max = 10_000) int min, @ForAll @IntRange(max = 10_000) int more, @ForAll long seed) {
        Pause pause = new Pause(Duration.ofMillis(min), Duration.ofMillis(min + more));
        assertThat(pause.draw(new Random(seed)))
                .isBetween(Duration.ofMillis(min), Duration.ofMillis((long) min + more));
    }

    @Test
    void pausesAreSpreadEvenlyOverTheirBounds() {
        Pause pause = new Pause(Duration.ofSeconds(30), Duration.ofSeconds(90));
        Random random = new Random(1);
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            long past = pause.draw(random).minusSeconds(30).toMillis();
            tenths[(int) Math.min(9, past / 6_000)]++;
        }
        // Five standard deviations of a binomial with n = 10,000 and p = 0.1 are 150.
        assertThat(java.util.Arrays.stream(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @Test
    void bothBoundsCanBeDrawn() {
        Pause pause = new Pause(Duration.ofMillis(1), Duration.ofMillis(2));
        Random random = new Random(1);
        assertThat(java.util.stream.Stream.generate(() -> pause.draw(random)).limit(100))
                .contains(Duration.ofMillis(1), Duration.ofMillis(2));
    }

    @Test
    void aMinimumAboveTheMaximumIsRefused() {
        assertThatThrownBy(() -> new Pause(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spec.pacing.delay");
    }

    @Property
    void aWaitIsSleptUpToHibernateAfterAndGivesThePodBackBeyond(
            @ForAll @IntRange(min = -100, max = 1000) int seconds, @ForAll @IntRange(max = 600) int hibernateAfter) {
        Wait wait = new Wait(NOW.plusSeconds(seconds), WaitingFor.FloodWait);
        NextStep step = NextStep.at(NOW, wait, Duration.ofSeconds(hibernateAfter));
        switch (step) {
            case NextStep.Act() -> assertThat(seconds).isLessThanOrEqualTo(0);
            case NextStep.Sleep(Instant until, WaitingFor why) -> {
                assertThat(seconds).isBetween(1, hibernateAfter);
                assertThat(until).isEqualTo(wait.until());
                assertThat(why).isEqualTo(WaitingFor.FloodWait);
            }
            case NextStep.Hibernate(Instant resumeAt, WaitingFor why) -> {
                assertThat(seconds).isGreaterThan(Math.max(0, hibernateAfter));
                assertThat(resumeAt).isEqualTo(wait.until());
                assertThat(why).isEqualTo(WaitingFor.FloodWait);
            }
        }
    }

    @Test
    void ofTwoWaitsThatBothBindTheLaterIsNamed() {
        Wait pause = new Wait(NOW.plusSeconds(30), WaitingFor.Pause);
        Wait flood = new Wait(NOW.plusSeconds(300), WaitingFor.FloodWait);
        assertThat(pause.and(flood)).isEqualTo(flood);
        assertThat(flood.and(pause)).isEqualTo(flood);
        assertThat(flood.or(pause)).isEqualTo(pause);
    }

    @Test
    void aWaitThatEndsAtNightEndsWhenTheWindowOpens() {
        ContactWindow window = new ContactWindow(
                LocalTime.of(9, 0), LocalTime.of(20, 0), ZoneOffset.UTC, Set.of(java.time.DayOfWeek.values()));
        Wait night = new Wait(Instant.parse("2026-11-23T21:00:00Z"), WaitingFor.FloodWait);
        assertThat(night.within(window))
                .isEqualTo(new Wait(Instant.parse("2026-11-24T09:00:00Z"), WaitingFor.QuietHours));
        Wait noon = new Wait(Instant.parse("2026-11-23T12:00:00Z"), WaitingFor.FloodWait);
        assertThat(noon.within(window)).isEqualTo(noon);
    }
}
