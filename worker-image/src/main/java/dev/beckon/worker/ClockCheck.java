package dev.beckon.worker;

import dev.beckon.workorder.ExitCode;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether this node's clock may be trusted. Times of acts are compared with Telegram's and with those of other workers: a clock
 * that is far off would settle an open act too early, take our own invitation for somebody else's, or make night day and yesterday's
 * quota one of last week. Looked at when a worker starts; from then on it goes by a {@link SteadyClock}.
 */
public final class ClockCheck {
    /** Well below the 30 s by which our clock and Telegram's may differ when acts are settled. */
    static final Duration TOLERATED = Duration.ofSeconds(10);

    private static final Duration NEXT_LOOK = Duration.ofMinutes(5);

    private ClockCheck() {}

    /**
     * @param skew by how much this clock is ahead of the database's; negative: behind
     * @throws Ending.Now when nothing should be done with such a clock; it is looked at again later
     */
    public static void require(Duration skew, Instant now) {
        if (skew.abs().compareTo(TOLERATED) > 0) {
            throw Ending.later(
                            ExitCode.LEDGER_UNAVAILABLE,
                            now.plus(NEXT_LOOK),
                            "ClockSkew",
                            "This node's clock is " + skew.abs().toSeconds() + " s "
                                    + (skew.isNegative() ? "behind" : "ahead of")
                                    + " the database's; nobody is contacted with it. Set both by NTP.")
                    .now();
        }
    }
}
