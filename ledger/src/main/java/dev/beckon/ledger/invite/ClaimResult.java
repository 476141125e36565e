package dev.beckon.ledger.invite;

import java.time.Instant;
import java.util.Optional;

/** What came of asking for the next person. */
public sealed interface ClaimResult {
    record Claimed(Claim claim) implements ClaimResult {}

    /**
     * People are left, but none before {@code next}.
     *
     * @param putOffBy the rule that keeps the first of them back; empty when an attempt of theirs failed and is repeated
     */
    record NoneDue(Instant next, Optional<OpenResult.WaitReason> putOffBy) implements ClaimResult {}

    /** Nobody is pending for this account in this campaign. */
    record Exhausted() implements ClaimResult {}

    record LeaseLost() implements ClaimResult {}
}
