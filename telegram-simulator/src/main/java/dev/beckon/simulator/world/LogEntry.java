package dev.beckon.simulator.world;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a chat's administrator log.
 *
 * @param byId who did it: the person itself for {@link What#JOINED} and {@link What#LEFT}
 * @param personId to whom it happened; who had written a message that was deleted or edited
 * @param change of {@link What#DELETED} and {@link What#EDITED}
 */
public record LogEntry(long id, What what, long byId, long personId, Instant at, Optional<Change> change) {
    /** What happened; Telegram's {@code channelAdminLogEventAction…} of the same name. */
    public enum What {
        INVITED,
        JOINED,
        JOINED_BY_LINK,
        JOINED_BY_REQUEST,
        LEFT,
        BANNED,
        DELETED,
        EDITED
    }

    /**
     * What became of a message.
     *
     * @param after empty when it was deleted
     */
    public record Change(Message before, Optional<Message> after) {}
}
