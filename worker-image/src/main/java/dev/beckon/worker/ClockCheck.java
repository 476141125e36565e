package dev.beckon.worker;

import dev.beckon.workorder.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
        Optional<String> trouble = trouble(skew, "nobody is contacted with it");
        if (trouble.isPresent()) {
            throw Ending.later(ExitCode.LEDGER_UNAVAILABLE, now.plus(NEXT_LOOK), "ClockSkew", trouble.get())
                    .now();
        }
    }

    /**
     * What is wrong with the clock, in a sentence.
     *
     * @param skew by how much this clock is ahead of the database's; negative: behind
     * @param consequence what is not done therefore
     */
    public static Optional<String> trouble(Duration skew, String consequence) {
        return skew.abs().compareTo(TOLERATED) <= 0
                ? Optional.empty()
                : Optional.of("This node's clock is " + skew.abs().toSeconds() + " s "
                        + (skew.isNegative() ? "behind" : "ahead of")
                        + " the database's; " + consequence + ". Set both by NTP.");
    }
}
