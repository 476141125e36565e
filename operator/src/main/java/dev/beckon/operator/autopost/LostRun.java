package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleStatus.LastMissed;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.RunResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run that had its Job and was missed all the same: its worker never came to a post. {@code status.lastMissed} says up to which time such
 * runs are counted, so that each is counted once. Pure.
 *
 * @param due when it was due
 * @param reason what it waited for, in one word
 */
record LostRun(Instant due, String reason, String message) {
    private static final String POD_NOT_STARTED = "PodNotStarted";
    private static final String REPLACED = "Replaced";

    LastMissed told() {
        return new LastMissed(Statuses.seconds(due), reason, message);
    }

    /**
     * Those that are not counted yet, the first of them first.
     *
     * @param course what the schedule does after the pass
     */
    static List<LostRun> of(AutopostObserved observed, RunCourse course) {
        // While there was nothing to publish nothing was missed; and an older ledger does not know what was published.
        if (!(observed.scene().reading() instanceof Reading.Known<?>)
                || observed.scene().restored().isPresent()
                || observed.isExhausted()
                || observed.wasExhausted()) {
            return List.of();
        }
        String uid = observed.scene().uid();
        return Stream.concat(Pending.known(observed), gone(observed))
                .distinct()
                .filter(run -> RunUids.missed(uid, run).isEmpty() && !isCounted(observed, run))
                .flatMap(run -> of(observed, course, run).stream())
                .sorted(Comparator.comparing(LostRun::due))
                .toList();
    }

    private static boolean isCounted(AutopostObserved observed, String run) {
        Instant until = Optional.ofNullable(observed.before().lastMissed())
                .map(LastMissed::time)
                .orElse(Instant.EPOCH);
        boolean jobs = Stream.concat(observed.seen().runs().stream(), observed.seen().gone().stream())
                .anyMatch(it -> it.uid().equals(run) || it.pursues().equals(run));
        // The ledger alone knows when a run began, which was within the deadline of its time: rather not counted than
        // twice.
        return observed.due(run)
                .map(due -> Statuses.seconds(jobs ? due : due.minus(observed.deadline())))
                .filter(due -> due.isAfter(until))
                .isEmpty();
    }

    /** Jobs that waited for their turn in the last pass, and that the CronJob's controller removed for the sake of the next one. */
    private static Stream<String> gone(AutopostObserved observed) {
        return observed.seen().gone().stream()
                .filter(run -> observed.before().jobs().contains(run.name()))
                .map(WorkerRun::pursues)
                .filter(run -> !RunUids.isNow(observed.scene().uid(), run))
                .filter(run -> observed.seen().runs().stream()
                        .noneMatch(it -> it.pursues().equals(run)))
                .filter(run -> Pending.isReplaced(observed, run));
    }

    private static Optional<LostRun> of(AutopostObserved observed, RunCourse course, String run) {
        Instant due = observed.due(run).orElseThrow();
        if (RunEnds.isDone(observed, run)) {
            return Optional.empty();
        }
        if (Pending.isReplaced(observed, run)) {
            return Optional.of(replaced(due)).filter(_ -> reachedNobody(observed, course, run));
        }
        if (RunEnds.hasTurn(observed, run) || isAtWork(observed, run)) {
            return Optional.empty();
        }
        boolean passed = Pending.isOverdue(observed, run)
                || RunEnds.isUnreadable(observed, run)
                || isOvertaken(observed, course, run);
        return passed ? Optional.of(late(observed, due, run)) : Optional.empty();
    }

    private static LostRun replaced(Instant due) {
        return new LostRun(
                due,
                REPLACED,
                "The post that was due at " + Statuses.seconds(due)
                        + " was replaced by the next one before it was published.");
    }

    /** Of one that had its post, only when its pod is gone and the next run begins: until then it may publish yet. */
    private static boolean reachedNobody(AutopostObserved observed, RunCourse course, String run) {
        return !RunEnds.hasTurn(observed, run)
                || (isAnother(course, run)
                        && observed.runInLedger(run)
                                .filter(it -> it.published() == 0 && it.outcomeUnknown() == 0)
                                .isPresent());
    }

    /** It may come to its post yet. */
    private static boolean isAtWork(AutopostObserved observed, String run) {
        return observed.seen()
                .active()
                .filter(it -> it.pursues().equals(run) && !Unbegun.is(observed, it))
                .isPresent();
    }

    /** It could not work, and the next one begins without it. */
    private static boolean isOvertaken(AutopostObserved observed, RunCourse course, String run) {
        return isAnother(course, run) && observed.seen().lastOf(run).isPresent();
    }

    private static boolean isAnother(RunCourse course, String run) {
        return course instanceof RunCourse.Working working
                && !working.run().pursues().equals(run);
    }

    private static LostRun late(AutopostObserved observed, Instant due, String run) {
        Optional<WorkerRun> unbegun =
                observed.seen().active().filter(it -> it.pursues().equals(run) && Unbegun.is(observed, it));
        Optional<String> waited = observed.runInLedger(run)
                .flatMap(AutopostReport.Run::waitingFor)
                .or(() -> observed.seen()
                        .lastOf(run)
                        .flatMap(observed.seen()::podOf)
                        .flatMap(WorkerPod::result)
                        .map(RunResult::reason)
                        .filter(it -> !it.isBlank()))
                .or(() -> Optional.ofNullable(observed.before().waitingFor()));
        Optional<String> why = unbegun.map(it -> "its pod did not start: " + Unbegun.trouble(observed, it))
                .or(() -> waited);
        return new LostRun(
                due,
                unbegun.map(_ -> POD_NOT_STARTED).or(() -> waited).orElse(Reason.DeadlineExceeded.name()),
                "The post that was due at " + Statuses.seconds(due)
                        + " could not begin in time (startingDeadlineSeconds)"
                        + why.map(it -> ": " + it).orElse("") + ".");
    }
}
