package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.StatusPace.Advice;
import dev.beckon.operator.StatusPace.Rest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StatusPaceTest {
    private record Status(String state, int progress, int sequence) {}

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final StatusPace pace =
            new StatusPace((InstantSource) () -> now, Duration.ofSeconds(5), Duration.ofMinutes(1));

    private Advice advise(Status before, Status after) {
        return advise(before, after, Rest.PROGRESS, false);
    }

    private Advice advise(Status before, Status after, Rest rest, boolean passing) {
        return pace.advise(
                "uid",
                before,
                after,
                it -> new Status(it.state, it.progress, 0),
                it -> new Status(it.state, 0, 0),
                rest,
                passing);
    }

    @Test
    void nothingIsWrittenWhenOnlyTheSequenceMoved() {
        assertThat(advise(new Status("Running", 1, 1), new Status("Running", 1, 2)))
                .isInstanceOf(Advice.Nothing.class);
    }

    @Test
    void progressWaitsForItsPeriodAndAChangeOfStateDoesNot() {
        assertThat(advise(null, new Status("Running", 1, 1))).isInstanceOf(Advice.Write.class);
        now = now.plusSeconds(2);
        assertThat(advise(new Status("Running", 1, 1), new Status("Running", 2, 2)))
                .isEqualTo(new Advice.PutOff(Duration.ofSeconds(3)));
        assertThat(advise(new Status("Running", 1, 1), new Status("Waiting", 2, 2)))
                .isInstanceOf(Advice.Write.class);
        now = now.plusSeconds(5);
        assertThat(advise(new Status("Running", 1, 1), new Status("Running", 2, 2)))
                .isInstanceOf(Advice.Write.class);
    }

    @Test
    void whatPassesInAMomentIsToldOnlyIfItLasts() {
        Status waiting = new Status("Waiting", 0, 1);
        assertThat(advise(null, waiting, Rest.PROGRESS, true)).isEqualTo(new Advice.PutOff(Duration.ofSeconds(5)));
        now = now.plusSeconds(2);
        assertThat(advise(null, waiting, Rest.PROGRESS, true)).isEqualTo(new Advice.PutOff(Duration.ofSeconds(3)));
        now = now.plusSeconds(3);
        assertThat(advise(null, waiting, Rest.PROGRESS, true)).isInstanceOf(Advice.Write.class);
    }

    @Test
    void whatFollowsAMomentIsToldAtOnceAndTheNextMomentIsCountedAnew() {
        Status running = new Status("Running", 0, 1);
        advise(null, new Status("Waiting", 0, 1), Rest.PROGRESS, true);
        now = now.plusSeconds(1);
        assertThat(advise(null, running)).isInstanceOf(Advice.Write.class);
        now = now.plusSeconds(30);
        assertThat(advise(running, new Status("Running", 5, 9), Rest.PROGRESS, true))
                .isEqualTo(new Advice.PutOff(Duration.ofSeconds(5)));
    }

    @Test
    void useThatCameTogetherIsWrittenAsOneAlsoAfterAQuietTime() {
        Status before = new Status("Ready", 0, 1);
        assertThat(advise(before, new Status("Ready", 1, 2), Rest.USAGE, false))
                .isEqualTo(new Advice.PutOff(Duration.ofMinutes(1)));
        now = now.plusSeconds(50);
        assertThat(advise(before, new Status("Ready", 5, 9), Rest.USAGE, false))
                .isEqualTo(new Advice.PutOff(Duration.ofSeconds(10)));
        assertThat(advise(before, new Status("CoolingDown", 5, 9), Rest.USAGE, false))
                .isInstanceOf(Advice.Write.class);
    }
}
