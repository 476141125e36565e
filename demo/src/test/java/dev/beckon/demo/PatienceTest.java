package dev.beckon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Instant START = Instant.parse("2026-10-05T09:00:00Z");

    private final Patience patience = new Patience(LONGEST, START);

    private boolean isOverAfter(Duration sinceStart, boolean personsTurn) {
        return patience.isOver(START.plus(sinceStart), personsTurn);
    }

    @Test
    void itEndsAfterItsTime() {
        assertThat(isOverAfter(LONGEST, false)).isFalse();
        assertThat(isOverAfter(LONGEST.plusSeconds(1), false)).isTrue();
    }

    @Test
    void aPersonMayTakeAnEvening() {
        assertThat(isOverAfter(Duration.ofMinutes(4), false)).isFalse();
        assertThat(isOverAfter(Duration.ofHours(5), true)).isFalse();
        assertThat(isOverAfter(Duration.ofHours(5).plusMinutes(6), false)).isFalse();
        assertThat(isOverAfter(Duration.ofHours(5).plusMinutes(6).plusSeconds(1), false))
                .isTrue();
    }
}
