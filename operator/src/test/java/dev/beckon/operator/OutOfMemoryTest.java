package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that runs out of memory ends, so that Kubernetes starts it again: with one thread fewer it would live on and do half its work. */
class OutOfMemoryTest {
    /** What the JVM says for it. */
    private static final int OUT_OF_MEMORY = 3;

    /** A thread beside the main one takes more memory than there is; the others could go on. */
    static final class Greedy {
        private static final List<long[]> HELD = new ArrayList<>();

        private Greedy() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.ofPlatform().start(() -> {
                while (true) {
                    HELD.add(new long[1 << 20]);
                }
            });
            new CountDownLatch(1).await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "gateway"})
    void ends(String module) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "@" + Path.of("..", module, "src/main/distribution/jvm.options"),
                        "-cp",
                        Path.of(Greedy.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                                .toString(),
                        Greedy.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(OUT_OF_MEMORY);
        } finally {
            process.destroyForcibly();
        }
    }
}
