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

    /**
     * The next one's row can't be read with these keys, or by this release. Nothing was decided about them: they stay pending and
     * are put off, so that the others go on. Ask again.
     *
     * @param ordinal the person's number within the campaign
     * @param until when they are looked at again
     */
    record PassedOver(long ordinal, Instant until) implements ClaimResult {}

    /**
     * The next one's row was written with one of these keys and changed since, so that nobody can read it any more: they were given
     * up as {@code Failed}, {@code Unreadable}. Ask again.
     *
     * @param ordinal the person's number within the campaign
     */
    record GivenUp(long ordinal) implements ClaimResult {}

    /** Nobody is pending for this account in this campaign. */
    record Exhausted() implements ClaimResult {}

    record LeaseLost() implements ClaimResult {}
}
