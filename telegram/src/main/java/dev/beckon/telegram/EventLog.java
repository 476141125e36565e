package dev.beckon.telegram;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a chat's administrator log.
 *
 * @param coversFrom the earliest instant of which this log tells everything; later than asked for when Telegram's 48
 *     hours, or the bound on pages read, end before
 * @param events oldest first
 * @param rest where the older ones begin that one reading had no room for; empty when there are none, as far back as was asked
 */
public record EventLog(Instant coversFrom, List<Event> events, Optional<Long> rest) {
    /** One that has all that was asked for. */
    public EventLog(Instant coversFrom, List<Event> events) {
        this(coversFrom, events, Optional.empty());
    }

    /** Something that happened to a member. */
    public sealed interface Event {
        long userId();

        Instant at();

        /** {@code byUserId} added the person. */
        record Invited(long byUserId, long userId, Instant at) implements Event {}

        /** The person came by themselves, by a link or by an approved request. */
        record Joined(long userId, Instant at) implements Event {}

        record Left(long userId, Instant at) implements Event {}

        /** Removed, banned or restricted from seeing the chat. */
        record Removed(long byUserId, long userId, Instant at) implements Event {}
    }
}
