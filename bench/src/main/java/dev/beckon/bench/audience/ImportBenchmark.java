package dev.beckon.bench.audience;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.FreshDatabase;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Started;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A million lines into the ledger. */
public final class ImportBenchmark implements Benchmark {
    private static final int HEAP_MIB = 256;

    /** No round begins later than this after the first: a slow import is measured less often. */
    private static final long ENOUGH_SECONDS = 200;

    private static final String WHY =
            "two rows in three indexes a person and the parsing of INSERTs cost the server more than LOAD DATA's"
                    + " one row, and the client's encryption, look-up keys and binding come on top, on the same two cores"
                    + " (docs/decisions/0016-import-by-inserts.md).";

    private final Stages stages;

    public ImportBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String title() {
        return "Import of 1,000,000 lines";
    }

    @Override
    public String measured() {
        return "A CSV of 1,000,000 people with phone and first name into an empty ledger, in a process of its own with a heap of "
                + HEAP_MIB
                + " MiB: parsed, normalised, encrypted, told apart by keyed look-ups, and resumable at every batch. Each round has a"
                + " database server of its own.";
    }

    @Override
    public String peer() {
        return "`LOAD DATA LOCAL INFILE` of the same file into a table of phone and name whose phone is unique, so that it tells people"
                + " apart as well; in the clear, and in one transaction. The same without the unique key is shown besides.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        int lines = effort.size(1_000_000, 20_000);
        List<Double> ours = new ArrayList<>();
        List<Double> unique = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        long begin = System.nanoTime();
        for (int round = 0;
                round < effort.rounds(3) && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(ENOUGH_SECONDS);
                round++) {
            try (FreshDatabase database = stages.database()) {
                Path file = database.folder().resolve("audience.csv");
                generate(file, lines);
                plain.add(lines / loadData(database, file, ""));
                unique.add(lines / loadData(database, file, ", UNIQUE KEY (phone)"));
                Imported imported = imported(database, file, lines);
                ours.add(lines / imported.seconds);
                heap.add(imported.heapMib);
            }
        }
        return new Outcome(List.of(
                Figure.of("lines imported per second", "/s", new Series(ours))
                        .against(new Series(unique))
                        .goal(Goal.ratioAtLeast(0.5), WHY),
                Figure.of("the same against LOAD DATA without a unique key", "/s", new Series(ours))
                        .against(new Series(plain)),
                Figure.of("heap of the import", "MiB", new Series(heap)).goal(Goal.valueAtMost(HEAP_MIB))));
    }

    private record Imported(double seconds, double heapMib) {}

    private static Imported imported(FreshDatabase database, Path file, int lines)
            throws IOException, InterruptedException {
        try (Started importing = Started.of(new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx" + HEAP_MIB + "m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImportProcess.class.getName(),
                        database.url(),
                        database.workerUser(),
                        database.workerPassword(),
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT))) {
            String[] said = new String(importing.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            importing.await("the import");
            if (Integer.parseInt(said[0]) != lines) {
                throw new IllegalStateException("imported " + said[0] + " people of " + lines);
            }
            return new Imported(Double.parseDouble(said[1]), Double.parseDouble(said[2]));
        }
    }

    /** Distinct people of one country, in no order that an index would like. */
    private static void generate(Path file, int lines) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("phone,first_name\n");
            for (long i = 0; i < lines; i++) {
                out.write("+4917" + (100_000_000 + i * 7_654_321 % 899_999_981) + ",Guest " + i + "\n");
            }
        }
    }

    private static double loadData(FreshDatabase database, Path file, String key) throws SQLException {
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS bench");
            statement.execute("DROP TABLE IF EXISTS bench.guest");
            statement.execute(
                    "CREATE TABLE bench.guest (id BIGINT AUTO_INCREMENT PRIMARY KEY, phone VARCHAR(20) NOT NULL,"
                            + " first_name VARCHAR(64)" + key + ") ENGINE=InnoDB");
            long begin = System.nanoTime();
            statement.execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE bench.guest FIELDS TERMINATED BY ','"
                    + " IGNORE 1 LINES (phone, first_name)");
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
