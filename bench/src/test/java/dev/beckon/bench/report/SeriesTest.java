package dev.beckon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void theMedianIsTheMiddleOneAndOneWildRoundDoesNotMoveIt() {
        assertThat(Series.of(3, 1, 2).median()).isEqualTo(2);
        assertThat(Series.of(3, 1, 1_000).median()).isEqualTo(3);
        assertThat(Series.of(7).median()).isEqualTo(7);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Series.of(4, 1, 3, 100).median()).isEqualTo(3.5);
    }

    @Test
    void aRatioIsTakenRoundByRound() {
        // The machine was twice as slow in the second round, for both.
        assertThat(Series.of(1, 2).over(Series.of(2, 4)).values()).containsExactly(0.5, 0.5);
    }

    @Test
    void whatHasNoRoundsOrNotTheSameNumberIsRefused() {
        assertThatThrownBy(() -> new Series(List.of())).hasMessageContaining("nothing was measured");
        assertThatThrownBy(() -> Series.of(1, 2).over(Series.of(1))).hasMessageContaining("2 rounds");
    }

    @Property(tries = 200)
    void theMedianLiesWithinTheSpreadAndKnowsNoOrder(
            @ForAll @Size(min = 1, max = 9) List<@DoubleRange(max = 1e6) Double> values) {
        Series series = new Series(values);
        List<Double> reversed =
                values.stream().sorted(Collections.reverseOrder()).toList();
        assertThat(series.median()).isBetween(series.lowest(), series.highest());
        assertThat(new Series(reversed).median()).isCloseTo(series.median(), within(1e-9));
    }
}
