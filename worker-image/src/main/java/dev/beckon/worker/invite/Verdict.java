package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Settlement;
import dev.beckon.worker.run.Then;
import java.util.Optional;

/**
 * What an answer means: what the ledger writes about the person, and what the run does then.
 *
 * @param settlement empty when nobody knows whether it happened: the intent stays open
 * @param refusal what the ledger writes of a refusal that leaves the intent open
 */
record Verdict(Optional<Settlement> settlement, Optional<Settlement> refusal, Then then) {
    static Verdict goOn(Settlement settlement) {
        return of(settlement, new Then.GoOn());
    }

    /** Nobody knows whether it happened. */
    static Verdict open(Then then) {
        return new Verdict(Optional.empty(), Optional.empty(), then);
    }

    /** The same, of an act that may have been done by a first sending whose answer was lost. */
    Verdict inDoubt() {
        return new Verdict(Optional.empty(), settlement, then);
    }

    /** The same, of somebody who may have noticed. */
    Verdict mayBeContact() {
        return new Verdict(settlement.map(it -> it.contacted(true)), refusal, then);
    }

    static Verdict of(Settlement settlement, Then then) {
        return new Verdict(Optional.of(settlement), Optional.empty(), then);
    }
}
