package dev.beckon.telegram;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A part of a chat's history as a source of people, newest message first.
 *
 * @param messages how many messages the page had that are not older than asked for
 * @param written those of them that a person wrote: not those of channels or anonymous administrators, and not Telegram's
 *     own, such as "joined the group"
 * @param next where the next page begins; empty at the end of the history or of the time that was asked for
 */
public record AuthorPage(int messages, List<Written> written, OptionalLong next) {
    public AuthorPage {
        written = List.copyOf(written);
    }

    /** A message of a person; what it says is not looked at. */
    public record Written(long messageId, Instant at, PersonFacts author) {}
}
