package dev.beckon.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
    private static final Instant BEGUN = Instant.parse("2026-11-26T12:00:00Z");

    private Instant node = BEGUN;
    private long nanos = 77;
    private final SteadyClock clock = new SteadyClock(() -> node, () -> nanos);

    private void passes(Duration time) {
        nanos += time.toNanos();
        node = node.plus(time);
    }

    @Test
    void itGoesOnWithTime() {
        passes(Duration.ofDays(3).plusMillis(5));
        assertThat(clock.instant()).isEqualTo(node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT25H", "-PT25H", "PT2400H"})
    void aNodesClockThatIsSetChangesNothing(Duration by) {
        node = node.plus(by);
        passes(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(BEGUN.plusSeconds(1));
    }
}
