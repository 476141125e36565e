package dev.beckon.worker.command;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.observe.RedisHints;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import java.time.InstantSource;

/** The namespace's worker Secret: the way to the ledger, its keys, and Redis when there is one. */
final class LedgerAccess {
    private static final String SECRET = "worker Secret (beckon-worker) of the namespace";

    /** The run, the lease's keeper, and one to spare. */
    private static final int CONNECTIONS = 3;

    private LedgerAccess() {}

    /** @throws BadInput when the Secret is incomplete or its keys are none */
    static Ledger open(MountedFiles files, InstantSource clock) {
        LedgerConfig config = new LedgerConfig(
                        required(files, "jdbc-url"), required(files, "username"), required(files, "password"))
                .withPoolSize(CONNECTIONS);
        try {
            return Ledger.open(config, LedgerKeys.fromJson(required(files, "keys.json")), clock);
        } catch (LedgerException e) {
            throw new BadInput("The " + SECRET + ": " + e.getMessage(), e);
        }
    }

    static Hints hints(MountedFiles files) {
        return files.value(Paths.LEDGER, "redis-url")
                .<Hints>map(RedisHints::new)
                .orElse(Hints.NONE);
    }

    private static String required(MountedFiles files, String key) {
        return files.required(Paths.LEDGER, key, SECRET);
    }
}
