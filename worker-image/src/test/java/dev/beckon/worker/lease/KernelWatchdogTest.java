package dev.beckon.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that was not re-armed in time is gone, also when it was stopped and could not run one instruction. */
@Tag("integration")
class KernelWatchdogTest {
    private static final int KILLED = 128 + 9;

    /** A process under watch: arms as told, says so and lives as long as told. */
    static final class Watched {
        public static void main(String[] args) throws Exception {
            KernelWatchdog watchdog = new KernelWatchdog();
            for (int i = 1; i < args.length; i++) {
                if (args[i].equals("close")) {
                    watchdog.close();
                } else {
                    long millis = Long.parseLong(args[i]);
                    watchdog.arm(watchdog.now() + Duration.ofMillis(millis).toNanos());
                }
            }
            System.out.println("armed");
            Thread.sleep(Duration.ofMillis(Long.parseLong(args[0])));
        }
    }

    private static List<String> command(String... steps) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Watched.class.getName()));
        command.addAll(List.of(steps));
        return command;
    }

    private static Process start(String... steps) throws IOException {
        return new ProcessBuilder(command(steps))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitArmed(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("armed");
    }

    @Test
    void aProcessThatDoesNotReArmIsKilled() throws Exception {
        Process process = start("60000", "2000");
        awaitArmed(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
    }

    @Test
    void aStoppedProcessIsKilledAtItsDeadlineToo() throws Exception {
        Process process = start("60000", "2000");
        awaitArmed(process);
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(KILLED);
    }

    @Test
    void aProcessThatReArmsLivesOn() throws Exception {
        Process process = start("2500", "2000", "60000");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void aClosedWatchdogKillsNobody() throws Exception {
        Process process = start("2500", "2000", "close");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void theFirstProcessOfANamespaceIsRefusedSinceTheKernelWouldSpareIt() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        assumeThat(Path.of("/usr/bin/unshare")).isExecutable();
        List<String> command = new ArrayList<>(List.of("/usr/bin/unshare", "--pid", "--fork", "--mount-proc"));
        command.addAll(command("0", "300"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readAllAsString())
                .contains("process 1 of its container", "shareProcessNamespace: true");
        assertThat(process.waitFor()).isEqualTo(1);
    }
}
