package dev.beckon.bench.audience;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.audience.AudienceSource;
import dev.beckon.ledger.audience.ImportResult;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Imports a file as a worker does, in a process with a worker's heap: {@code JDBC_URL USER PASSWORD FILE}. */
public final class ImportProcess {
    private ImportProcess() {}

    public static void main(String[] arguments) {
        LedgerConfig config = new LedgerConfig(arguments[0], arguments[1], arguments[2]);
        try (Ledger ledger = Ledger.open(config, LedgerKeys.generate(), InstantSource.system())) {
            ledger.campaigns().register("bench", "bench", "import", List.of("account"));
            long begin = System.nanoTime();
            ImportResult result = ledger.audienceImport()
                    .run("bench", AudienceSource.file(Path.of(arguments[3])), Consent.of(Consent.Basis.OptIn))
                    .orElseThrow();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.println(result.imported() + " " + seconds + " " + heapPeakMib());
        }
    }

    /** The peaks of the heap's parts, which need not have been at the same time: an upper bound. */
    private static double heapPeakMib() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToDouble(pool -> pool.getPeakUsage().getUsed() / 1048576.0)
                .sum();
    }
}
