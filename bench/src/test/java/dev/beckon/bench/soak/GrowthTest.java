package dev.beckon.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.beckon.bench.soak.Sample.Phase;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private static final long MIB = 1 << 20;

    private static List<Sample> samples(IntToLongFunction bytes) {
        return IntStream.rangeClosed(0, 40)
                .map(number -> number * 300)
                .mapToObj(operations -> new Sample(Phase.DAY, operations, bytes.applyAsLong(operations), 0))
                .toList();
    }

    private static Growth growth(IntToLongFunction bytes) {
        return Growth.of(Growth.warm(samples(bytes)), Sample::nativeBytes);
    }

    @Test
    void whatIsFlatDoesNotGrow() {
        Growth growth = growth(operations -> 80 * MIB);
        assertThat(growth.perOperation()).isZero();
        assertThat(growth.after()).isEqualTo(growth.before());
    }

    @Test
    void whatEachOperationLeavesBehindIsSeen() {
        Growth growth = growth(operations -> 80 * MIB + operations * 1024L);
        assertThat(growth.perOperation()).isCloseTo(1024, within(0.001));
        assertThat(growth.after() - growth.before()).isCloseTo(8_700 * 1024.0, within(1.0));
    }

    @Test
    void theWarmUpDoesNotCount() {
        assertThat(growth(operations -> operations < 3_000 ? operations * 30_000L : 90 * MIB)
                        .perOperation())
                .isZero();
    }

    @Test
    void oneSampleDoesNotDecide() {
        Growth growth = growth(operations -> operations == 12_000 ? 88 * MIB : 80 * MIB);
        assertThat(growth.after() / growth.before()).isBetween(1.0, 1.02);
    }

    @Test
    void whatComesAndGoesInBlocksIsNotWhatAnOperationLeavesBehind() {
        IntToLongFunction block = operations -> operations / 1_500 % 2 == 0 ? 0 : 3 * MIB;
        List<Sample> samples = samples(operations -> 80 * MIB + operations * 700L + block.applyAsLong(operations));
        assertThat(Growth.typical(samples, Sample::nativeBytes)).isCloseTo(700, within(0.001));
    }

    @Test
    void aSampleAloneTellsNothing() {
        assertThatThrownBy(() -> Growth.of(samples(operations -> 1).subList(0, 1), Sample::nativeBytes))
                .hasMessageContaining("different numbers of operations");
    }

    @Test
    void aSampleGoesFromProcessToProcessAsALine() {
        Sample sample = new Sample(Phase.WRITING, 7, 80 * MIB, 200 * MIB);
        assertThat(Sample.of(sample.line())).isEqualTo(sample);
        assertThat(Sample.isOne("a library's warning of 3 words")).isFalse();
    }
}
