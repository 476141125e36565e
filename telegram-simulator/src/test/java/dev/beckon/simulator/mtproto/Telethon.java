package dev.beckon.simulator.mtproto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Telethon's scripts as processes. */
final class Telethon {
    private Telethon() {}

    /** Starts a script of the folder {@code telethon} against a data centre. */
    static Process start(String script, DataCentre dataCentre, Path publicKey, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                python(),
                module().resolve("telethon").resolve(script).toString(),
                String.valueOf(dataCentre.port()),
                publicKey.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Judges the report of {@code checks.py}: of a script that ran no check, none has failed. */
    static void requirePassed(String report, int checks) {
        assertThat(report.lines())
                .as("Telethon's report:%n%s", report)
                .contains(checks + " passed, 0 failed")
                .filteredOn(line -> line.startsWith("ok "))
                .doesNotHaveDuplicates()
                .hasSize(checks);
    }

    private static String python() throws IOException, InterruptedException {
        Process fetch = new ProcessBuilder(
                        module().resolve("scripts/fetch-telethon").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return output(fetch).strip();
    }

    private static Path module() {
        return Path.of("").toAbsolutePath();
    }

    /** All that a process prints until it ends. */
    static String output(Process process) throws IOException, InterruptedException {
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
