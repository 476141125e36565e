package dev.beckon.operator.campaign;

import static dev.beckon.operator.condition.ConditionType.LastAction;
import static dev.beckon.operator.condition.ConditionType.LedgerAvailable;
import static dev.beckon.operator.condition.ConditionType.Succeeded;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.InviteCampaignStatus.WorkerRef;
import dev.beckon.crd.InviteCampaignStatusBuilder;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.condition.ConditionMerger;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells in a status what was seen and done. Pure: the same pass gives the same status. */
public final class CampaignStatusFactory {

    /** What a pass says beyond the ledger's facts. */
    private record Told(
            State state,
            Verdict verdict,
            Optional<Reason> waitingFor,
            Optional<Instant> next,
            Optional<TrippedBreaker> breaker) {}

    /**
     * The whole status; what it does not say is absent in the cluster too.
     *
     * @param action what became of an annotation in this pass
     */
    public InviteCampaignStatus status(Observed observed, Course course, Optional<Verdict.Said> action) {
        InviteCampaignStatus before = observed.before();
        long generation = observed.campaign().getMetadata().getGeneration();
        if (course instanceof Course.AwaitLedger && before.state() != null && action.isPresent()) {
            // What it led to is told when the ledger has answered.
            return CampaignStatusParts.withConditions(
                    before,
                    ConditionMerger.replace(before.conditions(), LastAction, action.get(), generation, observed.now()));
        }
        InviteCampaignStatusBuilder status = InviteCampaignStatus.builder();
        CampaignFacts.write(status, observed);
        Told told = told(observed, course);
        Verdict verdict = withLedger(told.verdict(), observed);
        for (Verdict.Said said : action.stream().toList()) {
            verdict = verdict.and(LastAction, said.status(), said.reason(), said.message());
        }
        return status.state(told.state())
                .observedGeneration(generation)
                .startTime(startTime(observed, course))
                .ledgerSequence(sequence(observed, course))
                .workers(workers(observed, course))
                .conditions(ConditionMerger.merge(before.conditions(), verdict, generation, observed.now()))
                .waitingFor(told.waitingFor().map(Enum::name).orElse(null))
                .nextActionTime(told.next().map(CampaignFacts::seconds).orElse(null))
                .breaker(told.breaker().map(it -> since(it, observed)).orElse(null))
                .completionTime(completionTime(observed, course))
                .build();
    }

    private Told told(Observed observed, Course course) {
        return switch (course) {
            case Course.AwaitLedger wait ->
                new Told(
                        Objects.requireNonNullElse(observed.before().state(), State.Pending),
                        Verdict.underWay(Succeeded, Reason.Pending, "The ledger is being asked."),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case Course.Blind blind -> blind(observed, blind);
            case Course.Ended ended ->
                new Told(
                        ended.succeeded() ? State.Succeeded : State.Failed,
                        ended.succeeded()
                                ? Verdict.reached(Succeeded, ended.reason(), ended.message())
                                : Verdict.stalled(Succeeded, ended.reason(), ended.message()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case Course.Halted halted ->
                new Told(
                        halted.state(),
                        halted.person()
                                ? Verdict.stalled(Succeeded, halted.reason(), halted.message())
                                : Verdict.resting(Succeeded, halted.reason(), halted.message()),
                        Optional.empty(),
                        Optional.empty(),
                        halted.breaker());
            case Course.Active active -> active(observed, active);
        };
    }

    private static Told blind(Observed observed, Course.Blind blind) {
        State before = Objects.requireNonNullElse(observed.before().state(), State.Pending);
        return new Told(
                before,
                Verdict.underWay(
                        Succeeded,
                        Reason.LedgerUnavailable,
                        blind.why() + " No worker is started until it can be reached."),
                Optional.of(Reason.LedgerUnavailable),
                Optional.ofNullable(observed.before().nextActionTime()),
                Optional.ofNullable(observed.before().breaker()));
    }

    private Told active(Observed observed, Course.Active active) {
        List<Standing> standings = active.standings();
        Optional<Standing.Working> working = first(standings, Standing.Working.class);
        if (working.isPresent()) {
            return working(observed, active, working.get());
        }
        Optional<Standing.Until> until = standings.stream()
                .filter(Standing.Until.class::isInstance)
                .map(Standing.Until.class::cast)
                .min(Comparator.comparing(Standing.Until::at));
        Optional<Standing.Queued> queued = first(standings, Standing.Queued.class);
        Optional<Standing.Blocked> blocked = first(standings, Standing.Blocked.class);
        if (queued.isPresent()) {
            String holder = queued.get()
                    .holder()
                    .map(name -> "campaign " + name + " has its turn")
                    .orElse("an earlier pod is still ending");
            return waiting(
                    Reason.Account, "Waits for account " + name(queued.get()) + ": " + holder + ".", Optional.empty());
        }
        if (until.isPresent()) {
            Standing.Until it = until.get();
            String said = it.message().isEmpty() ? "" : it.message() + " ";
            return waiting(
                    it.reason(),
                    said + "Waits for " + words(it.reason()) + "; goes on at " + CampaignFacts.seconds(it.at()) + ".",
                    Optional.of(it.at()));
        }
        if (blocked.isPresent()) {
            Standing.Blocked it = blocked.get();
            return stuck(observed, it.reason(), it.message());
        }
        return active.problem()
                .map(it -> stuck(observed, it.reason(), it.message()))
                .orElseGet(() -> new Told(
                        startedState(observed),
                        Verdict.underWay(Succeeded, Reason.Pending, "About to start."),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Told working(Observed observed, Course.Active active, Standing.Working working) {
        boolean imported = observed.report().map(CampaignReport::imported).orElse(false);
        String message = imported ? "People are being contacted." : "The audience is being read.";
        message += working.trouble()
                .map(it -> " The pod of Job " + working.run().name() + " does not start: " + it + ".")
                .orElse("");
        message += working.outdated() ? " The campaign was edited: the next worker follows at a safe point." : "";
        message += active.problem().map(it -> " " + it.message()).orElse("");
        for (Standing standing : active.standings()) {
            message += standing instanceof Standing.Blocked blocked ? " " + blocked.message() : "";
        }
        return new Told(
                imported ? State.Running : State.Importing,
                Verdict.underWay(Succeeded, imported ? Reason.Running : Reason.Importing, message),
                Optional.empty(),
                observed.report().flatMap(CampaignReport::nextActionTime),
                Optional.empty());
    }

    private static Told waiting(Reason reason, String message, Optional<Instant> at) {
        return new Told(
                State.Waiting, Verdict.underWay(Succeeded, reason, message), Optional.of(reason), at, Optional.empty());
    }

    private static Told stuck(Observed observed, Reason reason, String message) {
        return new Told(
                startedState(observed),
                Verdict.stalled(Succeeded, reason, message),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty());
    }

    private static State startedState(Observed observed) {
        return observed.before().startTime() == null && observed.runs().isEmpty() ? State.Pending : State.Waiting;
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case QuietHours -> "the contact window to open";
            case FloodWait -> "Telegram's flood wait to end";
            case SlowMode -> "the chat's slow mode";
            case DailyLimit -> "the account's limit of any 24 hours";
            case ChatLimit -> "the chat's limit of any 24 hours";
            case Retry -> "the next attempt of people who could not be reached yet";
            case Settlement -> "an act of an earlier worker to be settled";
            case JoinApproval -> "an administrator to let the account into the chat";
            case Account -> "the account";
            case WorkerBackOff -> "the next attempt";
            case LedgerUnavailable -> "the ledger";
            default -> "the pause between two people";
        };
    }

    private static Verdict withLedger(Verdict verdict, Observed observed) {
        return switch (observed.reading()) {
            case Reading.Asked<CampaignReport> asked -> verdict;
            case Reading.Unreachable<CampaignReport> it ->
                verdict.and(LedgerAvailable, false, Reason.LedgerUnavailable, it.why());
            case Reading.Known<CampaignReport> known ->
                observed.hints()
                        ? verdict.and(
                                LedgerAvailable, true, Reason.Connected, "The ledger answers; workers send hints.")
                        : verdict.and(
                                LedgerAvailable,
                                true,
                                Reason.ConnectedWithoutHints,
                                "The ledger answers; without Redis, progress is looked at now and then.");
        };
    }

    private static List<WorkerRef> workers(Observed observed, Course course) {
        Stream<WorkerRun> started = course instanceof Course.Active active
                ? active.standings().stream()
                        .filter(Standing.Working.class::isInstance)
                        .map(it -> ((Standing.Working) it).run())
                : Stream.empty();
        return Stream.concat(started, observed.activeRuns().stream())
                .map(run -> new WorkerRef(run.accountName(), "Job", run.name()))
                .distinct()
                .sorted(Comparator.comparing(WorkerRef::name))
                .toList();
    }

    private static Instant startTime(Observed observed, Course course) {
        if (observed.before().startTime() != null) {
            return observed.before().startTime();
        }
        boolean startedNow = course instanceof Course.Active active
                && active.standings().stream().anyMatch(Standing.Working.class::isInstance);
        return observed.runs().stream()
                .map(WorkerRun::created)
                .min(Comparator.naturalOrder())
                .or(() -> startedNow ? Optional.of(observed.now()) : Optional.empty())
                .map(CampaignFacts::seconds)
                .orElse(null);
    }

    /** A ledger that is behind keeps the higher number standing, until a person accepts it. */
    private static Long sequence(Observed observed, Course course) {
        Long before = observed.before().ledgerSequence();
        boolean behind = course instanceof Course.Halted halted && halted.reason() == Reason.LedgerBehindStatus;
        return !behind && observed.reading() instanceof Reading.Known<CampaignReport> known
                ? Long.valueOf(known.sequence())
                : before;
    }

    private static Instant completionTime(Observed observed, Course course) {
        if (!(course instanceof Course.Ended)) {
            return null;
        }
        Instant before = observed.before().completionTime();
        return before == null ? CampaignFacts.seconds(observed.now()) : before;
    }

    /** The time at which a breaker tripped is that at which we first saw it. */
    private static TrippedBreaker since(TrippedBreaker breaker, Observed observed) {
        TrippedBreaker before = observed.before().breaker();
        Instant since = before != null && Objects.equals(before.id(), breaker.id()) && before.since() != null
                ? before.since()
                : Optional.ofNullable(breaker.since()).orElse(CampaignFacts.seconds(observed.now()));
        return new TrippedBreaker(breaker.id(), breaker.reason(), since);
    }

    private static String name(Standing standing) {
        return standing.account().getMetadata().getName();
    }

    private static <T extends Standing> Optional<T> first(List<Standing> standings, Class<T> type) {
        return standings.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
