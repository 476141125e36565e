package dev.beckon.worker.invite;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Claim;
import dev.beckon.ledger.invite.OpenResult;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.Then;
import java.time.Instant;
import java.util.Optional;

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
                giveBack(claim);
                yield new Then.Pause(
                        reason, "Paused (" + reason + ") until someone acknowledges breaker " + breakerId + ".");
            }
            case OpenResult.AccountNotReady(AccountState state) -> {
                giveBack(claim);
                yield new Then.AccountNotReady(state);
            }
            case OpenResult.LeaseLost _ -> throw run.leaseLost();
        };
    }

    /** What it is called that nobody is left but people put off by this rule, or, without one, by a failed attempt. */
    static WaitingFor waitingFor(Optional<OpenResult.WaitReason> putOffBy) {
        return putOffBy.map(why -> switch (why) {
                    case FrequencyCap -> WaitingFor.FrequencyCap;
                    case QuietHours -> WaitingFor.QuietHours;
                    case AccountLimit -> WaitingFor.DailyLimit;
                    case ChatLimit -> WaitingFor.ChatLimit;
                    case FloodWait -> WaitingFor.FloodWait;
                    case SlowMode -> WaitingFor.SlowMode;
                })
                .orElse(WaitingFor.Retry);
    }

    private Then waits(Claim claim, Action action, OpenResult.WaitReason reason, Instant until) {
        return switch (reason) {
            // Binds this person only.
            case FrequencyCap, QuietHours -> {
                putOff(claim, until, reason);
                yield new Then.GoOn();
            }
            case AccountLimit -> {
                // With no messages left, those who still need an invite go on; only who needs the message waits.
                if (action == plan.first()) {
                    yield rest(claim, until, WaitingFor.DailyLimit);
                }
                putOff(claim, until, reason);
                yield new Then.GoOn();
            }
            case ChatLimit, FloodWait, SlowMode -> rest(claim, until, waitingFor(Optional.of(reason)));
        };
    }

    private Then rest(Claim claim, Instant until, WaitingFor why) {
        giveBack(claim);
        return new Then.Rest(new Wait(until, why));
    }

    /** They may be claimed again at once. */
    void giveBack(Claim claim) {
        run.check(run.ledger().claims().giveBack(run.lease(), claim, run.now()));
    }

    private void putOff(Claim claim, Instant until, OpenResult.WaitReason why) {
        run.check(run.ledger().claims().putOff(run.lease(), claim, until, why));
    }
}
