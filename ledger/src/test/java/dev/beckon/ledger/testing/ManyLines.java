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
import java.time.InstantSource;
import java.util.List;

/**
 * Imports a generated audience into a fresh database and prints the heap it took: {@code heap_peak_mib=n}. How fast that is, and
 * against what, is measured by {@code make bench ONLY=import}.
 *
 * <p>Arguments: how many lines, and how many characters of notes, which are no business of ours, each of them has.
 */
public final class ManyLines {
    private ManyLines() {}

    public static void main(String[] args) throws IOException {
        int lines = Integer.parseInt(args[0]);
        int notes = Integer.parseInt(args[1]);
        Path folder = Files.createTempDirectory("beckon-many-lines-");
        try (TestDatabase database = TestDatabase.start(folder.resolve("db"))) {
            Path file = folder.resolve("audience.csv");
            generate(file, lines, notes);
            ImportResult result = importInto(database, file);
            if (result.imported() != lines) {
                throw new IllegalStateException("imported " + result);
            }
            System.out.println("heap_peak_mib=" + heapPeakMib());
        } finally {
            DatabaseServer.deleteTree(folder);
        }
    }

    private static long heapPeakMib() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed() >> 20)
                .sum();
    }

    /** Distinct people of one country, in no order that an index would like. */
    private static void generate(Path file, int lines, int notes) throws IOException {
        String more = notes == 0 ? "" : "," + "x".repeat(notes);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("phone,first_name\n");
            for (long i = 0; i < lines; i++) {
                out.write("+4917" + (100_000_000 + i * 7_654_321 % 899_999_981) + ",Guest " + i + more + "\n");
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
}
