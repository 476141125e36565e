package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.Settlement;
import dev.beckon.worker.run.Then;
import java.util.Optional;

/**
 * What an answer means: what the ledger writes about the person, and what the run does then.
 *
 * @param settlement empty when nobody knows whether it happened: the intent stays open
 */
record Verdict(Optional<Settlement> settlement, Then then) {
    static Verdict goOn(Settlement settlement) {
        return new Verdict(Optional.of(settlement), new Then.GoOn());
    }

    /** The same, of somebody who may have noticed. */
    Verdict mayBeContact() {
        return new Verdict(settlement.map(it -> it.contacted(true)), then);
    }

    static Verdict of(Settlement settlement, Then then) {
        return new Verdict(Optional.of(settlement), then);
    }
}
