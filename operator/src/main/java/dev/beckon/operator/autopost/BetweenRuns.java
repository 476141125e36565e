package dev.beckon.operator.autopost;

import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunSequel;
import dev.beckon.operator.worker.RunFaults;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/**
 * What a schedule says while no run is next: what became of the last one, if a person must mend that; else what a run would say of the
 * posts; else that it waits for its time. Pure.
 */
final class BetweenRuns {
    private final AutopostWorkerFactory factory;
    private final Settings settings;
    private final RunSequel sequel;

    BetweenRuns(AutopostWorkerFactory factory, Settings settings, RunSequel sequel) {
        this.factory = factory;
        this.settings = settings;
        this.sequel = sequel;
    }

    RunCourse course(AutopostObserved observed, AutopostTimes times) {
        return inLedger(observed, times)
                .or(() -> byPod(observed, times))
                .or(() -> told(observed, times))
                .orElseGet(() -> byPosts(observed, times));
    }

    private Optional<RunCourse> inLedger(AutopostObserved observed, AutopostTimes times) {
        return observed.report()
                .flatMap(AutopostReport::newest)
                .filter(it -> it.state() == PublishRun.State.Failed)
                .filter(it -> observed.seen()
                        .lastOf(it.runUid())
                        .filter(run -> isEdited(observed, run))
                        .isEmpty())
                .map(it -> failed(observed, it, times));
    }

    private Optional<RunCourse> byPod(AutopostObserved observed, AutopostTimes times) {
        return observed.seen()
                .lastEnded()
                .filter(it -> RunEnds.isGivenUp(observed, it.pursues()) && !isEdited(observed, it))
                .flatMap(it -> sequel.fault(observed.scene(), it)
                        .map(fault -> stalled(
                                observed,
                                fault.reason(),
                                fault.message(),
                                times,
                                fault.onWrite().map(_ -> it.readAfter()))));
    }

    /** Posts that could not be used are no better when the Job that said so is removed. */
    private Optional<RunCourse> told(AutopostObserved observed, AutopostTimes times) {
        return RunEnds.unreadable(observed)
                .map(it -> stalled(
                        observed,
                        Reason.ContentUnreadable,
                        RunFaults.said(it.getMessage()),
                        times,
                        Optional.of(Instant.parse(it.getLastTransitionTime()))));
    }

    /** What a run would say of the posts is told before one is due; each run looks for itself all the same. */
    private RunCourse byPosts(AutopostObserved observed, AutopostTimes times) {
        return observed.posts()
                .fault()
                .filter(_ -> !observed.isExhausted())
                .<RunCourse>map(why -> new RunCourse.Stalled(
                        Reason.ContentUnreadable,
                        RunFaults.closed(why) + RunEnds.UNTIL_MENDED
                                + times.next()
                                        .map(at -> "; the next is due at " + Statuses.seconds(at))
                                        .orElse("")
                                + ".",
                        again(observed, times),
                        Optional.empty(),
                        false))
                .orElseGet(() -> new RunCourse.Idle(times.next()));
    }

    private Optional<Instant> again(AutopostObserved observed, AutopostTimes times) {
        return times.next()
                .map(at -> at.isAfter(observed.now()) ? at : observed.now())
                .map(at -> at.plus(settings.pace().look()));
    }

    /** What was edited since may well be mended; the next run tells. */
    private boolean isEdited(AutopostObserved observed, WorkerRun run) {
        return !run.content()
                .equals(factory.content(
                        observed.schedule(), observed.scene().account().orElseThrow()));
    }

    private RunCourse failed(AutopostObserved observed, AutopostReport.Run run, AutopostTimes times) {
        Reason reason =
                run.lastError().flatMap(it -> RunFaults.named(it.reason())).orElse(Reason.PublishFailed);
        String why = AutopostStory.error(observed, run).map(it -> " " + it).orElse("");
        return stalled(
                observed,
                reason,
                "The last post reached no target and is next again." + why,
                times,
                Optional.of(run.startedAt()).filter(_ -> reason == Reason.ContentUnreadable));
    }

    /**
     * What a person must mend; the schedule is kept all the same.
     *
     * @param read of posts that can't be used, when they were read: whoever writes them anew since then has done what there was to do
     */
    private RunCourse stalled(
            AutopostObserved observed, Reason reason, String message, AutopostTimes times, Optional<Instant> read) {
        return new RunCourse.Stalled(
                reason,
                RunFaults.closed(message)
                        + times.next()
                                .map(at -> RunFaults.AGAIN + "at " + Statuses.seconds(at)
                                        + ", or at once by the annotation beckon.dev/publish-now.")
                                .orElse(""),
                again(observed, times),
                Optional.empty(),
                false,
                read.map(at -> new RunCourse.OnWrite(at, observed.now(), byPosts(observed, times))));
    }
}
