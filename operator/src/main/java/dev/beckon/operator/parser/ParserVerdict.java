package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJobStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.ParserReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.Owner;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pass says of a parser beyond the ledger's facts, in the words of its status. Pure.
 *
 * @param next when the next page or run is due
 */
record ParserVerdict(
        State state,
        Verdict conditions,
        Optional<Reason> waitingFor,
        Optional<Instant> next,
        Optional<TrippedBreaker> breaker) {

    static ParserVerdict of(ParserObserved observed, ParserCourse course) {
        Goal goal = new Goal(observed.scheduled());
        return switch (course) {
            case ParserCourse.AwaitLedger it ->
                plain(before(observed), goal.underWay(Reason.Pending, "The ledger is being asked."));
            case ParserCourse.Blind it -> blind(observed, goal, it);
            case ParserCourse.Done it ->
                plain(State.Succeeded, Verdict.reached(ConditionType.Succeeded, Reason.Succeeded, it.message()));
            case ParserCourse.Idle it -> idle(observed, it);
            case ParserCourse.Resting it ->
                new ParserVerdict(
                        State.Suspended,
                        Verdict.resting(
                                goal.type(),
                                Reason.Suspended,
                                "Suspended (spec.suspend). It goes on where it stopped when that is false."),
                        Optional.empty(),
                        Optional.empty(),
                        it.breaker());
            case ParserCourse.Stalled it ->
                new ParserVerdict(
                        started(observed) ? State.Paused : State.Pending,
                        Verdict.stalled(goal.type(), it.reason(), it.message()),
                        Optional.of(it.reason()),
                        it.again(),
                        it.breaker());
            case ParserCourse.Working it -> working(goal, it);
            case ParserCourse.Until it ->
                new ParserVerdict(
                        State.Waiting,
                        goal.underWay(
                                it.reason(),
                                (it.message().isEmpty() ? "" : it.message() + " ") + "Waits for " + words(it.reason())
                                        + "; goes on at " + Statuses.seconds(it.at()) + "."),
                        Optional.of(it.reason()),
                        Optional.of(it.at()),
                        Optional.empty());
            case ParserCourse.Awaiting it ->
                waiting(started(observed) ? State.Waiting : State.Pending, goal, it.reason(), it.message());
            case ParserCourse.Queued it ->
                waiting(
                        State.Waiting,
                        goal,
                        Reason.Account,
                        "Waits for account "
                                + observed.parser().getSpec().account().name() + ": " + words(it.holder()) + ".");
            case ParserCourse.Due it -> plain(State.Pending, goal.underWay(Reason.Pending, "About to start."));
            case ParserCourse.Resume it -> plain(State.Pending, goal.underWay(Reason.Pending, "About to start."));
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

    private static ParserVerdict plain(State state, Verdict verdict) {
        return new ParserVerdict(state, verdict, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ParserVerdict waiting(State state, Goal goal, Reason reason, String message) {
        return new ParserVerdict(
                state, goal.underWay(reason, message), Optional.of(reason), Optional.empty(), Optional.empty());
    }

    private static ParserVerdict blind(ParserObserved observed, Goal goal, ParserCourse.Blind blind) {
        return new ParserVerdict(
                before(observed),
                goal.underWay(Reason.LedgerUnavailable, blind.why() + " No worker is started until it can be reached."),
                Optional.of(Reason.LedgerUnavailable),
                Optional.ofNullable(observed.before().nextActionTime()),
                Optional.ofNullable(observed.before().breaker()));
    }

    private static ParserVerdict idle(ParserObserved observed, ParserCourse.Idle idle) {
        String story = observed.report()
                .flatMap(ParserReport::complete)
                .map(run -> ParserStory.sentence(run) + " ")
                .orElse("");
        String next = idle.next()
                .map(at -> "The next run is due at " + Statuses.seconds(at) + ".")
                .orElse("No run is due.");
        return new ParserVerdict(
                State.Scheduled,
                Verdict.reached(ConditionType.Ready, Reason.Scheduled, story + next),
                Optional.empty(),
                idle.next(),
                Optional.empty());
    }

    private static ParserVerdict working(Goal goal, ParserCourse.Working working) {
        String message = "The chat is being read.";
        message += working.trouble()
                .map(it -> " The pod of Job " + working.run().name() + " does not start: " + it + ".")
                .orElse("");
        message += working.outdated() ? " The parser was edited: the next worker follows at a safe point." : "";
        return plain(State.Running, goal.underWay(Reason.Running, message));
    }

    private static State before(ParserObserved observed) {
        return Objects.requireNonNullElse(observed.before().state(), State.Pending);
    }

    private static boolean started(ParserObserved observed) {
        return observed.before().startTime() != null || !observed.runs().isEmpty();
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case FloodWait -> "Telegram's flood wait to end";
            case DailyLimit -> "the account's limit of any 24 hours";
            case Account -> "the account";
            case LedgerUnavailable -> "the ledger";
            case ExportFailed -> "the volume";
            default -> "the next attempt";
        };
    }

    private static String words(Holder holder) {
        return switch (holder) {
            case Holder.Another(Owner owner) -> owner.kind().words() + " " + owner.name() + " has its turn";
            case Holder.Brief.LOGIN -> "its login is just ending";
            case Holder.Brief.ENDING_POD -> "an earlier pod is still ending";
            case Holder.Brief.STARTING -> "another worker is just starting with it";
            case Holder.Brief.UNKNOWN -> "the watch on its workers is being renewed";
        };
    }
}
