package dev.beckon.simulator.world;

import java.time.Instant;

/**
 * A message in one box: that of an account for private chats, that of the chat for groups and channels.
 *
 * @param peerId the other side of a private chat, or the chat's bare id
 * @param out whether the box's owner wrote it; false in a chat's box
 */
public record Message(int id, long peerId, long fromId, boolean out, Instant at, Content content) {
    /** Plain text. */
    public Message(int id, long peerId, long fromId, boolean out, Instant at, String text) {
        this(id, peerId, fromId, out, at, Content.text(text));
    }

    public String text() {
        return content.text();
    }

    @Override
    public String toString() {
        return "Message[" + id + ", from=" + fromId + ", at=" + at + "]";
    }
}
