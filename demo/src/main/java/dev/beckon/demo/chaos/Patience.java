package dev.beckon.demo.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How long something to kill is waited for: an operator that is being restarted, a worker that is about to come. */
final class Patience {
    static final Duration LOOK = Duration.ofMillis(100);

    /** Longer than a minute, so that a post falls due within it. */
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private Patience() {}

    /**
     * Tries until there is something.
     *
     * @param inVain whether there never will be
     */
    static <T> Optional<T> until(BooleanSupplier inVain, Supplier<Optional<T>> attempt) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        Optional<T> result = attempt.get();
        while (result.isEmpty() && Instant.now().isBefore(end) && !inVain.getAsBoolean()) {
            Thread.sleep(LOOK);
            result = attempt.get();
        }
        return result;
    }
}
