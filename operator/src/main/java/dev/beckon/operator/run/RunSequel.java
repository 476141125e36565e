package dev.beckon.operator.run;

import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.RunFaults;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** How a run that has begun, or could not, is gone on with. Pure. */
public final class RunSequel {
    private final RunHistory history;

    public RunSequel(Settings settings) {
        this.history = new RunHistory(settings);
    }

    /**
     * The next step of a run.
     *
     * @param content a digest of what it would be asked for today
     * @param waits until when the ledger says that it waits, if it does
     */
    public RunCourse of(
            RunScene<?> scene, String runUid, String content, Supplier<Optional<? extends RunCourse>> waits) {
        Optional<WorkerRun> last = scene.seen().lastOf(runUid);
        int number = scene.seen().nextNumber();
        // An edited order is a new attempt at once: it may well be the remedy.
        if (last.filter(run -> !run.content().equals(content)).isPresent()) {
            return new RunCourse.Due(number, runUid, 0);
        }
        Sequel sequel = last.map(run -> history.after(run, scene.seen().allOf(runUid), scene.seen()::podOf))
                .orElse(new Sequel.Free(0));
        Instant now = scene.now();
        return switch (sequel) {
            case Sequel.Fault fault
            when fault.awaitsWrite(now) ->
                new RunCourse.Stalled(
                        fault.reason(),
                        RunFaults.untilWritten(fault, scene.noun(), last.orElseThrow()),
                        fault.again(),
                        Optional.empty(),
                        false,
                        Optional.of(new RunCourse.OnWrite(
                                last.get().readAfter(),
                                fault.onWrite().orElseThrow(),
                                new RunCourse.Due(number, runUid, fault.failures()))));
            case Sequel.Fault fault
            when fault.until().isAfter(now) ->
                new RunCourse.Stalled(
                        fault.reason(),
                        RunFaults.closed(fault.message()) + RunFaults.AGAIN + "at " + Statuses.seconds(fault.until())
                                + ", or at once when the " + scene.noun() + " is edited.",
                        Optional.of(fault.until()),
                        Optional.empty(),
                        false);
            case Sequel.BackOff wait
            when wait.until().isAfter(now) -> new RunCourse.Until(wait.until(), Reason.WorkerBackOff, wait.message());
            case Sequel.Fault fault -> new RunCourse.Due(number, runUid, fault.failures());
            case Sequel.BackOff wait -> new RunCourse.Due(number, runUid, wait.failures());
            case Sequel.Rest rest
            when rest.until().isAfter(now) && waits.get().isEmpty() ->
                new RunCourse.Until(rest.until(), rest.reason(), rest.message());
            case Sequel.Rest rest -> byLedger(number, runUid, 0, waits.get());
            case Sequel.Free free -> byLedger(number, runUid, free.failures(), waits.get());
        };
    }

    private static RunCourse byLedger(int number, String runUid, int failures, Optional<? extends RunCourse> waits) {
        return waits.isPresent() ? waits.get() : new RunCourse.Due(number, runUid, failures);
    }

    /** Why a run that has ended can't work as declared; empty when that is not so. */
    public Optional<Sequel.Fault> fault(RunScene<?> scene, WorkerRun ended) {
        return Optional.of(history.after(ended, scene.seen().podOf(ended)))
                .filter(Sequel.Fault.class::isInstance)
                .map(Sequel.Fault.class::cast);
    }
}
