package dev.beckon.ledger.testing;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.audience.ImportResult;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;

/**
 * Imports a generated audience into a fresh database and loads the same file with LOAD DATA, for the ratio. Prints one line
 * per measurement: {@code name=value}.
 *
 * <p>Arguments: how many lines, how many times each; 0 times measures only the import.
 */
public final class ImportBench {
    private ImportBench() {}

    public static void main(String[] args) throws IOException, SQLException {
        int lines = Integer.parseInt(args[0]);
        int times = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Path folder = Files.createTempDirectory("beckon-import-bench-");
        try (TestDatabase database = TestDatabase.start(folder.resolve("db"))) {
            Path file = folder.resolve("audience.csv");
            generate(file, lines);
            for (int i = 0; i < times; i++) {
                Cpu cpu = Cpu.now(database);
                print("load_data_plain", lines, loadData(database, file, ""), cpu);
                cpu = Cpu.now(database);
                print("load_data_unique", lines, loadData(database, file, ", UNIQUE KEY (phone)"), cpu);
                measureImport(database, file, lines);
            }
            if (times == 0) {
                measureImport(database, file, lines);
            }
        } finally {
            DatabaseServer.deleteTree(folder);
        }
    }

    private static void measureImport(TestDatabase database, Path file, int lines) {
        Cpu cpu = Cpu.now(database);
        long start = System.nanoTime();
        ImportResult result = importInto(database, file);
        print("import", lines, Duration.ofNanos(System.nanoTime() - start), cpu);
        if (result.imported() != lines) {
            throw new IllegalStateException("imported " + result);
        }
        System.out.println("heap_peak_mib=" + heapPeakMib());
    }

    /** Processor time used so far: on a machine that others use too, it tells more than the clock. */
    private record Cpu(TestDatabase database, Duration client, Duration server) {
        static Cpu now(TestDatabase database) {
            return new Cpu(
                    database,
                    ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                    database.cpuTime());
        }
    }

    private static void print(String name, int lines, Duration time, Cpu before) {
        Cpu after = Cpu.now(before.database);
        System.out.printf("%s_lines_per_s=%d%n", name, lines * 1000L / Math.max(1, time.toMillis()));
        System.out.printf(
                "%s_cpu_us_per_line=%.1f client, %.1f server%n",
                name,
                after.client.minus(before.client).toNanos() / 1000.0 / lines,
                after.server.minus(before.server).toNanos() / 1000.0 / lines);
    }

    private static long heapPeakMib() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed() >> 20)
                .sum();
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

    private static ImportResult importInto(TestDatabase database, Path file) {
        String account = java.util.UUID.randomUUID().toString();
        String campaign = java.util.UUID.randomUUID().toString();
        try (Ledger ledger = database.ledger(LedgerKeys.generate(), InstantSource.system())) {
            ledger.campaigns().register(campaign, "bench", "import", List.of(account));
            return ledger.audienceImport()
                    .run(campaign, AudienceSource.file(file), Consent.of(Consent.Basis.OptIn))
                    .orElseThrow();
        }
    }

    private static Duration loadData(TestDatabase database, Path file, String key) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "root");
        properties.setProperty("allowLoadLocalInfile", "true");
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS bench");
            statement.execute("DROP TABLE IF EXISTS bench.guest");
            statement.execute(
                    "CREATE TABLE bench.guest (id BIGINT AUTO_INCREMENT PRIMARY KEY, phone VARCHAR(20) NOT NULL,"
                            + " first_name VARCHAR(64)" + key + ") ENGINE=InnoDB");
            long start = System.nanoTime();
            statement.execute("LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE bench.guest FIELDS TERMINATED BY ','"
                    + " IGNORE 1 LINES (phone, first_name)");
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
