package dev.beckon.demo.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * How a worker ended that was told to by SIGTERM.
 *
 * @param took from the signal to the end
 * @param opened whether it had its session open
 * @param saved whether it saved it
 */
record Termination(String run, Duration took, int exitCode, boolean opened, boolean saved) {
    /** The product's 30 s for the call in flight, and what it takes to notice the end. */
    private static final Duration AT_MOST = Duration.ofSeconds(32);

    /** What went wrong. A worker that was killed meanwhile, or found no ledger to save to, did all it could. */
    Optional<String> wrong() {
        if (took.compareTo(AT_MOST) > 0) {
            return Optional.of(run + " ended " + took.toSeconds() + " s after its SIGTERM");
        }
        return exitCode == 0 && opened && !saved
                ? Optional.of(run + " ended in order after its SIGTERM, and did not save its session")
                : Optional.empty();
    }
}
