package dev.beckon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.environment.StateLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, as a JVM of its own: its folder lies where it is started. */
class BenchTest {
    /** Another command that works in the folder. */
    static final class Other {
        public static void main(String[] arguments) throws IOException {
            StateLock.hold(Path.of(".build/bench"), "make bench");
            System.out.println("held");
            System.in.read();
        }
    }

    @TempDir
    private Path checkout;

    private Process java(Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void oneAtATimeMeasuresInAFolderAndTheOtherIsNamed() throws Exception {
        Process other = java(Other.class);
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");

            Process bench = java(Bench.class);

            assertThat(new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("`make bench` is at work in .build/bench (process %d): wait".formatted(other.pid()))
                    .doesNotContain("\tat ");
            assertThat(bench.waitFor()).isEqualTo(1);
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
