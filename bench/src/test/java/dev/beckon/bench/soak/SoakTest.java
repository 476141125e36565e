package dev.beckon.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bench.soak.Sample.Phase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The short form of {@code make soak}: two hours of the day. */
@Tag("integration")
class SoakTest {
    private static final double KIB = 1024;

    /** Above what {@code make soak} allows: there is less to tell from. */
    private static final double AN_OPERATION_LEAVES_AT_MOST_KIB = 1.5;

    @Test
    void aSessionKeepsLittleOfWhatItDid() throws InterruptedException {
        List<Sample> samples = new SoakStage(
                        Path.of("target/soak").toAbsolutePath(),
                        Path.of("../worker-image/src/main/distribution/jvm.options"))
                .run(SoakDay.SHORT, _ -> {});
        List<Sample> day =
                samples.stream().filter(it -> it.phase() == Phase.DAY).toList();
        assertThat(day.getLast().operations()).isEqualTo(SoakDay.SHORT.operations());
        assertThat(Growth.typical(Growth.warm(day), Sample::nativeBytes) / KIB)
                .isLessThan(AN_OPERATION_LEAVES_AT_MOST_KIB);
    }
}
