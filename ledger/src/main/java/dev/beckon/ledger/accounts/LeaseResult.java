package dev.beckon.ledger.accounts;

import java.time.Instant;
import java.util.Optional;

/** What came of asking for a lease. */
public sealed interface LeaseResult {
    /** The account is the caller's, until the term ends. */
    record Acquired(Lease lease) implements LeaseResult {}

    /**
     * Somebody else holds it.
     *
     * @param until by the database's clock: when it may be taken over if the holder does not renew
     */
    record Held(String holder, Instant until) implements LeaseResult {}

    /** What came of renewing. */
    sealed interface Renewal {
        /** @param yield who waits and outranks the holder at its next safe point */
        record Renewed(Lease lease, Optional<Yield> yield) implements Renewal {}

        /** The lease is another's, or its term is over: the process must stop at once and write nothing. */
        record Lost() implements Renewal {}
    }

    /** Somebody waits for the account. */
    record Yield(String wisher, Urgency urgency) {}

    /** How soon to yield. */
    enum Urgency {
        /** At the next safe point. */
        Now,
        /** When the holder's slice is over. */
        AtSliceEnd
    }
}
