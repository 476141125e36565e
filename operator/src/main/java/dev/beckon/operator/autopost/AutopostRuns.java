package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleSpec.ConcurrencyPolicy;
import dev.beckon.crd.AutopostScheduleSpec.MissedRuns;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunPlan;
import dev.beckon.operator.run.RunSequel;
import dev.beckon.operator.worker.RunFaults;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.RunResult.Ending;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which run of a schedule is next, when none is at work: one that has begun before any other, then the one that a person asked
 * for, then those that are due, the first of them first, and last the one that makes up for what was missed. Pure.
 */
final class AutopostRuns {
    /** By which what the operator found in the posts is told from what a run found. */
    private static final String UNTIL_MENDED = " Until that is mended no post of the schedule is published";

    private final AutopostWorkerFactory factory;
    private final Settings settings;
    private final RunSequel sequel;

    AutopostRuns(AutopostWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.settings = settings;
        this.sequel = new RunSequel(settings);
    }

    RunCourse next(AutopostObserved observed) {
        AutopostTimes times = AutopostTimes.of(observed);
        Optional<String> unfinished = unfinished(observed);
        Optional<String> asked = AutopostRequests.wanted(observed);
        List<WorkerRun> waiting = waiting(observed);
        Optional<String> makesUp = times.makesUp(observed);
        if (unfinished.isEmpty() && asked.isEmpty() && waiting.isEmpty() && makesUp.isEmpty()) {
            return idle(observed, times);
        }
        Optional<RunCourse> hindered = RunPlan.hindered(observed.scene());
        if (hindered.isPresent()) {
            return hindered.get();
        }
        boolean others = asked.isPresent() || !waiting.isEmpty();
        return unfinished
                .map(uid -> goOn(observed, uid))
                // Telegram's no to the last run must not keep the next one from asking again.
                .filter(it -> !others || !(it instanceof RunCourse.Stalled))
                .or(() -> asked.map(uid -> goOn(observed, uid)))
                .or(() -> waiting.stream().findFirst().map(run -> begin(observed, run)))
                .orElseGet(() -> goOn(observed, makesUp.orElseThrow()));
    }

    /** Jobs of the CronJob that may begin; the last of those that come too late makes up for them, if one is to. */
    static List<WorkerRun> waiting(AutopostObserved observed) {
        if (observed.isExhausted()) {
            return List.of();
        }
        List<WorkerRun> late = observed.late();
        List<WorkerRun> inTime = observed.seen().suspended().stream()
                .filter(run -> !late.contains(run))
                .toList();
        boolean makesUp = observed.spec().missedRuns() == MissedRuns.PublishOnce && inTime.isEmpty();
        return makesUp ? late.reversed().stream().limit(1).toList() : inTime;
    }

    /** A Job whose order was edited since it was made is replaced by one of our own, which makes the same run. */
    private RunCourse begin(AutopostObserved observed, WorkerRun suspended) {
        return suspended.content().equals(content(observed))
                ? new RunCourse.Resume(suspended)
                : new RunCourse.Due(observed.seen().nextNumber(), suspended.uid(), 0);
    }

    /** The run that began last, if it has not ended: by its last Job, or by the ledger when that is gone. */
    private static Optional<String> unfinished(AutopostObserved observed) {
        boolean replaced = observed.spec().concurrencyPolicy() == ConcurrencyPolicy.Replace
                && !observed.seen().suspended().isEmpty();
        Stream<String> uids = Stream.concat(
                observed.seen().lastEnded().map(WorkerRun::pursues).stream(),
                observed.report().stream()
                        .flatMap(it -> it.unfinished().stream())
                        .map(AutopostReport.Run::runUid));
        return uids.filter(it -> !replaced)
                .filter(it -> !isDone(observed, it) && !isGivenUp(observed, it))
                // Nothing is left for one that was due; who asked for a post is told so by a worker.
                .filter(it -> !observed.isExhausted()
                        || RunUids.isNow(observed.scene().uid(), it))
                .filter(it -> observed.seen().suspended().stream()
                        .noneMatch(run -> run.uid().equals(it)))
                .findFirst();
    }

    static boolean isDone(AutopostObserved observed, String runUid) {
        // The ledger first: a person may have a run go on whose worker said that it was done.
        return observed.runInLedger(runUid)
                .map(AutopostReport.Run::isEnded)
                .orElseGet(() -> observed.seen()
                        .lastOf(runUid)
                        .filter(observed.seen()::saidComplete)
                        .isPresent());
    }

    /**
     * One that could not begin in time has published nothing: the next one does. Who asked for a post now is told at once that it can't be
     * published, and is not surprised by it later.
     */
    static boolean isGivenUp(AutopostObserved observed, String runUid) {
        if (observed.runInLedger(runUid).isPresent()) {
            return false;
        }
        String uid = observed.scene().uid();
        boolean tooLate = RunUids.missed(uid, runUid).isEmpty()
                && observed.due(runUid).filter(observed::isTooLate).isPresent();
        boolean refused = RunUids.isNow(uid, runUid)
                && observed.seen()
                        .lastOf(runUid)
                        .flatMap(observed.seen()::podOf)
                        .flatMap(WorkerPod::result)
                        .filter(it -> it.ending() == Ending.FAULT)
                        .isPresent();
        boolean unreadable = unreadable(observed).isPresent()
                && observed.seen().lastOf(runUid).isPresent();
        return tooLate || refused || unreadable || AutopostRequests.wasRefused(observed, runUid);
    }

    /**
     * The status' word that the posts can't be used, where it is all that remembers it: the pod that said so goes before its Job, and both go at
     * the end of their time. It stands until another run, an edit, or a write. What the operator itself said it sees for itself again.
     */
    private static Optional<Condition> unreadable(AutopostObserved observed) {
        return ConditionType.Stalled.in(observed.before().conditions())
                .filter(it -> Reason.ContentUnreadable.name().equals(it.getReason()))
                .filter(it -> Objects.equals(
                        it.getObservedGeneration(),
                        observed.schedule().getMetadata().getGeneration()))
                .filter(it -> !it.getMessage().contains(UNTIL_MENDED))
                .filter(_ -> observed.seen()
                        .lastEnded()
                        .filter(run -> observed.seen().podOf(run).isPresent()
                                || observed.runInLedger(run.pursues()).isPresent())
                        .isEmpty());
    }

    private String content(AutopostObserved observed) {
        return factory.content(observed.schedule(), observed.scene().account().orElseThrow());
    }

    private RunCourse goOn(AutopostObserved observed, String runUid) {
        return sequel.of(
                observed.scene(),
                runUid,
                content(observed),
                () -> observed.runInLedger(runUid).flatMap(run -> waits(run, observed.now())));
    }

    private static Optional<RunCourse> waits(AutopostReport.Run run, Instant now) {
        return run.nextActionAt()
                .filter(at -> at.isAfter(now))
                .map(at -> new RunCourse.Until(
                        at, run.waitingFor().flatMap(Reason::of).orElse(Reason.Pause), ""));
    }

    private RunCourse idle(AutopostObserved observed, AutopostTimes times) {
        Optional<RunCourse> failed = observed.report()
                .flatMap(AutopostReport::newest)
                .filter(it -> it.state() == PublishRun.State.Failed)
                .filter(it -> observed.seen()
                        .lastOf(it.runUid())
                        .filter(run -> isEdited(observed, run))
                        .isEmpty())
                .map(it -> failed(observed, it, times))
                .or(() -> observed.seen()
                        .lastEnded()
                        .filter(it -> isGivenUp(observed, it.pursues()) && !isEdited(observed, it))
                        .flatMap(it -> sequel.fault(observed.scene(), it)
                                .map(fault -> stalled(
                                        observed,
                                        fault.reason(),
                                        fault.message(),
                                        times,
                                        fault.onWrite().map(_ -> it.readAfter())))))
                .or(() -> told(observed, times));
        return failed.orElseGet(() -> byPosts(observed, times));
    }

    /** What a run would say of the posts is told before one is due; each run looks for itself all the same. */
    private RunCourse byPosts(AutopostObserved observed, AutopostTimes times) {
        return observed.posts()
                .fault()
                .filter(_ -> !observed.isExhausted())
                .<RunCourse>map(why -> new RunCourse.Stalled(
                        Reason.ContentUnreadable,
                        RunFaults.closed(why) + UNTIL_MENDED
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

    /** Posts that could not be used are no better when the Job that said so is removed. */
    private Optional<RunCourse> told(AutopostObserved observed, AutopostTimes times) {
        return unreadable(observed)
                .map(it -> stalled(
                        observed,
                        Reason.ContentUnreadable,
                        RunFaults.said(it.getMessage()),
                        times,
                        Optional.of(Instant.parse(it.getLastTransitionTime()))));
    }

    /** What was edited since may well be mended; the next run tells. */
    private boolean isEdited(AutopostObserved observed, WorkerRun run) {
        return !run.content().equals(content(observed));
    }

    private RunCourse failed(AutopostObserved observed, AutopostReport.Run run, AutopostTimes times) {
        Reason reason =
                run.lastError().flatMap(it -> RunFaults.named(it.reason())).orElse(Reason.PublishFailed);
        String why = run.lastError().map(it -> " " + it.message()).orElse("");
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
