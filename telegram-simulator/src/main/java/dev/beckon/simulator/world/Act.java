package dev.beckon.simulator.world;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** An effect that happens by itself, at once or later: the tail of a request that arrived late, or what a person does. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "act")
public sealed interface Act {
    record Add(long byId, long chatId, long personId) implements Act {}

    /** @param randomId the sender's id of the message, by which one that comes twice is known; 0 for none */
    record Send(long fromId, long toId, String text, long randomId) implements Act {
        @Override
        public String toString() {
            return "Send[" + fromId + ", " + toId + "]";
        }
    }

    record Post(long fromId, long chatId, Content content, long randomId) implements Act {}

    /** The person joins alone. */
    record Join(long chatId, long personId) implements Act {}

    record Leave(long chatId, long personId) implements Act {}

    /** The last message between two deletes itself for both sides. */
    record DeleteLastMessage(long fromId, long toId) implements Act {}

    /** Who made the chat deletes the last message that somebody wrote there. */
    record DeleteLastPost(long fromId, long chatId) implements Act {}
}
