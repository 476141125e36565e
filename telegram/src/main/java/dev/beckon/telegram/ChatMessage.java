package dev.beckon.telegram;

import java.time.Instant;

/** A message of a chat's history; its text is never printed. */
public record ChatMessage(long id, long senderId, boolean outgoing, Instant at, String text) {
    @Override
    public String toString() {
        return "ChatMessage[" + id + ", outgoing=" + outgoing + ", at=" + at + "]";
    }
}
