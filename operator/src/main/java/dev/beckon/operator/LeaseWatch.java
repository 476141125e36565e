package dev.beckon.operator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Ends a leader whose lease was not seen renewed for too long, also while a call to the API server hangs: one thread looks, and
 * may wait for an answer as long as it takes; another one has only a clock.
 */
final class LeaseWatch {
    private static final Logger LOG = Logger.getLogger(LeaseWatch.class);

    private final InstantSource clock;
    private final Duration overdue;
    private final Supplier<Optional<Instant>> renewed;
    private final Runnable end;
    private volatile Instant seen;

    /**
     * @param overdue how long a lease may be unrenewed, as far as is known: shorter than its term
     * @param renewed when this process renewed it last, by its own clock; empty when it is another's
     * @param end ends this process
     */
    LeaseWatch(InstantSource clock, Duration overdue, Supplier<Optional<Instant>> renewed, Runnable end) {
        this.clock = clock;
        this.overdue = overdue;
        this.renewed = renewed;
        this.end = end;
        this.seen = clock.instant();
    }

    /** This process leads from now on: looks once a period, until it ends. */
    void start(Duration period) {
        seen = clock.instant();
        Thread.ofPlatform().name("lease-look").daemon().start(() -> repeat(period, this::look));
        Thread.ofPlatform().name("lease-end").daemon().start(() -> repeat(period.dividedBy(4), this::judge));
    }

    private static void repeat(Duration period, Runnable what) {
        try {
            while (true) {
                what.run();
                Thread.sleep(period);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks once, unless it was renewed just now: a leader at rest does little else than this. What can't be answered leaves what
     * was known.
     */
    void look() {
        Duration age = Duration.between(seen, clock.instant());
        // One that lies ahead is of a clock that was set back: it says nothing.
        if (!age.isNegative() && age.compareTo(overdue.dividedBy(4)) < 0) {
            return;
        }
        try {
            renewed.get().ifPresent(at -> seen = at);
        } catch (RuntimeException e) {
            LOG.debugf("The lease could not be read: %s", e.getMessage());
        }
    }

    /** Ends the process when it is time. */
    void judge() {
        if (!clock.instant().isBefore(seen.plus(overdue))) {
            end.run();
        }
    }
}
