package dev.beckon.ledger.invite;

import dev.beckon.ledger.accounts.AccountState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an attempt ended and all that follows from it, written in one transaction.
 *
 * @param reason a word in CamelCase, the same as in status and log; empty when the status says it all
 * @param raw Telegram's own words
 * @param contacted whether the person noticed, or may have: it counts for the frequency cap
 */
public record Settlement(
        OutcomeStatus status, String reason, Optional<String> raw, Next next, boolean contacted, List<Effect> effects) {

    /** The reason of a person whose row nobody can read any more. */
    public static final String UNREADABLE = "Unreadable";

    /** What becomes of the person. */
    public sealed interface Next {
        /** Nothing more is done. */
        record Done() implements Next {}

        /**
         * The same action once more, not before then. It says that nothing happened: the action may be opened again.
         *
         * @param counts whether it is an attempt of {@code maxAttempts}
         */
        record Again(Instant notBefore, boolean counts) implements Next {}

        /** Another action is due; the claim is kept. */
        record Then(Action action) implements Next {}

        /** Nobody knows; a person may requeue it. */
        record Unknown() implements Next {}
    }

    /** What else follows. */
    public sealed interface Effect {
        /** The person must not be contacted again for this chat, or anywhere. */
        record Suppress(Suppressions.Scope scope, String reason) implements Effect {}

        /** Telegram told the account to wait; binds every campaign of it. */
        record CoolDown(Instant until) implements Effect {}

        /** Telegram told to wait for this chat. */
        record ChatWait(Instant until) implements Effect {}

        /** PEER_FLOOD: the account is limited, all its campaigns pause until a person acknowledges. */
        record LimitAccount(String reason, String message) implements Effect {}

        /** The session is lost, the account banned. */
        record AccountBecomes(AccountState state, String reason, String message) implements Effect {}

        /** The campaign pauses until a person acknowledges. */
        record TripCampaign(String reason, String message) implements Effect {}
    }

    public Settlement {
        effects = List.copyOf(effects);
    }

    private static Settlement of(OutcomeStatus status, String reason, Next next, boolean contacted) {
        return new Settlement(status, reason, Optional.empty(), next, contacted, List.of());
    }

    public static Settlement invited() {
        return of(OutcomeStatus.Invited, "", new Next.Done(), true);
    }

    public static Settlement linkSent() {
        return of(OutcomeStatus.LinkSent, "", new Next.Done(), true);
    }

    public static Settlement alreadyMember() {
        return of(OutcomeStatus.AlreadyMember, "", new Next.Done(), false);
    }

    /** A rule or the person's settings say no; the person noticed nothing. */
    public static Settlement skipped(String reason) {
        return of(OutcomeStatus.Skipped, reason, new Next.Done(), false);
    }

    /**
     * Given up for good, without a contact.
     *
     * @param reason a word in CamelCase
     */
    public static Settlement failed(String reason) {
        return of(OutcomeStatus.Failed, reason, new Next.Done(), false);
    }

    /** Nothing happened, and it is tried again; counts as an attempt. */
    public static Settlement retry(String reason, Instant notBefore) {
        return of(OutcomeStatus.Deferred, reason, new Next.Again(notBefore, true), false);
    }

    /** Nothing happened, for a reason that is not the person's (a flood wait, a fault of the campaign): no attempt of theirs. */
    public static Settlement putBack(String reason, Instant notBefore) {
        return of(OutcomeStatus.Deferred, reason, new Next.Again(notBefore, false), false);
    }

    /** An open intent of a dead process is proved not to have happened. */
    public static Settlement reverted(String reason, Instant notBefore) {
        return of(OutcomeStatus.Reverted, reason, new Next.Again(notBefore, false), false);
    }

    /** Nobody knows whether it happened. */
    public static Settlement unknown(String reason) {
        return of(OutcomeStatus.Unknown, reason, new Next.Unknown(), true);
    }

    /** With Telegram's own words. */
    public Settlement withRaw(String text) {
        return new Settlement(status, reason, Optional.of(text), next, contacted, effects);
    }

    /** The person is not done: another action is due. */
    public Settlement then(Action action) {
        return new Settlement(status, reason, raw, new Next.Then(action), contacted, effects);
    }

    /** Counts as a contact, or does not, against the default of its status. */
    public Settlement contacted(boolean yes) {
        return new Settlement(status, reason, raw, next, yes, effects);
    }

    /** With one thing more that follows. */
    public Settlement with(Effect effect) {
        List<Effect> all = new ArrayList<>(effects);
        all.add(effect);
        return new Settlement(status, reason, raw, next, contacted, all);
    }
}
