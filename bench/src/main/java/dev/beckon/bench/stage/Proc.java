package dev.beckon.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the kernel tells of a process. */
public final class Proc {
    private Proc() {}

    /**
     * Memory in KiB.
     *
     * @param resident RSS
     * @param proportional PSS: a page that n processes share counts 1/n
     * @param own what would be free if the process ended: its private pages
     */
    public record Memory(long resident, long proportional, long own) {
        /** In MiB. */
        public double proportionalMib() {
            return proportional / 1024.0;
        }

        /** In MiB. */
        public double residentMib() {
            return resident / 1024.0;
        }

        /** In MiB. */
        public double ownMib() {
            return own / 1024.0;
        }
    }

    public static Memory memory(long pid) {
        Map<String, Long> kib = new HashMap<>();
        for (String line : lines(pid, "smaps_rollup")) {
            String[] words = line.split("\\s+");
            if (words.length == 3 && words[2].equals("kB")) {
                kib.put(words[0], Long.parseLong(words[1]));
            }
        }
        return new Memory(kib.get("Rss:"), kib.get("Pss:"), kib.get("Private_Clean:") + kib.get("Private_Dirty:"));
    }

    /** The most RSS it ever had, in MiB. */
    public static double peakMib(long pid) {
        return lines(pid, "status").stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }

    /** Processor time it used so far. */
    public static Duration cpu(ProcessHandle process) {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("process " + process.pid() + " is gone"));
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " can't be looked at", e);
        }
    }
}
