package dev.beckon.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final long BYTES = 50 << 20;

    @Test
    void whatNativeCodeHoldsIsCountedAndWhatItGaveBackIsNot() {
        NativeMemory memory = new NativeMemory();
        long before = memory.inUse();
        try (Arena arena = Arena.ofConfined()) {
            assertThat(arena.allocate(BYTES).byteSize()).isEqualTo(BYTES);
            assertThat(memory.inUse() - before).isBetween(BYTES * 9 / 10, BYTES * 11 / 10);
        }
        assertThat(memory.inUse() - before).isLessThan(BYTES / 10);
    }
}
