package dev.beckon.operator.run;

import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/** What a resource whose runs use one account is to do. */
public sealed interface RunCourse {
    /** The ledger was asked; until it answers nothing is known and nothing is written. */
    record AwaitLedger() implements RunCourse {}

    /** The ledger can't be reached: nothing is started, what runs is left alone. */
    record Blind(String why) implements RunCourse {}

    /** Its single run is done. */
    record Done(String message) implements RunCourse {}

    /** No run is due by its schedule. */
    record Idle(Optional<Instant> next) implements RunCourse {}

    /** A person wants it to rest. */
    record Resting(Optional<TrippedBreaker> breaker) implements RunCourse {}

    /**
     * A person, or another resource, must do something first.
     *
     * @param again when it is tried again all the same; absent when a change of the cluster tells
     * @param stopWorkers whether a Job that still runs is to be removed
     * @param onWrite what is done as soon as something that the last worker could not use was written anew
     */
    record Stalled(
            Reason reason,
            String message,
            Optional<Instant> again,
            Optional<TrippedBreaker> breaker,
            boolean stopWorkers,
            Optional<OnWrite> onWrite)
            implements RunCourse {
        public Stalled(
                Reason reason,
                String message,
                Optional<Instant> again,
                Optional<TrippedBreaker> breaker,
                boolean stopWorkers) {
            this(reason, message, again, breaker, stopWorkers, Optional.empty());
        }

        /** Until a change of the cluster tells; a Job that runs is left alone. */
        public static Stalled of(Reason reason, String message) {
            return new Stalled(reason, message, Optional.empty(), Optional.empty(), false);
        }
    }

    /** Something in the cluster is not there, or in the way; whether a person mended it is looked at now and then. */
    record Lacking(Reason reason, String message) implements RunCourse {}

    /**
     * What follows when something was written anew.
     *
     * @param since what was written before that, the last worker has read
     * @param from not before then
     * @param then a worker is started, or the next one is waited for
     */
    record OnWrite(Instant since, Instant from, RunCourse then) {}

    /**
     * A worker runs.
     *
     * @param outdated whether it works by an order that was edited since
     * @param trouble why its pod does not start
     */
    record Working(WorkerRun run, boolean outdated, Optional<String> trouble) implements RunCourse {}

    /** Goes on by itself at a time. */
    record Until(Instant at, Reason reason, String message) implements RunCourse {}

    /** The account is on its way to be usable. */
    record Awaiting(Reason reason, String message) implements RunCourse {}

    /** Others have the account. */
    record Queued(Holder holder) implements RunCourse {}

    /**
     * A worker is to be started now.
     *
     * @param number counts the Jobs that the operator itself made for it
     * @param pursues the run that it begins or goes on with
     * @param failures how many of its Jobs before it failed in a row
     */
    record Due(int number, String pursues, int failures) implements RunCourse {}

    /** A Job that its CronJob made may begin; one of another order than today's is replaced by one of our own. */
    record Resume(WorkerRun suspended) implements RunCourse {}
}
