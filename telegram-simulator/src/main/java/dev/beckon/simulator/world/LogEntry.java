package dev.beckon.simulator.world;

import java.time.Instant;

/**
 * An entry of a chat's administrator log.
 *
 * @param byId who did it: the person itself for {@link What#JOINED} and {@link What#LEFT}
 */
public record LogEntry(long id, What what, long byId, long personId, Instant at) {
    /** What happened; Telegram's {@code channelAdminLogEventAction…} of the same name. */
    public enum What {
        INVITED,
        JOINED,
        JOINED_BY_LINK,
        JOINED_BY_REQUEST,
        LEFT,
        BANNED
    }
}
