package dev.beckon.worker.command;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.observe.RedisHints;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.Paths;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** The namespace's worker Secret: the way to the ledger, its keys, and Redis when there is one. */
final class LedgerAccess {
    private static final String STEWARD = "steward's Secret (beckon-steward)";
    private static final String SECRET = "worker Secret (beckon-worker) of the namespace";

    /** The run, the lease's keeper, and one to spare. */
    private static final int CONNECTIONS = 3;

    private LedgerAccess() {}

    /** @throws BadInput when the Secret is incomplete or its keys are none */
    static Ledger open(MountedFiles files, InstantSource clock) {
        return guarded(SECRET, () -> Ledger.open(config(files, SECRET), keys(files, SECRET), clock));
    }

    /** The ledger with a steward's rights; the Secret is mounted where a worker's would be. */
    static StewardLedger steward(MountedFiles files, InstantSource clock) {
        return guarded(STEWARD, () -> StewardLedger.open(config(files, STEWARD), keys(files, STEWARD), clock));
    }

    private static <T> T guarded(String secret, Supplier<T> open) {
        try {
            return open.get();
        } catch (LedgerException e) {
            throw new BadInput("The " + secret + ": " + e.getMessage(), e);
        }
    }

    private static LedgerConfig config(MountedFiles files, String secret) {
        return new LedgerConfig(
                        required(files, "jdbc-url", secret),
                        required(files, "username", secret),
                        required(files, "password", secret))
                .withPoolSize(CONNECTIONS)
                .withCa(files.file(Paths.DATABASE_CA, Paths.CA_KEY));
    }

    private static LedgerKeys keys(MountedFiles files, String secret) {
        return LedgerKeys.fromJson(required(files, "keys.json", secret));
    }

    static Hints hints(MountedFiles files) {
        Optional<Path> ca = files.file(Paths.REDIS_CA, Paths.CA_KEY);
        return files.value(Paths.LEDGER, "redis-url")
                .map(url -> RedisHints.at(url, ca))
                .orElse(Hints.NONE);
    }

    private static String required(MountedFiles files, String key, String secret) {
        return files.required(Paths.LEDGER, key, secret);
    }
}
