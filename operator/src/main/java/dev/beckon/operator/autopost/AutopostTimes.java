package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleSpec.MissedRuns;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which times of a schedule have passed without a run. Kubernetes' controller makes the Job of the last time that is not older
 * than the deadline, and never those before it; how many these were is told here. Pure.
 *
 * @param missed how many times have passed since the last look
 * @param lastMissed the last of them
 * @param settledUntil every time up to here has its run, or is counted
 * @param next the first time that is neither; in the past while the controller may still make its Job
 */
record AutopostTimes(int missed, Optional<Instant> lastMissed, Instant settledUntil, Optional<Instant> next) {
    /** A schedule of every minute that slept for longer is not counted to the end. */
    static final int MOST = 10_000;

    static AutopostTimes of(AutopostObserved observed) {
        Optional<Instant> last = observed.seen().cron().flatMap(WorkerCron::lastSchedule);
        Instant base = base(observed);
        String uid = observed.scene().uid();
        Set<Instant> made = observed.seen().runs().stream()
                .filter(run -> RunUids.missed(uid, run.pursues()).isEmpty() && !RunUids.isNow(uid, run.pursues()))
                .flatMap(run -> run.schedule().stream())
                .map(WorkerRun.Schedule::due)
                .collect(Collectors.toUnmodifiableSet());
        // What was due while every post was used had nothing to publish, whatever is written since.
        boolean nothingToPublish = observed.isExhausted() || observed.wasExhausted();
        int passed = 0;
        Instant settled = base;
        Optional<Instant> lastMissed = Optional.empty();
        Optional<Instant> next = observed.scene().nextDue(base);
        while (next.isPresent()) {
            Instant time = next.get();
            boolean passedOver = last.filter(it -> time.isBefore(it)).isPresent();
            boolean hasRun = made.contains(time) || last.filter(time::equals).isPresent();
            boolean isOver = observed.isExhausted() ? !time.isAfter(observed.now()) : observed.isTooLate(time);
            if (!hasRun && !passedOver && !isOver) {
                break;
            }
            if (!hasRun) {
                passed++;
                lastMissed = next;
            }
            settled = time;
            if (passed == MOST) {
                // What is older than the deadline is missed all the same.
                settled = observed.now().minus(observed.deadline());
                next = observed.scene().nextDue(settled);
                break;
            }
            next = observed.scene().nextDue(time);
        }
        return nothingToPublish
                ? new AutopostTimes(0, Optional.empty(), settled, next)
                : new AutopostTimes(passed, lastMissed, settled, next);
    }

    /** Times before it are none of ours: the schedule was another then, or there was none. */
    private static Instant base(AutopostObserved observed) {
        Instant before = unsettled(observed);
        // One that makes up for missed runs was begun, though nobody lived to write it down.
        String uid = observed.scene().uid();
        Stream<String> begun = Stream.concat(
                observed.seen().runs().stream().map(WorkerRun::pursues),
                observed.report().stream().flatMap(it -> it.newest().stream()).map(it -> it.runUid()));
        return begun.flatMap(run -> RunUids.missed(uid, run).stream())
                .filter(it -> it.isAfter(before) && !it.isAfter(observed.now()))
                .max(Instant::compareTo)
                .orElse(before);
    }

    /** The CronJob still has the former times: an edit comes to it in the pass that sees this. */
    private static boolean isEdited(AutopostObserved observed) {
        return observed.seen()
                .cron()
                .map(WorkerCron::timing)
                .filter(it -> !it.schedule().equals(observed.spec().schedule())
                        || !it.timeZone().equals(Optional.of(AutopostWorkerFactory.zone(observed.schedule()))))
                .isPresent();
    }

    /** Whether the controller may still make the Job of a time that has come. */
    boolean isDue(Instant now) {
        return next.filter(it -> !it.isAfter(now)).isPresent();
    }

    /** The run that makes up for those that were missed, if one is to. */
    Optional<String> makesUp(AutopostObserved observed) {
        boolean wanted = observed.spec().missedRuns() == MissedRuns.PublishOnce
                && missed > 0
                && !isCovered(observed)
                && !isDue(observed.now());
        return lastMissed
                .filter(it -> wanted)
                .map(it -> RunUids.late(observed.scene().uid(), it));
    }

    /**
     * Whether a run of a time publishes in the stead of what had none: one that was made after all of these, whatever became of it since, or
     * one that is yet to come to its post. By the Jobs and the CronJob alone, so it is no other after a crash.
     */
    private boolean isCovered(AutopostObserved observed) {
        return Pending.lastMade(observed)
                        .filter(made -> lastMissed.filter(made::isAfter).isPresent())
                        .isPresent()
                || !Pending.runs(observed).isEmpty();
    }

    /** Whether what was missed may be forgotten after the pass: nothing makes up for it, or that has begun. */
    boolean isSettled(AutopostObserved observed, RunCourse course) {
        if (missed == 0 || observed.spec().missedRuns() == MissedRuns.Skip) {
            return true;
        }
        if (!(observed.scene().reading() instanceof Reading.Known<?>)) {
            // Which runs came to a post nobody can tell.
            return false;
        }
        if (isCovered(observed)) {
            return true;
        }
        Optional<String> makesUp = makesUp(observed);
        return makesUp.isEmpty()
                ? !isDue(observed.now())
                : course instanceof RunCourse.Working working
                        && working.run().pursues().equals(makesUp.get());
    }

    /** While a schedule may not publish nothing is settled; but what was due before an edit is forgotten. */
    static Instant unsettled(AutopostObserved observed) {
        Instant before = observed.before().settledUntil();
        if (before == null || isEdited(observed)) {
            return observed.now();
        }
        return observed.seen()
                .cron()
                .flatMap(WorkerCron::since)
                .filter(it -> it.isAfter(before))
                .orElse(before);
    }
}
