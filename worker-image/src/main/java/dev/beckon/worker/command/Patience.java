package dev.beckon.worker.command;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Waits for a server that is just being started, as at the first installation. */
final class Patience {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private Patience() {}

    /**
     * Does it, again and again while it fails in a way that may pass; the last failure is thrown when the time is over.
     *
     * @param longest how long it is tried again; zero for once only
     * @param passing what another try may mend
     */
    static void with(Duration longest, InstantSource clock, Class<? extends RuntimeException> passing, Runnable work) {
        Instant end = clock.instant().plus(longest);
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                if (!passing.isInstance(e) || !clock.instant().isBefore(end)) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(RuntimeException why) {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
