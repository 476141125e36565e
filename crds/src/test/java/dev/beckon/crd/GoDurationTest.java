package dev.beckon.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @Property(tries = 500)
    void whatIsWrittenIsReadAsTheSame(@ForAll @LongRange(min = 0, max = 999_999) long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        assertThat(GoDuration.parse(GoDuration.format(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "10m, 600", "24h, 86400", "1h30m, 5400", "1m30s, 90", "1s1h, 3601", "0s, 0"})
    void theUnitsAddUp(String text, long seconds) {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"90, 90s", "60, 1m", "5400, 90m", "86400, 24h", "0, 0s"})
    void theLargestUnitThatLosesNothingIsWritten(long seconds, String text) {
        assertThat(GoDuration.format(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "1d", "-5s", "1.5h", "5 m", "500ms", "m", "1234567s"})
    void anythingElseIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no duration: write it like 90s, 10m or 1h30m");
    }
}
