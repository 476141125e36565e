package dev.beckon.worker.lease;

/**
 * Ends this process when it is not re-armed in time. Instants are nanoseconds of {@code CLOCK_BOOTTIME}, which goes on
 * while the machine sleeps and never jumps.
 */
public interface Watchdog extends AutoCloseable {
    /** Now, on the watchdog's clock. */
    long now();

    /** From here on the process is ended at the given instant, unless armed again. */
    void arm(long deadline);

    /** Disarms; the process lives on. */
    @Override
    void close();
}
