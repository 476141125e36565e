package dev.beckon.demo.chaos;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same plan with each protection and without it, at the same time: green with it, and without it the harm it prevents. */
final class Proof {
    private static final String ROW = "%-15s %-7s %-8s %7s  %s%n";

    private final FastLevel level;
    private final List<Protection> protections;

    Proof(FastLevel level, List<Protection> protections) {
        this.level = level;
        this.protections = protections;
    }

    private record Row(Protection protection, Verdict with, Verdict without, Duration took) {
        Optional<String> harm() {
            return protection.missedEverywhereBy(without);
        }

        boolean holds() {
            return with.green() && harm().isPresent();
        }
    }

    /** Carries all runs out and prints the table; answers whether each protection is needed. */
    boolean holds() throws InterruptedException, ExecutionException {
        List<Row> rows = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Protection protection : protections) {
                Instant start = Instant.now();
                Future<Verdict> with = threads.submit(() -> run(protection, false));
                Future<Verdict> without = threads.submit(() -> run(protection, true));
                rows.add(new Row(protection, with.get(), without.get(), Duration.between(start, Instant.now())));
            }
        }
        System.out.printf(
                "%n" + ROW, "PROTECTION", "WITH IT", "WITHOUT", "TIME", "THE FIRST HARM THAT IT IS THERE TO PREVENT");
        rows.forEach(row -> System.out.printf(
                ROW,
                row.protection().label(),
                colour(row.with()),
                colour(row.without()),
                row.took().toSeconds() + " s",
                row.harm().orElse("nothing that it is there to prevent")));
        boolean all = rows.stream().allMatch(Row::holds);
        System.out.println(
                all ? "\n✓ Each protection is needed." : "\n✗ Not every protection showed that it is needed.");
        return all;
    }

    /** Two run at once, so each tells its story when it is over. */
    private Verdict run(Protection protection, boolean takenOut) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            return level.tellingTo(out).against(protection, takenOut);
        } finally {
            System.out.printf(
                    "%n=== %s %s%n%n%s",
                    takenOut ? "without" : "with",
                    protection.label() + (takenOut ? ": " + protection.without() : ""),
                    told.toString(StandardCharsets.UTF_8));
        }
    }

    private static String colour(Verdict verdict) {
        return verdict.green() ? "green" : "red";
    }
}
