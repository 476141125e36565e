package dev.beckon.ledger.invite;

import java.time.Instant;

/** What came of asking for the next person. */
public sealed interface ClaimResult {
    record Claimed(Claim claim) implements ClaimResult {}

    /** People are left, but none before {@code next}. */
    record NoneDue(Instant next) implements ClaimResult {}

    /** Nobody is pending for this account in this campaign. */
    record Exhausted() implements ClaimResult {}

    record LeaseLost() implements ClaimResult {}
}
