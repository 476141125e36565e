package dev.beckon.operator.autopost;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.run.RunActor;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunPlan;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Carries a schedule's course out, and ends the Jobs that could not begin in time or have nothing to publish. */
public final class AutopostActor {
    private final AutopostWorkerFactory factory;
    private final RunActor actor;
    private final Settings settings;

    public AutopostActor(AutopostWorkerFactory factory, RunActor actor, Settings settings) {
        this.factory = factory;
        this.actor = actor;
        this.settings = settings;
    }

    /** @param lost runs that were missed though they had a Job, and are not counted yet */
    public record Acted(RunCourse course, List<LostRun> lost) {
        /**
         * Whether what the pass came to is likely to be over in a moment, so that it need not be told. A run that was missed is told at once:
         * its Job is gone, and no later pass would find it.
         */
        boolean isPassing() {
            return lost.isEmpty() && course instanceof RunCourse.Queued(Holder.Brief brief);
        }
    }

    /** The course as it is after everything that could be done was done. */
    public Acted carryOut(AutopostObserved observed, RunCourse course) {
        if (isKnown(course)) {
            endLate(observed);
        }
        Optional<TelegramAccount> account = observed.scene().account();
        Optional<WorkerRun> waits = Unbegun.putBack(
                Unbegun.withoutEnded(observed), account.map(it -> factory.content(observed.schedule(), it)));
        RunCourse after = waits.isPresent() && (mayPutBack(course) || Unbegun.isAbandoned(observed, waits.get()))
                ? putBack(observed, course, waits.get())
                : carryOut(Unbegun.withoutEnded(observed).scene(), observed, course);
        return new Acted(after, isKnown(after) ? LostRun.of(observed, after) : List.of());
    }

    private RunCourse carryOut(RunScene<?> scene, AutopostObserved observed, RunCourse course) {
        return actor.carryOut(
                scene,
                scene.account().map(account -> factory.work(observed.schedule(), account, run -> due(observed, run))),
                course);
    }

    /** Of a run that a person asked for, which is due as soon as it begins, when that was. */
    private static Optional<Instant> due(AutopostObserved observed, String run) {
        return observed.due(run)
                .or(() -> Optional.of(Statuses.seconds(observed.now()))
                        .filter(_ -> RunUids.isNow(observed.scene().uid(), run)));
    }

    private static boolean mayPutBack(RunCourse course) {
        return course instanceof RunCourse.Resting || course instanceof RunCourse.Working;
    }

    /** It goes on as a Job that waits for its turn: by another order, when the schedule is to rest no more, or not at all. */
    private RunCourse putBack(AutopostObserved observed, RunCourse course, WorkerRun run) {
        actor.putBack(run);
        AutopostObserved others = observed.without(run);
        boolean rests =
                observed.scene().account().filter(AccountJudge::mustRest).isPresent();
        if (rests || !(course instanceof RunCourse.Working working)) {
            RunCourse without = course instanceof RunCourse.Working
                    ? RunPlan.hindered(others.scene()).orElseThrow()
                    : course;
            return carryOut(others.scene(), observed, without);
        }
        // No wish to yield: there is no worker who could read it.
        RunCourse after = carryOut(observed.scene(), observed, new RunCourse.Working(run, false, working.trouble()));
        return after instanceof RunCourse.Working kept
                ? new RunCourse.Working(run, working.outdated(), kept.trouble())
                : after;
    }

    /** While the ledger is away, or a person wants it to rest, nobody knows what they will be good for. */
    private static boolean isKnown(RunCourse course) {
        return !(course instanceof RunCourse.AwaitLedger
                || course instanceof RunCourse.Blind
                || course instanceof RunCourse.Resting);
    }

    private void endLate(AutopostObserved observed) {
        Unbegun.ended(observed).ifPresent(actor::end);
        // For an exhausted schedule there is no post, so none of these is missed, and no pod has to find that out.
        List<WorkerRun> kept = AutopostRuns.waiting(observed);
        observed.suspended().stream()
                .filter(run -> !kept.contains(run))
                .filter(run -> observed.isExhausted()
                        || Pending.isReplaced(observed, run.pursues())
                        || (Pending.isOverdue(observed, run.pursues())
                                && Pending.makesUp(observed)
                                        .filter(run.pursues()::equals)
                                        .isEmpty()))
                .forEach(actor::end);
    }

    /** When the schedule must be looked at again at the latest, though nothing in the cluster changes. */
    public Optional<Instant> lookAgain(AutopostObserved observed, RunCourse course) {
        return earliest(
                earliest(actor.lookAgain(observed.scene(), course), firstLate(observed)),
                nextLookAtPosts(observed, course));
    }

    /** When its ConfigMap, which nobody watches, may have got a post, one that can't be published, or a remedy for one. */
    private Optional<Instant> nextLookAtPosts(AutopostObserved observed, RunCourse course) {
        if (!WrittenPosts.hasConfigMap(observed.spec().content())) {
            return Optional.empty();
        }
        boolean expected = observed.isExhausted()
                || (course instanceof RunCourse.Stalled stalled && stalled.reason() == Reason.ContentUnreadable);
        if (expected) {
            return Optional.of(observed.now().plus(settings.pace().recheck()));
        }
        return course instanceof RunCourse.Idle
                ? Optional.of(observed.now().plus(spread(settings.pace().posts(), observed.schedule())))
                : Optional.empty();
    }

    /**
     * Half of the time to all of it, for each schedule always the same part: those that an operator looks at in its first passes would be
     * looked at together ever after. Names are often numbered, so their hashes are near each other until they are mixed.
     */
    static Duration spread(Duration atMost, HasMetadata schedule) {
        String name = schedule.getMetadata().getNamespace() + "/"
                + schedule.getMetadata().getName();
        long half = atMost.toMillis() / 2;
        return atMost.minusMillis(new SplittableRandom(name.hashCode()).nextLong(half + 1));
    }

    /** When the first run that has not come to its post will be too late. */
    private static Optional<Instant> firstLate(AutopostObserved observed) {
        return Pending.runs(observed).stream()
                .flatMap(run -> observed.due(run).stream())
                .map(due -> due.plus(observed.deadline()).plusSeconds(1))
                .filter(it -> it.isAfter(observed.now()))
                .min(Instant::compareTo);
    }

    private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().isBefore(other.get()) ? one.get() : other.get())
                : one.or(() -> other);
    }
}
