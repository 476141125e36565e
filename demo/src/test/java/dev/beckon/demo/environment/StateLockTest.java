package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {
    /** Another JVM that holds a folder until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws IOException {
            StateLock.hold(Path.of(arguments[0]), "make demo");
            System.out.println("held");
            System.in.read();
        }
    }

    @TempDir
    private Path folder;

    @Test
    void aFolderIsOneCommandsUntilItHasEndedHoweverItEnds() throws Exception {
        Path state = folder.resolve("new/state");
        Process holder = new ProcessBuilder(
                        JavaProgram.executable(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        state.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");

            assertThatThrownBy(() -> StateLock.hold(state, "make up"))
                    .hasMessage(
                            "`make demo` is at work in %s (process %d): wait until it has ended, or end it with Ctrl-C"
                                            .formatted(state, holder.pid())
                                    + " there or `kill %d`.".formatted(holder.pid()));
            assertThatCode(() -> StateLock.hold(folder.resolve("other"), "make up"))
                    .doesNotThrowAnyException();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThatCode(() -> StateLock.hold(state, "make up")).doesNotThrowAnyException();
        assertThat(state.resolve("lock")).hasContent(ProcessHandle.current().pid() + " make up");
    }

    @Test
    void aFileIsNoStateFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> StateLock.hold(file, "make up"))
                .hasMessage(file + " is no folder: give one that holds an environment, or a new one, with STATE=…");
    }

    @Test
    void aFolderThatCanNotBeMadeIsOneSentence() {
        Path nowhere = Path.of("/proc/nope");

        assertThatThrownBy(() -> StateLock.hold(nowhere, "make up"))
                .hasMessage("The folder /proc/nope can't be made or written to: choose another with STATE=…");
    }
}
