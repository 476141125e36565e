package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import java.util.List;
import java.util.Optional;

/** What a campaign as a whole is to do. */
public sealed interface Course {
    /** The ledger was asked; until it answers nothing is known and nothing is written. */
    record AwaitLedger() implements Course {}

    /** The ledger can't be reached: nothing is started, what runs is left alone. */
    record Blind(String why) implements Course {}

    /**
     * It has ended.
     *
     * @param stopWorkers whether Jobs that still run are to be removed
     */
    record Ended(boolean succeeded, Reason reason, String message, boolean stopWorkers) implements Course {}

    /**
     * It must not go on.
     *
     * @param person whether it waits for a person to mend something; false when a person wanted it to rest
     * @param stopWorkers whether Jobs that still run are to be removed; a worker that paused by itself ends by itself
     */
    record Halted(
            State state,
            Reason reason,
            String message,
            boolean person,
            boolean stopWorkers,
            Optional<TrippedBreaker> breaker)
            implements Course {}

    /**
     * It goes on, each account as it stands.
     *
     * @param problem what keeps the campaign from using all its accounts
     */
    record Active(List<Standing> standings, Optional<Problem> problem) implements Course {}

    /** Something that concerns no single account. */
    record Problem(Reason reason, String message) {}
}
