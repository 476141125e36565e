package dev.beckon.operator.parser;

import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/** What a parser is to do. */
public sealed interface ParserCourse {
    /** The ledger was asked; until it answers nothing is known and nothing is written. */
    record AwaitLedger() implements ParserCourse {}

    /** The ledger can't be reached: nothing is started, what runs is left alone. */
    record Blind(String why) implements ParserCourse {}

    /** Its single run is done. */
    record Done(String message) implements ParserCourse {}

    /** No run is due by its schedule. */
    record Idle(Optional<Instant> next) implements ParserCourse {}

    /** A person wants it to rest. */
    record Resting(Optional<TrippedBreaker> breaker) implements ParserCourse {}

    /**
     * A person, or another resource, must do something first.
     *
     * @param again when it is tried again all the same; absent when a change of the cluster tells
     * @param stopWorkers whether a Job that still runs is to be removed
     */
    record Stalled(
            Reason reason,
            String message,
            Optional<Instant> again,
            Optional<TrippedBreaker> breaker,
            boolean stopWorkers)
            implements ParserCourse {
        static Stalled of(Reason reason, String message) {
            return new Stalled(reason, message, Optional.empty(), Optional.empty(), false);
        }
    }

    /**
     * A worker runs.
     *
     * @param outdated whether it works by an order that was edited since
     * @param trouble why its pod does not start
     */
    record Working(WorkerRun run, boolean outdated, Optional<String> trouble) implements ParserCourse {}

    /** Goes on by itself at a time. */
    record Until(Instant at, Reason reason, String message) implements ParserCourse {}

    /** The account is on its way to be usable. */
    record Awaiting(Reason reason, String message) implements ParserCourse {}

    /** Others have the account. */
    record Queued(Holder holder) implements ParserCourse {}

    /**
     * A worker is to be started now.
     *
     * @param number counts the operator's own Jobs of the parser
     * @param pursues the run that it begins or goes on with
     * @param failures how many of its Jobs before it failed in a row
     */
    record Due(int number, String pursues, int failures) implements ParserCourse {}

    /** A Job that its CronJob made may begin. */
    record Resume(WorkerRun suspended) implements ParserCourse {}
}
