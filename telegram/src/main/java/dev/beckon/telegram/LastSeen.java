package dev.beckon.telegram;

import java.time.Duration;
import java.time.Instant;

/**
 * When a person was last online, as exactly as their privacy lets the account know.
 *
 * @see <a href="https://core.telegram.org/constructor/userStatusRecently">Telegram's buckets</a>
 */
public sealed interface LastSeen {
    /** Online now. */
    record Online() implements LastSeen {}

    /** At this second. */
    record At(Instant at) implements LastSeen {}

    /** Within three days. */
    record Recently() implements LastSeen {}

    /** Within seven days. */
    record LastWeek() implements LastSeen {}

    /** Within thirty days. */
    record LastMonth() implements LastSeen {}

    /** Longer ago, never, or not told: bots and deleted accounts, too. */
    record Unknown() implements LastSeen {}

    /** Whether the person was surely online within this time; a bucket counts with its far end. */
    default boolean within(Duration time, Instant now) {
        return switch (this) {
            case Online _ -> true;
            case At(Instant at) -> !at.isBefore(now.minus(time));
            case Recently _ -> time.compareTo(Duration.ofDays(3)) >= 0;
            case LastWeek _ -> time.compareTo(Duration.ofDays(7)) >= 0;
            case LastMonth _ -> time.compareTo(Duration.ofDays(30)) >= 0;
            case Unknown _ -> false;
        };
    }
}
