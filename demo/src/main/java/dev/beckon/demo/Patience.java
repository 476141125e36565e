package dev.beckon.demo;

import java.time.Duration;
import java.time.Instant;

/** How long the demo waits for Beckon. While it is a person's turn nothing is spent of it: they may read, or be at lunch. */
final class Patience {
    private final Duration longest;
    private Duration spent = Duration.ZERO;
    private Instant lastLook;

    Patience(Duration longest, Instant now) {
        this.longest = longest;
        this.lastLook = now;
    }

    /**
     * Looks at the clock, about once a second.
     *
     * @param personsTurn whether a person is waited for: then the time since the last look does not count
     * @return whether all of it is spent
     */
    boolean isOver(Instant now, boolean personsTurn) {
        if (!personsTurn) {
            spent = spent.plus(Duration.between(lastLook, now));
        }
        lastLook = now;
        return spent.compareTo(longest) > 0;
    }
}
