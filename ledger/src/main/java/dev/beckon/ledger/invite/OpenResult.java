package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.AccountState;
import java.time.Instant;

/** What came of asking to act. Only {@link Opened} allows the call to Telegram. */
public sealed interface OpenResult {
    /** Written down: make the call now, then settle. */
    record Opened(Intent intent) implements OpenResult {}

    /** A rule forbids it for good: the person is done, and the log says why. */
    record Skipped(SkipReason reason) implements OpenResult {}

    /** A rule forbids it until then; the person stays pending and claimed. */
    record Wait(WaitReason reason, Instant until) implements OpenResult {}

    /** A breaker is open until a person acknowledges it; the person stays pending. */
    record Paused(String breakerId, String reason) implements OpenResult {}

    /** The account can't work as it stands; the person stays pending. */
    record AccountNotReady(AccountState state) implements OpenResult {}

    /** The claim is none any more: the person was reassigned, or is not pending. */
    record ClaimLost() implements OpenResult {}

    /** The lease is another's or its term is over: stop at once. */
    record LeaseLost() implements OpenResult {}

    /** Why a person is done without a call. */
    enum SkipReason {
        /** Opted out, everywhere or for this chat. */
        Suppressed,
        /** This human had this action in this chat already, under whichever name. */
        AlreadyContacted,
        /** No basis for a contact. */
        NoConsent
    }

    /** What is waited for. */
    enum WaitReason {
        /** One contact in 7 days, three in 90, over all campaigns. Binds this person only. */
        FrequencyCap,
        /** It is outside the contact window, and the person did not ask just now. Binds this person only. */
        QuietHours,
        /** The account's use of any 24 hours. */
        AccountLimit,
        /** The chat's people of any 24 hours. */
        ChatLimit,
        /** Telegram told the account to wait. */
        FloodWait,
        /** Telegram told to wait for this chat. */
        SlowMode
    }
}
