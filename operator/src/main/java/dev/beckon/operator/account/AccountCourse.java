package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus.RefusedLogin;
import dev.beckon.crd.TelegramAccountStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/** What is to be done about an account. */
public sealed interface AccountCourse {
    /** The ledger was asked; until it answers nothing is known. */
    record AwaitLedger() implements AccountCourse {}

    /** The ledger can't be reached; the account is shown as it was. */
    record Blind(String why) implements AccountCourse {}

    /** Campaigns can use it. */
    record Ready() implements AccountCourse {}

    /**
     * It becomes usable by itself.
     *
     * @param at when; absent when an event tells
     */
    record Underway(State state, Reason reason, String message, Optional<Instant> at) implements AccountCourse {}

    /**
     * A login is to be started now.
     *
     * @param run its number
     * @param failures how many logins before it failed in a row
     */
    record LoginDue(int run, int failures) implements AccountCourse {}

    /** A login runs. */
    record LoggingIn(State state, WorkerRun run, Optional<String> trouble) implements AccountCourse {}

    /** A login runs that goes about it in another way than the spec says now: it ends at a safe point, and another follows. */
    record LoginOutdated(WorkerRun run) implements AccountCourse {}

    /**
     * A person wanted it to rest.
     *
     * @param breaker one that is to be acknowledged all the same
     */
    record Resting(Optional<TrippedBreaker> breaker) implements AccountCourse {}

    /**
     * A person must act.
     *
     * @param breaker what is to be acknowledged
     * @param again when it is looked at again all the same
     */
    record Stalled(
            State state, Reason reason, String message, Optional<TrippedBreaker> breaker, Optional<Instant> again)
            implements AccountCourse {}

    /**
     * The login was refused: a person must mend what it used.
     *
     * @param refused what is not tried again
     * @param again when it is looked at again: what it uses is not watched
     */
    record LoginRefused(State state, Reason reason, String message, RefusedLogin refused, Instant again)
            implements AccountCourse {}
}
