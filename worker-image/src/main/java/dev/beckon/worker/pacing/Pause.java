package dev.beckon.worker.pacing;

import dev.beckon.worker.BadInput;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pause between two people, drawn uniformly from {@code min} to {@code max}, both included. */
public record Pause(Duration min, Duration max) {
    public Pause {
        if (min.isNegative() || max.compareTo(min) < 0) {
            throw new BadInput("The pause between two people, " + min + " to " + max
                    + ", must not be negative and its min not above its max: correct spec.pacing.delay");
        }
    }

    /** To the millisecond. */
    public Duration draw(RandomGenerator random) {
        return min.plusMillis(random.nextLong(max.toMillis() - min.toMillis() + 1));
    }
}
