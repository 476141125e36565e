package dev.beckon.telegram;

import java.time.Instant;

/**
 * A message of a chat's history; its text is never printed.
 *
 * @param text empty for what is no text. It may differ from what was sent, see {@link Words}
 */
public record ChatMessage(long id, long senderId, boolean outgoing, Instant at, String text) {
    @Override
    public String toString() {
        return "ChatMessage[" + id + ", outgoing=" + outgoing + ", at=" + at + "]";
    }
}
