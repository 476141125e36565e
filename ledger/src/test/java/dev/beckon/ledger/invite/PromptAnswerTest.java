package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptAnswerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T23:15:00Z");

    @Test
    void whoAskedAQuarterOfAnHourAgoIsAnsweredAndWhoAskedEarlierIsNot() {
        assertThat(PromptAnswer.isDue(Optional.of(NOW.minus(PromptAnswer.WITHIN)), NOW))
                .isTrue();
        assertThat(PromptAnswer.isDue(Optional.of(NOW.minus(PromptAnswer.WITHIN).minusMillis(1)), NOW))
                .isFalse();
    }

    @Test
    void whomAListNamedIsNeverAnsweredAtNight() {
        assertThat(PromptAnswer.isDue(Optional.empty(), NOW)).isFalse();
    }
}
