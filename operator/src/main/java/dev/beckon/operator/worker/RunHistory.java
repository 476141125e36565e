package dev.beckon.operator.worker;

import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What follows from how the last run of a worker ended. Pure. */
public final class RunHistory {
    private final Settings.Pace pace;

    public RunHistory(Settings settings) {
        this.pace = settings.pace();
    }

    /** What follows. */
    public sealed interface Sequel {
        /** The next run may start, as far as this one is concerned. */
        record Free(int failures) implements Sequel {}

        /**
         * It ended in order and said that there is nothing to do before then. What the ledger tells of the next act goes before it;
         * a run that ended before it held its account could tell nothing there.
         */
        record Rest(Instant until, Reason reason, String message) implements Sequel {}

        /** It ended by a fault of its own, or of something around it: try again at a time. */
        record BackOff(Instant until, int failures, String message) implements Sequel {}

        /**
         * It can't work as declared; tried again at a time, in case somebody mended it where we can't see it.
         *
         * @param failures how many runs in a row could not use what they were given, or found no ledger since then
         * @param onWrite present when it could not use what it was given: a change of that is taken up from then on, so that a Secret that
         *     is rewritten all the time begins no run each time
         */
        record Fault(Instant until, int failures, Reason reason, String message, Optional<Instant> onWrite)
                implements Sequel {
            /**
             * When it is tried again though nobody changed anything that we can see; absent when only such a change helps. A bad spec may as
             * well be a setting or an image of the installation, which no resource tells of.
             */
            public Optional<Instant> again() {
                return onWrite.isPresent() && reason != Reason.InvalidSpec ? Optional.empty() : Optional.of(until);
            }

            /** Whether a change of what it was given is still waited for. */
            public boolean awaitsWrite(Instant now) {
                return onWrite.isPresent()
                        && again().filter(at -> !at.isAfter(now)).isEmpty();
            }
        }
    }

    /**
     * What follows from the last run. One that could not reach the ledger has found nothing out: what an earlier one told can't
     * work is told still, but tried again soon.
     *
     * @param runs all that asked for something in its place, itself included
     * @param pods finds a run's pod
     */
    public Sequel after(WorkerRun last, List<WorkerRun> runs, Function<WorkerRun, Optional<WorkerPod>> pods) {
        Sequel sequel = after(last, pods.apply(last));
        if (!(sequel instanceof Sequel.BackOff wait) || !foundNoLedger(pods.apply(last))) {
            return sequel;
        }
        return WorkerRun.latest(runs.stream()
                        .filter(run -> run.ended() && run.content().equals(last.content()))
                        .filter(run -> !run.uid().equals(last.uid()) && !foundNoLedger(pods.apply(run)))
                        .toList())
                .map(run -> after(run, pods.apply(run)))
                .filter(Sequel.Fault.class::isInstance)
                .map(Sequel.Fault.class::cast)
                .<Sequel>map(fault -> new Sequel.Fault(
                        wait.until(), wait.failures(), fault.reason(), fault.message(), Optional.empty()))
                .orElse(sequel);
    }

    private static boolean foundNoLedger(Optional<WorkerPod> pod) {
        // One that refuses is a fault of its own.
        boolean refused = pod.flatMap(WorkerPod::result)
                .filter(it -> it.ending() == Ending.FAULT)
                .isPresent();
        return !refused
                && pod.flatMap(WorkerPod::exitCode)
                        .filter(it -> it == ExitCode.LEDGER_UNAVAILABLE.code())
                        .isPresent();
    }

    /**
     * What follows from the run.
     *
     * @param pod absent when it was removed, or died with its node
     */
    public Sequel after(WorkerRun last, Optional<WorkerPod> pod) {
        Instant ended = last.finished().orElse(last.created());
        Optional<RunResult> result = pod.flatMap(WorkerPod::result);
        Optional<ExitCode> code = pod.flatMap(WorkerPod::exitCode).flatMap(RunHistory::exitCode);
        int failures = last.failures() + 1;
        Optional<Reason> fault = RunFaults.reason(code, result);
        if (fault.isPresent()) {
            boolean input = code.filter(it -> it == ExitCode.BAD_INPUT).isPresent();
            return new Sequel.Fault(
                    ended.plus(pace.longestBackOff()),
                    input ? failures : 0,
                    fault.get(),
                    RunFaults.message(code, result),
                    input ? Optional.of(ended.plus(delay(failures))) : Optional.empty());
        }
        return switch (last.phase()) {
            case SUSPENDED, ACTIVE -> new Sequel.Free(last.failures());
            case SUCCEEDED -> succeeded(ended, failures, result);
            case FAILED -> backOff(ended, failures, RunFaults.message(code, result));
        };
    }

    private Sequel succeeded(Instant ended, int failures, Optional<RunResult> result) {
        if (result.filter(it -> it.ending() == Ending.COMPLETED).isPresent()) {
            // Something is left although it said that nothing is: never start one after the other without a pause.
            return backOff(ended, failures, "The last worker found nothing to do, yet something is to be done.");
        }
        return result.filter(it -> it.ending() == Ending.WAITING)
                .flatMap(it -> it.resumeAt()
                        .<Sequel>map(at -> new Sequel.Rest(
                                earlier(at, ended.plus(pace.longestBackOff())),
                                Reason.of(it.reason()).orElse(Reason.WorkerBackOff),
                                it.message())))
                .orElseGet(() -> new Sequel.Free(0));
    }

    /** A word of a pod is not believed for longer than a fault is: whoever mended something is not kept waiting. */
    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Sequel backOff(Instant ended, int failures, String message) {
        return new Sequel.BackOff(ended.plus(delay(failures)), failures, message);
    }

    /** Doubles with each failure in a row. */
    private Duration delay(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration delay = pace.firstBackOff().multipliedBy(1L << doublings);
        return delay.compareTo(pace.longestBackOff()) > 0 ? pace.longestBackOff() : delay;
    }

    private static Optional<ExitCode> exitCode(int code) {
        return Arrays.stream(ExitCode.values()).filter(it -> it.code() == code).findFirst();
    }
}
