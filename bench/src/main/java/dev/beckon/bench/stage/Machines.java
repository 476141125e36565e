package dev.beckon.bench.stage;

import dev.beckon.bench.report.Machine;
import dev.beckon.demo.Beckon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** This machine. */
public final class Machines {
    private Machines() {}

    /** Load average over one minute. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    public static Machine here() {
        return new Machine(
                lineOf(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^:\\s*", ""),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(lineOf(Path.of("/proc/meminfo"), "MemTotal:").replaceAll("\\D", "")) / 1024,
                System.getProperty("os.version"),
                Map.of(
                        "Java",
                        Runtime.version().toString(),
                        "Kubernetes",
                        "1.35.4",
                        "MariaDB",
                        "11.4.5",
                        "TDLib",
                        "1.8.67",
                        "Telethon",
                        "1.45.0",
                        "Python",
                        said("python3", "--version").replace("Python ", "")),
                said("git", "-C", Beckon.checkout().toString(), "describe", "--always", "--dirty=+"));
    }

    /** What follows the key on its line; empty when there is no such line. */
    private static String lineOf(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(key.length()).strip())
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
