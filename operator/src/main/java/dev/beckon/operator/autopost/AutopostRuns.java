package dev.beckon.operator.autopost;

import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunPlan;
import dev.beckon.operator.run.RunSequel;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which run of a schedule is next, when none is at work: one that has begun before any other, then the one that a person asked
 * for, then those that are due, the first of them first, and last the one that makes up for what was missed. Pure.
 */
final class AutopostRuns {
    private final AutopostWorkerFactory factory;
    private final RunSequel sequel;
    private final BetweenRuns between;

    AutopostRuns(AutopostWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.sequel = new RunSequel(settings);
        this.between = new BetweenRuns(factory, settings, sequel);
    }

    /** The runs that may be next, each kind before those behind it. */
    private record Next(
            Optional<String> unfinished, Optional<String> asked, List<WorkerRun> waiting, Optional<String> makesUp) {
        static Next of(AutopostObserved observed, AutopostTimes times) {
            return new Next(
                    AutopostRuns.unfinished(observed),
                    AutopostRequests.wanted(observed),
                    AutopostRuns.waiting(observed),
                    times.makesUp(observed));
        }

        boolean isNone() {
            return unfinished.isEmpty() && asked.isEmpty() && waiting.isEmpty() && makesUp.isEmpty();
        }
    }

    RunCourse next(AutopostObserved observed) {
        AutopostTimes times = AutopostTimes.of(observed);
        Next next = Next.of(observed, times);
        if (next.isNone()) {
            return between.course(observed, times);
        }
        Optional<RunCourse> hindered = RunPlan.hindered(observed.scene());
        if (hindered.isPresent()) {
            return hindered.get();
        }
        boolean others = next.asked().isPresent() || !next.waiting().isEmpty();
        return next.unfinished()
                .map(uid -> goOn(observed, uid))
                // Telegram's no to the last run must not keep the next one from asking again.
                .filter(it -> !others || !(it instanceof RunCourse.Stalled))
                .or(() -> next.asked().map(uid -> goOn(observed, uid)))
                .or(() -> next.waiting().stream().findFirst().map(run -> begin(observed, run)))
                .orElseGet(() -> goOn(observed, next.makesUp().orElseThrow()));
    }

    /**
     * Whether nothing is to be done but to wait for the next time. Only then it matters what the posts are like: a run that is next must not
     * wait for an answer about them, nor fail with it. Jobs that all come too late are none that is next, so a schedule whose posts are
     * bad says so while they are ended.
     */
    static boolean isIdle(AutopostObserved observed) {
        return !observed.spec().suspend()
                && observed.scene().reading() instanceof Reading.Known<?>
                && observed.scene().account().isPresent()
                && observed.seen().active().isEmpty()
                && Next.of(observed, AutopostTimes.of(observed)).isNone();
    }

    /** Jobs of the CronJob that may begin; the last of those that come too late makes up for them, if one is to. */
    static List<WorkerRun> waiting(AutopostObserved observed) {
        if (observed.isExhausted()) {
            return List.of();
        }
        List<WorkerRun> inTime = observed.seen().suspended().stream()
                .filter(run ->
                        !observed.isTooLate(AutopostObserved.due(run)) && !Pending.isReplaced(observed, run.uid()))
                .toList();
        if (!inTime.isEmpty()) {
            return inTime;
        }
        Optional<String> makesUp = Pending.makesUp(observed);
        return observed.seen().suspended().stream()
                .filter(run -> makesUp.filter(run.uid()::equals).isPresent())
                .toList();
    }

    /** A Job whose order was edited since it was made is replaced by one of our own, which makes the same run. */
    private RunCourse begin(AutopostObserved observed, WorkerRun suspended) {
        return suspended.content().equals(content(observed))
                ? new RunCourse.Resume(suspended)
                : new RunCourse.Due(observed.seen().nextNumber(), suspended.uid(), 0);
    }

    /** The run that began last, if it has not ended: by its last Job, or by the ledger when that is gone; or one whose Job was put back. */
    private static Optional<String> unfinished(AutopostObserved observed) {
        Stream<String> uids = Stream.of(
                        observed.seen().lastEnded().map(WorkerRun::pursues).stream(),
                        observed.report().stream()
                                .flatMap(it -> it.unfinished().stream())
                                .map(AutopostReport.Run::runUid),
                        observed.seen().putBack().stream().map(WorkerRun::pursues))
                .flatMap(it -> it);
        return uids.filter(it -> !RunEnds.isDone(observed, it) && !RunEnds.isGivenUp(observed, it))
                // Nothing is left for one that was due; who asked for a post is told so by a worker.
                .filter(it -> !observed.isExhausted()
                        || RunUids.isNow(observed.scene().uid(), it))
                .filter(it -> observed.seen().suspended().stream()
                        .noneMatch(run -> run.uid().equals(it)))
                .findFirst();
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
}
