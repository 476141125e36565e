package dev.beckon.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT0S", "PT10S", "PT-10S"})
    void aClockThatIsNearlyRightMayWork(Duration skew) {
        assertThatCode(() -> ClockCheck.require(skew, NOW)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"PT42S, 42 s ahead of", "PT-3M, 180 s behind"})
    void aClockThatIsFarOffContactsNobodyAndSaysByHowMuch(Duration skew, String words) {
        assertThatThrownBy(() -> ClockCheck.require(skew, NOW)).isInstanceOfSatisfying(Ending.Now.class, now -> {
            RunResult result = now.ending().result();
            Assertions.assertThat(result.reason()).isEqualTo("ClockSkew");
            Assertions.assertThat(result.message()).contains(words);
            Assertions.assertThat(result.resumeAt()).contains(NOW.plus(Duration.ofMinutes(5)));
        });
    }

    @Test
    void whatIsDoneByTimeAloneSaysWhatItLeavesUndone() {
        Assertions.assertThat(ClockCheck.trouble(Duration.ofDays(30), "nobody is forgotten by it"))
                .contains(
                        "This node's clock is 2592000 s ahead of the database's; nobody is forgotten by it. Set both by NTP.");
        Assertions.assertThat(ClockCheck.trouble(Duration.ofSeconds(10), "nothing"))
                .isEmpty();
    }

    @Test
    void theToleranceIsBelowTheSlackOfASettlement() {
        Assertions.assertThat(ClockCheck.TOLERATED).isLessThan(Duration.ofSeconds(30));
    }
}
