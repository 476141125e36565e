package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.StatusPace.Advice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class StatusPaceTest {
    private record Status(String state, int progress, int sequence) {}

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final StatusPace pace = new StatusPace((InstantSource) () -> now, Duration.ofSeconds(5));

    private Advice advise(Status before, Status after) {
        return pace.advise(
                "uid", before, after, it -> new Status(it.state, it.progress, 0), it -> new Status(it.state, 0, 0));
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
}
