package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.people.Consent;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static Optional<Instant> asked(Consent.Basis basis, String at) {
        return PromptAnswer.askedAt(new Consent(basis, Optional.empty(), Optional.ofNullable(at)), NOW);
    }

    @Test
    void whoseEventTellsNoTimeAskedWhenItCame() {
        assertThat(asked(Consent.Basis.OptIn, null)).contains(NOW);
        assertThat(asked(Consent.Basis.Contract, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T23:00:00Z, 2026-11-23T23:00:00Z",
        "2026-11-24T00:14:30+01:00, 2026-11-23T23:14:30Z",
        "2026-11-24 00:14:30+01:00[Europe/Berlin], 2026-11-23T23:14:30Z",
        // The caller's clock is ahead.
        "2026-11-23T23:15:20Z, 2026-11-23T23:15:00Z",
    })
    void whoConsentedJustNowAskedThen(String at, Instant asked) {
        assertThat(asked(Consent.Basis.OptIn, at)).contains(asked);
        assertThat(asked(Consent.Basis.ExistingMember, at)).isEmpty();
    }

    /** Old, of another year, and such as may be old: a day has 24 hours, and a time without its offset is another one in each zone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T22:59:59Z",
                "2026-11-23T23:15:00+01:00",
                "2025-11-23T23:15:00Z",
                "2026-11-23",
                "2026-11-23T23:15:00",
                "2026-11-23 23:15",
                "2026-11-24T23:15:00Z",
            })
    void whoseConsentIsOlderOrTellsNoMomentMaySleep(String at) {
        assertThat(asked(Consent.Basis.OptIn, at)).isEmpty();
    }
}
