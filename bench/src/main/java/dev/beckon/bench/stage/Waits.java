package dev.beckon.bench.stage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what others bring about. */
public final class Waits {
    private static final Duration AT_MOST = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private Waits() {}

    /** @throws IllegalStateException when it does not come about */
    public static void until(String what, BooleanSupplier there) throws InterruptedException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited " + AT_MOST.toMinutes() + " minutes in vain until " + what);
            }
            TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
    }
}
