package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalConverterTest {
    private final IntervalConverter converter = new IntervalConverter();

    @ParameterizedTest
    @CsvSource({"1s, 1", "15s, 15", "15, 15", "10m, 600", "24h, 86400", "PT1M, 60"})
    void isADuration(String written, long seconds) {
        assertThat(converter.convert(written)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0", "999ms", "PT-1S"})
    void ofASecondAtLeast(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> converter.convert(written))
                .withMessageContaining(written)
                .withMessageContaining("a second or more");
    }

    @Test
    void andNothingElse() {
        assertThatIllegalArgumentException().isThrownBy(() -> converter.convert("often"));
    }
}
