package dev.beckon.workorder;

import java.time.Instant;
import java.util.Optional;

/**
 * How a worker's run ended, written to {@link Paths#RESULT}, from where Kubernetes copies it into the pod's status (at most
 * 4,096 bytes). It names no person. The ledger tells the same: a lost result costs time, never a person.
 *
 * @param resumeAt when there is something to do again; only with {@link Ending#WAITING}
 * @param reason a word in CamelCase, the same as the condition's reason
 * @param message one sentence for a person to read
 */
public record RunResult(int version, Ending ending, Optional<Instant> resumeAt, String reason, String message) {
    /** The ways a run ends. */
    public enum Ending {
        /** Nothing is left to do for this account. */
        COMPLETED,
        /** Something is left, not before {@code resumeAt}; without a time: nothing is left, until more comes by itself. */
        WAITING,
        /** Gave the account to someone more urgent, or was asked to stop; something is left. */
        YIELDED,
        /** A breaker tripped or the account is limited: a person must acknowledge. */
        PAUSED,
        /** It can't work as declared: the reason tells what to mend. */
        FAULT
    }
}
