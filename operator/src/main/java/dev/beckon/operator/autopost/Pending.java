package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleSpec.ConcurrencyPolicy;
import dev.beckon.crd.AutopostScheduleSpec.MissedRuns;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs of a schedule's times whose workers never came to a post: they wait for their turn, their pods can't start, or they ended before.
 * Those that are too late are missed; one of them at most makes up for all, and none beside a run that is due. Pure.
 */
final class Pending {
    private Pending() {}

    /** By their names; also the one that makes up for what had no Job, but none that a person asked for. */
    static List<String> runs(AutopostObserved observed) {
        return known(observed)
                .filter(it -> !RunEnds.hasTurn(observed, it) && !RunEnds.isDone(observed, it))
                .filter(it -> !isReplaced(observed, it) && !RunEnds.isUnreadable(observed, it))
                .toList();
    }

    /** All runs of the schedule's times that a Job, or the ledger, says have not ended. */
    static Stream<String> known(AutopostObserved observed) {
        String uid = observed.scene().uid();
        return Stream.of(
                        observed.seen().active().stream().map(WorkerRun::pursues),
                        observed.suspended().stream().map(WorkerRun::pursues),
                        observed.seen().lastEnded().stream().map(WorkerRun::pursues),
                        observed.report().stream()
                                .flatMap(it -> it.unfinished().stream())
                                .map(AutopostReport.Run::runUid))
                .flatMap(it -> it)
                .distinct()
                .filter(it -> !RunUids.isNow(uid, it));
    }

    /** Whether a run was due so long ago that it must not begin any more. */
    static boolean isOverdue(AutopostObserved observed, String runUid) {
        return observed.due(runUid).filter(observed::isTooLate).isPresent();
    }

    /**
     * The run that makes up for what was missed, among those that have a Job or a line in the ledger: the same run keeps its name, so
     * whatever becomes of the operator it is one post. What is due is published in its stead.
     */
    static Optional<String> makesUp(AutopostObserved observed) {
        List<String> runs = runs(observed);
        boolean wanted = observed.spec().missedRuns() == MissedRuns.PublishOnce
                && !observed.isExhausted()
                // What was due while there was nothing to publish is not missed.
                && !observed.wasExhausted()
                && runs.stream().allMatch(it -> isOverdue(observed, it))
                && !AutopostTimes.of(observed).isDue(observed.now());
        Optional<Instant> last = lastMade(observed);
        return runs.stream()
                .filter(_ -> wanted)
                // One that a later run went past has its stead in that.
                .filter(it -> last.isEmpty()
                        || observed.due(it).filter(last.get()::isAfter).isEmpty())
                .max(Comparator.comparing((String it) -> observed.due(it).orElse(Instant.EPOCH))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Whether a later run of the schedule takes its place: what it has not sent it sends no more. That its post is published again a person
     * asked for after that, and no run takes the place of that.
     */
    static boolean isReplaced(AutopostObserved observed, String runUid) {
        return observed.spec().concurrencyPolicy() == ConcurrencyPolicy.Replace
                && !RunUids.isNow(observed.scene().uid(), runUid)
                && observed.runInLedger(runUid)
                        .filter(AutopostReport.Run::again)
                        .isEmpty()
                && observed.due(runUid)
                        .flatMap(due -> lastMade(observed).filter(it -> it.isAfter(due)))
                        .isPresent();
    }

    /** The last time for which the CronJob made a Job, which may be seen before the CronJob says so. */
    static Optional<Instant> lastMade(AutopostObserved observed) {
        return Stream.concat(
                        observed.seen().cron().flatMap(WorkerCron::lastSchedule).stream(),
                        observed.seen().suspended().stream().map(AutopostObserved::due))
                .max(Instant::compareTo);
    }
}
