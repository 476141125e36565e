package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.worker.invite.Verdict.Then;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import java.time.Instant;

/** What it means for the run that the ledger's rules let nothing be done to a person now. */
final class LedgerRefusals {
    private final Run run;
    private final ModePlan plan;

    LedgerRefusals(Run run, ModePlan plan) {
        this.run = run;
        this.plan = plan;
    }

    /** What the ledger's refusal means; the person it was about is given back where they stay pending. */
    Then of(Claim claim, Action action, OpenResult refusal) {
        return switch (refusal) {
            case OpenResult.Opened _ -> throw new IllegalArgumentException("not a refusal");
            case OpenResult.Skipped _, OpenResult.ClaimLost _ -> new Then.GoOn();
            case OpenResult.Wait(OpenResult.WaitReason reason, Instant until) -> waits(claim, action, reason, until);
            case OpenResult.Paused(String breakerId, String reason) -> {
                giveBack(claim, run.now());
                yield new Then.Pause(
                        reason, "Paused (" + reason + ") until someone acknowledges breaker " + breakerId + ".");
            }
            case OpenResult.AccountNotReady(AccountState state) -> {
                giveBack(claim, run.now());
                yield new Then.AccountNotReady(state);
            }
            case OpenResult.LeaseLost _ -> throw run.leaseLost();
        };
    }

    private Then waits(Claim claim, Action action, OpenResult.WaitReason reason, Instant until) {
        return switch (reason) {
            // Binds this person only.
            case FrequencyCap -> {
                giveBack(claim, until);
                yield new Then.GoOn();
            }
            case AccountLimit -> {
                // With no messages left, those who still need an invite go on; only who needs the message waits.
                boolean all = action == plan.first();
                giveBack(claim, all ? run.now() : until);
                yield all ? new Then.Rest(new Wait(until, WaitingFor.DailyLimit)) : new Then.GoOn();
            }
            case ChatLimit -> rest(claim, until, WaitingFor.ChatLimit);
            case FloodWait -> rest(claim, until, WaitingFor.FloodWait);
            case SlowMode -> rest(claim, until, WaitingFor.SlowMode);
        };
    }

    private Then rest(Claim claim, Instant until, WaitingFor why) {
        giveBack(claim, run.now());
        return new Then.Rest(new Wait(until, why));
    }

    /** They may be claimed again from then on. */
    void giveBack(Claim claim, Instant notBefore) {
        run.check(run.ledger().claims().putOff(run.lease(), claim, notBefore));
    }
}
