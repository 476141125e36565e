package dev.beckon.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    /** So much that what the JVM's own threads take and give back meanwhile (several MiB at times) does not count. */
    private static final long BYTES = 256L << 20;

    @Test
    void whatNativeCodeHoldsIsCountedAndWhatItGaveBackIsNot() {
        NativeMemory memory = new NativeMemory();
        long before = memory.inUse();
        try (Arena arena = Arena.ofConfined()) {
            assertThat(arena.allocate(BYTES).byteSize()).isEqualTo(BYTES);
            assertThat(memory.inUse() - before).isBetween(BYTES * 3 / 4, BYTES * 5 / 4);
        }
        assertThat(memory.inUse() - before).isLessThan(BYTES / 4);
    }
}
