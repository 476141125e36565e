package dev.beckon.worker.invite;

import dev.beckon.ledger.invite.ClaimResult;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.worker.invite.PersonStep.Step;
import dev.beckon.worker.run.Then;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People whose rows can't be read. The ledger lets them hold up nobody; here it is told, by their number in the campaign: in the
 * status, and in the log, where only the first ones have a line, for with a wrong {@code keys.json} there may be very many.
 */
final class UnreadablePeople {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadablePeople.class);

    /** As many as of an audience's bad lines. */
    private static final int LOGGED = 20;

    private static final String OTHER_KEYS =
            "People of the campaign can't be read with this keys.json, and are passed over until a later look: their rows were"
                    + " written with other keys. Put the keys.json of the installation into the Secret of the worker.";
    private static final String DAMAGED =
            "Somebody's row was changed since it was written, so that nobody can read it any more: they are given up.";

    private final Run run;
    private long passedOver;

    UnreadablePeople(Run run) {
        this.run = run;
    }

    /** They stay pending: the run goes on with the next one at once. */
    Step take(ClaimResult.PassedOver who) {
        passedOver++;
        if (passedOver == 1) {
            tell(OTHER_KEYS);
        }
        if (passedOver <= LOGGED) {
            LOG.error("Person {} can't be read with this keys.json, passed over until {}", who.ordinal(), who.until());
        }
        return new Step(new Then.GoOn(), false, false);
    }

    /** They are an attempt that failed, which the campaign's breaker counts: were it very many, a person should look. */
    Step take(ClaimResult.GivenUp who) {
        tell(DAMAGED);
        LOG.error("Person {} can't be read: the row was changed since it was written. Given up", who.ordinal());
        return new Step(new Then.GoOn(), false, true);
    }

    private void tell(String sentence) {
        run.check(run.ledger().campaigns().fails(run.lease(), run.campaign(), Settlement.UNREADABLE, sentence));
    }
}
