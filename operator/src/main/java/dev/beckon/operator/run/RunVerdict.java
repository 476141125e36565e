package dev.beckon.operator.run;

import dev.beckon.crd.TrippedBreaker;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.LedgerCondition;
import dev.beckon.operator.ledger.Outage;
import java.time.Instant;
import java.util.Optional;

/**
 * What a pass says of a resource beyond the ledger's facts. Pure.
 *
 * @param next when a run that waits goes on, or the next one is due
 */
public record RunVerdict(
        State state,
        Verdict conditions,
        Optional<Reason> waitingFor,
        Optional<Instant> next,
        Optional<TrippedBreaker> breaker) {

    /** The states of all kinds; each kind has some of them, by the same names. */
    public enum State {
        Pending,
        Scheduled,
        Running,
        Waiting,
        Paused,
        Suspended,
        Succeeded,
        Exhausted
    }

    /**
     * A kind's own words.
     *
     * @param running what its worker does
     * @param edited what it is called when it was edited
     * @param story what the last run came to, with a space at its end; empty when there is nothing to tell
     */
    public record Words(String running, String edited, String story) {}

    /**
     * What the status is to say of a course, in a kind's own words. Of a restored ledger that nobody has accepted it says so whatever the course
     * is: the status is all that remembers it.
     */
    public static RunVerdict of(RunScene<?> scene, RunCourse course, Words words) {
        RunVerdict told = ofCourse(scene, course, words);
        return new RunVerdict(
                told.state(),
                told.conditions(),
                told.waitingFor(),
                told.next(),
                told.breaker().or(scene::restored));
    }

    private static RunVerdict ofCourse(RunScene<?> scene, RunCourse course, Words words) {
        Goal goal = new Goal(scene.scheduled());
        return switch (course) {
            case RunCourse.AwaitLedger it ->
                plain(before(scene), goal.underWay(Reason.Pending, "The ledger is being asked."));
            case RunCourse.Blind it -> blind(scene, goal, it);
            case RunCourse.Done it ->
                plain(State.Succeeded, Verdict.reached(ConditionType.Succeeded, Reason.Succeeded, it.message()));
            case RunCourse.Idle it -> idle(scene, it, words);
            case RunCourse.Resting it ->
                new RunVerdict(
                        State.Suspended,
                        Verdict.resting(
                                goal.type(),
                                Reason.Suspended,
                                "Suspended (spec.suspend). It goes on where it stopped when that is false."),
                        Optional.empty(),
                        Optional.empty(),
                        it.breaker());
            case RunCourse.Stalled it ->
                new RunVerdict(
                        scene.started() ? State.Paused : State.Pending,
                        Verdict.stalled(goal.type(), it.reason(), it.message()),
                        Optional.of(it.reason()),
                        it.again(),
                        it.breaker());
            case RunCourse.Lacking it ->
                new RunVerdict(
                        scene.started() ? State.Paused : State.Pending,
                        Verdict.stalled(goal.type(), it.reason(), it.message()),
                        Optional.of(it.reason()),
                        // Looked at every now and then: a time would be another one each time, and a write.
                        Optional.empty(),
                        Optional.empty());
            case RunCourse.Working it -> working(goal, it, words);
            case RunCourse.Until it ->
                new RunVerdict(
                        State.Waiting,
                        goal.underWay(
                                it.reason(),
                                (it.message().isEmpty() ? "" : it.message() + " ") + "Waits for " + words(it.reason())
                                        + "; goes on at " + Statuses.seconds(it.at()) + "."),
                        Optional.of(it.reason()),
                        Optional.of(it.at()),
                        Optional.empty());
            case RunCourse.Awaiting it ->
                waiting(scene.started() ? State.Waiting : State.Pending, goal, it.reason(), it.message());
            case RunCourse.Queued it ->
                waiting(
                        State.Waiting,
                        goal,
                        Reason.Account,
                        "Waits for account " + scene.asked().accountName() + ": "
                                + it.holder().words() + ".");
            case RunCourse.Due it -> plain(State.Pending, goal.underWay(Reason.Pending, "About to start."));
            case RunCourse.Resume it -> plain(State.Pending, goal.underWay(Reason.Pending, "About to start."));
        };
    }

    /** A schedule is kept also while a run of it is at work or waits: only what a person must mend makes it unready. */
    private record Goal(boolean scheduled) {
        ConditionType type() {
            return scheduled ? ConditionType.Ready : ConditionType.Succeeded;
        }

        Verdict underWay(Reason reason, String message) {
            return scheduled ? Verdict.reached(type(), reason, message) : Verdict.underWay(type(), reason, message);
        }
    }

    private static RunVerdict plain(State state, Verdict verdict) {
        return new RunVerdict(state, verdict, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static RunVerdict waiting(State state, Goal goal, Reason reason, String message) {
        return new RunVerdict(
                state, goal.underWay(reason, message), Optional.of(reason), Optional.empty(), Optional.empty());
    }

    private static RunVerdict blind(RunScene<?> scene, Goal goal, RunCourse.Blind blind) {
        Outage.Kept kept = Outage.tell(
                scene.before().told(),
                scene.resource().getMetadata().getGeneration(),
                scene.now(),
                () -> goal.underWay(Reason.LedgerUnavailable, LedgerCondition.away(blind.why())));
        State before = before(scene);
        return new RunVerdict(
                before == State.Running && scene.seen().active().isEmpty() ? State.Waiting : before,
                kept.conditions(),
                kept.waitingFor(),
                kept.next(),
                Optional.ofNullable(scene.before().breaker()));
    }

    private static RunVerdict idle(RunScene<?> scene, RunCourse.Idle idle, Words words) {
        String next = idle.next()
                .map(at -> (at.isAfter(scene.now()) ? "The next run is due at " : "A run is about to begin, due at ")
                        + Statuses.seconds(at) + ".")
                .orElse("No run is due.");
        return new RunVerdict(
                State.Scheduled,
                Verdict.reached(ConditionType.Ready, Reason.Scheduled, words.story() + next),
                Optional.empty(),
                idle.next(),
                Optional.empty());
    }

    private static RunVerdict working(Goal goal, RunCourse.Working working, Words words) {
        String message = words.running();
        message += working.trouble()
                .map(it -> " The pod of Job " + working.run().name() + " does not start: " + it + ".")
                .orElse("");
        message += working.outdated()
                ? " The " + words.edited() + " was edited: the next worker follows at a safe point."
                : "";
        return plain(State.Running, goal.underWay(Reason.Running, message));
    }

    private static State before(RunScene<?> scene) {
        return scene.before().state() == null
                ? State.Pending
                : State.valueOf(scene.before().state());
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case FloodWait -> "Telegram's flood wait to end";
            case SlowMode -> "the chat's slow mode";
            case DailyLimit -> "the account's limit of any 24 hours (spec.limits of the TelegramAccount)";
            case Account -> "the account";
            case LedgerUnavailable -> "the ledger";
            case ExportFailed -> "the volume";
            default -> "the next attempt";
        };
    }
}
