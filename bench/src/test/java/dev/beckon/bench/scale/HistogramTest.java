package dev.beckon.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final String BEFORE = """
            # TYPE passes_seconds histogram
            passes_seconds_bucket{controller="a",le="0.01"} 10.0
            passes_seconds_bucket{controller="a",le="0.1"} 10.0
            passes_seconds_bucket{controller="a",le="+Inf"} 10.0
            """;
    private static final String AFTER = """
            passes_seconds_bucket{controller="a",le="0.01"} 60.0
            passes_seconds_bucket{controller="a",le="0.1"} 90.0
            passes_seconds_bucket{controller="a",le="+Inf"} 90.0
            passes_seconds_bucket{controller="b",le="0.01"} 0.0
            passes_seconds_bucket{controller="b",le="0.1"} 18.0
            passes_seconds_bucket{controller="b",le="+Inf"} 20.0
            passes_seconds_count{controller="b"} 20.0
            """;

    private static Histogram meanwhile() {
        return Histogram.of(AFTER, "passes_seconds").since(Histogram.of(BEFORE, "passes_seconds"));
    }

    @Test
    void whatCameMeanwhileIsCountedOverAllLabels() {
        assertThat(meanwhile().count()).isEqualTo(100);
    }

    @Test
    void aQuantileLiesStraightBetweenTwoBounds() {
        assertThat(meanwhile().quantile(0.25)).isCloseTo(0.005, within(1e-9));
        assertThat(meanwhile().quantile(0.74)).isCloseTo(0.055, within(1e-9));
    }

    @Test
    void whatIsBeyondTheLastBoundCountsAsThat() {
        assertThat(meanwhile().quantile(0.99)).isEqualTo(0.1);
    }

    @Test
    void ofNothingThereIsNoQuantile() {
        assertThatThrownBy(() -> Histogram.of("", "passes_seconds").quantile(0.99))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was counted");
    }
}
