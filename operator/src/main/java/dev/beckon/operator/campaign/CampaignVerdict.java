package dev.beckon.operator.campaign;

import static dev.beckon.operator.condition.ConditionType.Succeeded;

import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.LedgerCondition;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pass says of a campaign beyond the ledger's facts, in the words of its status. Pure.
 *
 * @param next when the next person is due
 */
record CampaignVerdict(
        State state,
        Verdict conditions,
        Optional<Reason> waitingFor,
        Optional<Instant> next,
        Optional<TrippedBreaker> breaker) {

    static CampaignVerdict of(Observed observed, Course course) {
        Goal goal = new Goal(observed.isWebhook());
        return switch (course) {
            case Course.AwaitLedger wait ->
                new CampaignVerdict(
                        Objects.requireNonNullElse(observed.before().state(), State.Pending),
                        goal.underWay(Reason.Pending, "The ledger is being asked."),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            case Course.Blind blind -> blind(observed, blind);
            case Course.Ended ended ->
                new CampaignVerdict(
                        ended.succeeded() ? State.Succeeded : State.Failed,
                        ended.succeeded()
                                ? Verdict.reached(Succeeded, ended.reason(), ended.message())
                                : Verdict.stalled(Succeeded, ended.reason(), ended.message()),
                        Optional.empty(),
                        Optional.empty(),
                        // It may be opened once more, by an edit of its deadline or by people who are requeued.
                        observed.restored());
            case Course.Halted halted ->
                new CampaignVerdict(
                        halted.state(),
                        halted.person()
                                ? Verdict.stalled(goal.type(), halted.reason(), halted.message())
                                : Verdict.resting(goal.type(), halted.reason(), halted.message()),
                        Optional.empty(),
                        Optional.empty(),
                        halted.breaker());
            case Course.Active active -> active(observed, active);
        };
    }

    private static CampaignVerdict blind(Observed observed, Course.Blind blind) {
        State before = Objects.requireNonNullElse(observed.before().state(), State.Pending);
        Outage.Kept kept = Outage.tell(
                CampaignStatusParts.told(observed.before()),
                observed.campaign().getMetadata().getGeneration(),
                observed.now(),
                () -> new Goal(observed.isWebhook())
                        .underWay(Reason.LedgerUnavailable, LedgerCondition.away(blind.why())));
        boolean atWork = observed.runs().stream().anyMatch(WorkerRun::active);
        return new CampaignVerdict(
                before == State.Running && !atWork ? State.Waiting : before,
                kept.conditions(),
                kept.waitingFor(),
                kept.next(),
                Optional.ofNullable(observed.before().breaker()));
    }

    /** A webhook is open also while a worker is at work or waits: only what a person must mend makes it unready. */
    private record Goal(boolean webhook) {
        ConditionType type() {
            return webhook ? ConditionType.Ready : Succeeded;
        }

        Verdict underWay(Reason reason, String message) {
            return webhook ? Verdict.reached(type(), reason, message) : Verdict.underWay(type(), reason, message);
        }
    }

    private static CampaignVerdict active(Observed observed, Course.Active active) {
        List<Standing> standings = active.standings();
        if (observed.isWebhook() && !CampaignDoors.isOpen(observed, active)) {
            return active.problem()
                    .map(it -> stuck(observed, it.reason(), it.message()))
                    .orElseThrow();
        }
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
            return waiting(
                    observed,
                    Reason.Account,
                    "Waits for account " + name(queued.get()) + ": "
                            + queued.get().holder().words() + "." + besides(active),
                    Optional.empty());
        }
        if (until.isPresent()) {
            Standing.Until it = until.get();
            String said = it.message().isEmpty() ? "" : it.message() + " ";
            return waiting(
                    observed,
                    it.reason(),
                    said + "Waits for " + words(it.reason()) + "; goes on at " + Statuses.seconds(it.at()) + "."
                            + besides(active),
                    Optional.of(it.at()));
        }
        Optional<Standing.Awaiting> awaiting = first(standings, Standing.Awaiting.class);
        if (awaiting.isPresent()) {
            return awaiting(observed, awaiting.get(), besides(active));
        }
        if (blocked.isPresent()) {
            Standing.Blocked it = blocked.get();
            return stuck(observed, it.reason(), it.message());
        }
        if (active.problem().isEmpty() && observed.isWebhook()) {
            return waiting(
                    observed,
                    Reason.Webhook,
                    "Waits for people to come, at " + CampaignDoors.path(observed.campaign()) + ".",
                    Optional.empty());
        }
        return active.problem()
                .map(it -> stuck(observed, it.reason(), it.message()))
                .orElseGet(() -> new CampaignVerdict(
                        startedState(observed),
                        Verdict.underWay(Succeeded, Reason.Pending, "About to start."),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static CampaignVerdict working(Observed observed, Course.Active active, Standing.Working working) {
        boolean imported = observed.isWebhook()
                || observed.report().map(CampaignReport::imported).orElse(false);
        String message = imported ? "People are being contacted." : "The audience is being read.";
        message += working.trouble()
                .map(it -> " The pod of " + (working.run().deployed().isPresent() ? "Deployment " : "Job ")
                        + working.run().name() + " does not start: " + it + ".")
                .orElse("");
        message += working.outdated() ? " The campaign was edited: the next worker follows at a safe point." : "";
        message += besides(active);
        return new CampaignVerdict(
                imported ? State.Running : State.Importing,
                new Goal(observed.isWebhook()).underWay(imported ? Reason.Running : Reason.Importing, message),
                Optional.empty(),
                // A wait that is over is no next time, nor is one after the last person.
                observed.report()
                        .filter(it -> it.counts().pending() + it.counts().inFlight() > 0)
                        .flatMap(CampaignReport::nextActionTime)
                        .filter(observed.now()::isBefore),
                Optional.empty());
    }

    /** What a person must mend though the rest goes on. */
    private static String besides(Course.Active active) {
        Stream<String> blocked = active.standings().stream()
                .filter(Standing.Blocked.class::isInstance)
                .map(it -> ((Standing.Blocked) it).message());
        return Stream.concat(active.problem().map(Course.Problem::message).stream(), blocked)
                .map(it -> " " + it)
                .collect(Collectors.joining());
    }

    private static CampaignVerdict waiting(Observed observed, Reason reason, String message, Optional<Instant> at) {
        return new CampaignVerdict(
                State.Waiting,
                new Goal(observed.isWebhook()).underWay(reason, message),
                Optional.of(reason),
                at,
                Optional.empty());
    }

    private static CampaignVerdict awaiting(Observed observed, Standing.Awaiting it, String besides) {
        return new CampaignVerdict(
                startedState(observed),
                new Goal(observed.isWebhook()).underWay(it.reason(), it.message() + besides),
                Optional.of(it.reason()),
                Optional.empty(),
                Optional.empty());
    }

    /** Goes on by itself as soon as a person has mended it; until then nothing of it happens. */
    private static CampaignVerdict stuck(Observed observed, Reason reason, String message) {
        return new CampaignVerdict(
                started(observed) ? State.Paused : State.Pending,
                Verdict.stalled(new Goal(observed.isWebhook()).type(), reason, message),
                Optional.of(reason),
                Optional.empty(),
                Optional.empty());
    }

    private static State startedState(Observed observed) {
        return started(observed) ? State.Waiting : State.Pending;
    }

    private static boolean started(Observed observed) {
        return observed.before().startTime() != null || !observed.runs().isEmpty();
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case QuietHours -> "the contact window to open";
            case FloodWait -> "Telegram's flood wait to end";
            case SlowMode -> "the chat's slow mode";
            case DailyLimit -> "the account's limit of any 24 hours (spec.limits of the TelegramAccount)";
            case ChatLimit -> "the chat's limit of any 24 hours (spec.pacing.perChatPerDay)";
            case Retry -> "people who could not be reached yet";
            case FrequencyCap -> "people who were contacted lately, by this campaign or another";
            case Settlement -> "an act of an earlier worker to be settled";
            case JoinApproval -> "an administrator to let the account into the chat";
            case Account -> "the account";
            case WorkerBackOff -> "the next attempt";
            case LedgerUnavailable -> "the ledger";
            case AudienceUnavailable -> "the server of the audience's URL";
            default -> "the pause between two people";
        };
    }

    private static String name(Standing standing) {
        return standing.account().getMetadata().getName();
    }

    private static <T extends Standing> Optional<T> first(List<Standing> standings, Class<T> type) {
        return standings.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
