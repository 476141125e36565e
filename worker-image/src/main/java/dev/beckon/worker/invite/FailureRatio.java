package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.workorder.InviteOrder.Breaker;
import java.util.List;

/** The campaign's own breaker: too many failures among its newest attempts, and a person has to look at it. */
final class FailureRatio {
    private FailureRatio() {}

    /**
     * Whether the breaker trips.
     *
     * @param newest at most {@link Breaker#minAttempts} attempts; fewer never trip it
     */
    static boolean trips(Breaker breaker, List<OutcomeStatus> newest) {
        long failed = newest.stream().filter(OutcomeStatus.Failed::equals).count();
        return newest.size() >= breaker.minAttempts() && failed >= breaker.failureRatio() * newest.size();
    }
}
