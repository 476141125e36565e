package dev.beckon.worker;

import dev.beckon.ledger.Ledger;
import dev.beckon.telegram.TelegramEngine;
import dev.beckon.worker.lease.Watchdog;
import dev.beckon.worker.settings.Environment;
import dev.beckon.worker.settings.MountedFiles;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a run works with. Everything that reads a clock, draws a number, waits or ends the process comes from here.
 *
 * @param watchdog ends this process when it is not heard of in time
 * @param leaseTerm how long the lease is held without renewal
 * @param rest sleeps that long, or until {@code stop} is raised
 * @param lost ends the process when the lease is lost
 */
public record Workshop(
        Environment environment,
        MountedFiles files,
        Ledger ledger,
        TelegramEngine engine,
        InstantSource clock,
        RandomGenerator random,
        StopSignal stop,
        Consumer<Duration> rest,
        Watchdog watchdog,
        Duration leaseTerm,
        Runnable lost) {
    /** Long enough to outlive a short outage of the ledger, short enough that a dead worker's account is soon free. */
    public static final Duration LEASE_TERM = Duration.ofSeconds(30);

    /**
     * A sign of life of a worker that holds no lease yet: the watchdog ends it when the next one, or the lease, is too long in
     * coming. A worker that hangs there may hold the import's lock, for which all others wait.
     */
    public void starting() {
        watchdog.arm(watchdog.now() + environment.startWithin().toNanos());
    }
}
