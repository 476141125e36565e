package dev.beckon.ledger.content;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a run of a schedule stands.
 *
 * @param post what it publishes; absent before its turn came, and after the end
 * @param again whether a person has it publish once more where nobody can tell whether its post is there, and nowhere else
 */
public record PublishRun(
        long id,
        long scheduleId,
        String scheduleUid,
        String runUid,
        State state,
        Instant startedAt,
        Optional<TakenPost> post,
        boolean again) {

    /** How far a run came. */
    public enum State {
        Running,
        /** Something is left to do, not before the run's next action. */
        Waiting,
        /** Each target has its outcome, or there was no post left. */
        Complete,
        /** The post reached no target: it is next again. */
        Failed
    }
}
