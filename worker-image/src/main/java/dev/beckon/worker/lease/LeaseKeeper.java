package dev.beckon.worker.lease;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a lease in the background, a third of its term after each renewal, and moves the watchdog's deadline with every
 * one that succeeded. Two parallel uses of one auth key make Telegram revoke it for good, so whoever may have lost the
 * lease must be gone before its term ends: refused, by {@code lost}; unheard, by the watchdog.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** A wish to yield is heard with a renewal: with one each five seconds the account is another's within ten. */
    private static final int RENEWALS_A_TERM = 6;

    private final Supplier<Renewal> renewal;
    private final Watchdog watchdog;
    private final Duration term;
    private final Runnable lost;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Optional<Yield> yield = Optional.empty();

    /**
     * Starts keeping a lease that was just taken.
     *
     * @param renewal asks the ledger once
     * @param takenAt the watchdog's time from before the lease was asked for: the term began no earlier
     * @param lost ends the process; called at most once, from the keeper's thread
     */
    public LeaseKeeper(Supplier<Renewal> renewal, Watchdog watchdog, long takenAt, Duration term, Runnable lost) {
        this.renewal = renewal;
        this.watchdog = watchdog;
        this.term = term;
        this.lost = lost;
        watchdog.arm(takenAt + term.toNanos());
        this.thread = Thread.ofPlatform().name("lease").daemon().unstarted(this::keep);
        thread.start();
    }

    private void keep() {
        Duration wait = term.dividedBy(RENEWALS_A_TERM);
        while (pause(wait)) {
            long asked = watchdog.now();
            try {
                switch (renewal.get()) {
                    case Renewal.Renewed(var _, Optional<Yield> wish) -> {
                        arm(asked + term.toNanos());
                        yield = wish;
                    }
                    case Renewal.Lost() -> {
                        LOG.error("The account's lease is lost: this process ends at once");
                        lost.run();
                        return;
                    }
                }
                wait = term.dividedBy(RENEWALS_A_TERM);
            } catch (LedgerException e) {
                LOG.warn(
                        "The lease could not be renewed, tried again until the watchdog ends the process: {}",
                        e.getMessage());
                wait = term.dividedBy(15);
            }
        }
    }

    /** Who waits for the account and outranks this holder, as of the last renewal. */
    public Optional<Yield> yieldWish() {
        return yield;
    }

    private synchronized void arm(long deadline) {
        if (!closed) {
            watchdog.arm(deadline);
        }
    }

    private boolean pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            return false;
        }
        return !closed;
    }

    /**
     * Stops renewing and disarms the watchdog. Only for a holder that no longer uses the session: from here on nothing
     * ends this process in time.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            thread.interrupt();
            watchdog.close();
        }
        try {
            // A renewal on its way must not reach the ledger after the release.
            thread.join(term);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
