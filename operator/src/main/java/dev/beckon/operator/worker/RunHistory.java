package dev.beckon.operator.worker;

import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

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

        /** It ended by a fault of its own, or of something around it: try again at a time. */
        record BackOff(Instant until, int failures, String message) implements Sequel {}

        /** It can't work as declared; tried again at a time, in case somebody mended it where we can't see it. */
        record Fault(Instant until, int failures, Reason reason, String message) implements Sequel {}
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
            return new Sequel.Fault(
                    ended.plus(pace.longestBackOff()), failures, fault.get(), RunFaults.message(code, result));
        }
        return switch (last.phase()) {
            case SUSPENDED, ACTIVE -> new Sequel.Free(last.failures());
            case SUCCEEDED ->
                result.filter(it -> it.ending() == Ending.COMPLETED).isPresent()
                        // People are left although it said that nobody is: never start one after the other without a
                        // pause.
                        ? backOff(ended, failures, "The last worker found nobody to contact, yet people are pending.")
                        : new Sequel.Free(0);
            case FAILED -> backOff(ended, failures, RunFaults.message(code, result));
        };
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
