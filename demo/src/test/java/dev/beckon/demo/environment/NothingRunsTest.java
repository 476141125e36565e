package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps {@code make clean} from removing the state of what runs. */
class NothingRunsTest {
    @TempDir
    private Path checkout;

    @TempDir
    private Path elsewhere;

    private Path state;
    private Process server;

    @BeforeEach
    void aCheckoutWithAnEnvironment() throws IOException {
        Path script = Path.of("../scripts/nothing-runs");
        Files.copy(script, Files.createDirectory(checkout.resolve("scripts")).resolve("nothing-runs"));
        state = Files.createDirectories(checkout.resolve(".build/up"));
        Settings.of(state);
        Files.createDirectory(state.resolve("database"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.destroyForcibly().waitFor();
        }
    }

    private void serverIn(Path folder) throws IOException {
        server = new ProcessBuilder("sleep", "100").directory(folder.toFile()).start();
        new ProcessRecord(state.resolve("database/pid")).write(server.toHandle());
    }

    private record Said(int exit, String text) {}

    private Said asked() throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        "bash", checkout.resolve("scripts/nothing-runs").toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(script.waitFor(), text);
    }

    @Test
    void whatRunsIsNamedWithTheWayToStopIt() throws Exception {
        serverIn(state.resolve("database"));
        assertThat(asked())
                .isEqualTo(new Said(1, "An environment runs in .build/up: `make down STATE=.build/up` stops it.\n"));

        server.destroyForcibly().waitFor();
        assertThat(asked()).isEqualTo(new Said(0, ""));
    }

    @Test
    void anIdThatIsSomebodyElsesByNowIsNobody() throws Exception {
        serverIn(elsewhere);
        assertThat(asked()).isEqualTo(new Said(0, ""));
    }

    @Test
    void theCommandThatIsAtWorkIsNamedAndNotItsServersToo() throws Exception {
        serverIn(state.resolve("database"));
        StateLock.hold(state, "make up");
        long self = ProcessHandle.current().pid();
        assertThat(asked().text())
                .isEqualTo("`make up` is at work in .build/up (process %d): wait until it has ended, or end it with"
                                .formatted(self)
                        + " Ctrl-C there or `kill %d`.\n".formatted(self));
    }

    @Test
    void aLockThatNobodyHoldsAnyMoreIsNoCommandAtWork() throws Exception {
        Files.writeString(state.resolve("lock"), ProcessHandle.current().pid() + " make up\n");
        assertThat(asked()).isEqualTo(new Said(0, ""));
    }

    /** On another device, for which stands what tells the script of the file. */
    @Test
    void aLockOnAnotherFileWithTheSameNumberIsNoCommandAtWork() throws Exception {
        StateLock.hold(elsewhere, "make up");
        Path programs = Files.createDirectory(elsewhere.resolve("bin"));
        Files.writeString(programs.resolve("stat"), "#!/bin/sh\necho " + number(elsewhere.resolve("lock")) + "\n");
        Files.setPosixFilePermissions(programs.resolve("stat"), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(state.resolve("lock"), ProcessHandle.current().pid() + " make up\n");

        Process script = new ProcessBuilder(
                        "bash",
                        "-c",
                        "PATH=$1:$PATH exec bash $2",
                        "-",
                        programs.toString(),
                        checkout.resolve("scripts/nothing-runs").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(script.waitFor()).isZero();
    }

    private static Object number(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Test
    void aCheckoutIsTheSameByItsOtherName() throws Exception {
        serverIn(state.resolve("database"));
        Path other = Files.createSymbolicLink(elsewhere.resolve("other"), checkout);
        Process script = new ProcessBuilder(
                        "bash", other.resolve("scripts/nothing-runs").toString())
                .redirectErrorStream(true)
                .start();
        script.getInputStream().readAllBytes();
        assertThat(script.waitFor()).isEqualTo(1);
    }
}
