package dev.beckon.operator.autopost;

import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.run.RunActor;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.worker.Children;
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
    private final Children children;
    private final Settings settings;

    public AutopostActor(AutopostWorkerFactory factory, RunActor actor, Children children, Settings settings) {
        this.factory = factory;
        this.actor = actor;
        this.children = children;
        this.settings = settings;
    }

    /** @param ended how many Jobs were ended that had not begun in time */
    public record Acted(RunCourse course, int ended) {}

    /** The course as it is after everything that could be done was done. */
    public Acted carryOut(AutopostObserved observed, RunCourse course) {
        int ended = isKnown(course) ? endLate(observed) : 0;
        RunCourse after = actor.carryOut(
                observed.scene(),
                observed.scene().account().map(account -> factory.work(observed.schedule(), account)),
                course);
        return new Acted(after, ended);
    }

    /** While the ledger is away, or a person wants it to rest, nobody knows what they will be good for. */
    private static boolean isKnown(RunCourse course) {
        return !(course instanceof RunCourse.AwaitLedger
                || course instanceof RunCourse.Blind
                || course instanceof RunCourse.Resting);
    }

    private int endLate(AutopostObserved observed) {
        if (observed.isExhausted()) {
            // There is no post for them, so none is missed, and no pod has to find that out.
            observed.seen().suspended().forEach(children::stop);
            return 0;
        }
        List<WorkerRun> waiting = AutopostRuns.waiting(observed);
        return (int) observed.late().stream()
                .filter(run -> !waiting.contains(run))
                .filter(children::stop)
                .count();
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

    /** When the first Job that waits will be too late. */
    private static Optional<Instant> firstLate(AutopostObserved observed) {
        return observed.seen().suspended().stream()
                .map(run -> AutopostObserved.due(run).plus(observed.deadline()).plusSeconds(1))
                .filter(it -> it.isAfter(observed.now()))
                .min(Instant::compareTo);
    }

    private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? Optional.of(one.get().isBefore(other.get()) ? one.get() : other.get())
                : one.or(() -> other);
    }
}
