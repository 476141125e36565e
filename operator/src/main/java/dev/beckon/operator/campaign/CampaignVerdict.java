package dev.beckon.operator.campaign;

import static dev.beckon.operator.condition.ConditionType.Succeeded;

import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.Owner;
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
        return switch (course) {
            case Course.AwaitLedger wait ->
                new CampaignVerdict(
                        Objects.requireNonNullElse(observed.before().state(), State.Pending),
                        Verdict.underWay(Succeeded, Reason.Pending, "The ledger is being asked."),
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
                        Optional.empty());
            case Course.Halted halted ->
                new CampaignVerdict(
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

    private static CampaignVerdict blind(Observed observed, Course.Blind blind) {
        State before = Objects.requireNonNullElse(observed.before().state(), State.Pending);
        return new CampaignVerdict(
                before,
                Verdict.underWay(
                        Succeeded,
                        Reason.LedgerUnavailable,
                        blind.why() + " No worker is started until it can be reached."),
                Optional.of(Reason.LedgerUnavailable),
                Optional.ofNullable(observed.before().nextActionTime()),
                Optional.ofNullable(observed.before().breaker()));
    }

    private static CampaignVerdict active(Observed observed, Course.Active active) {
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
            return waiting(
                    Reason.Account,
                    "Waits for account " + name(queued.get()) + ": "
                            + words(queued.get().holder()) + "." + besides(active),
                    Optional.empty());
        }
        if (until.isPresent()) {
            Standing.Until it = until.get();
            String said = it.message().isEmpty() ? "" : it.message() + " ";
            return waiting(
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
        boolean imported = observed.report().map(CampaignReport::imported).orElse(false);
        String message = imported ? "People are being contacted." : "The audience is being read.";
        message += working.trouble()
                .map(it -> " The pod of Job " + working.run().name() + " does not start: " + it + ".")
                .orElse("");
        message += working.outdated() ? " The campaign was edited: the next worker follows at a safe point." : "";
        message += besides(active);
        return new CampaignVerdict(
                imported ? State.Running : State.Importing,
                Verdict.underWay(Succeeded, imported ? Reason.Running : Reason.Importing, message),
                Optional.empty(),
                observed.report().flatMap(CampaignReport::nextActionTime),
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

    private static CampaignVerdict waiting(Reason reason, String message, Optional<Instant> at) {
        return new CampaignVerdict(
                State.Waiting, Verdict.underWay(Succeeded, reason, message), Optional.of(reason), at, Optional.empty());
    }

    private static CampaignVerdict awaiting(Observed observed, Standing.Awaiting it, String besides) {
        return new CampaignVerdict(
                startedState(observed),
                Verdict.underWay(Succeeded, it.reason(), it.message() + besides),
                Optional.of(it.reason()),
                Optional.empty(),
                Optional.empty());
    }

    /** Goes on by itself as soon as a person has mended it; until then nothing of it happens. */
    private static CampaignVerdict stuck(Observed observed, Reason reason, String message) {
        return new CampaignVerdict(
                started(observed) ? State.Paused : State.Pending,
                Verdict.stalled(Succeeded, reason, message),
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

    private static String words(Holder holder) {
        return switch (holder) {
            case Holder.Another(Owner owner) -> owner.kind().words() + " " + owner.name() + " has its turn";
            case Holder.Brief.LOGIN -> "its login is just ending";
            case Holder.Brief.ENDING_POD -> "an earlier pod is still ending";
            case Holder.Brief.STARTING -> "another worker is just starting with it";
            case Holder.Brief.UNKNOWN -> "the watch on its workers is being renewed";
        };
    }

    private static String words(Reason reason) {
        return switch (reason) {
            case QuietHours -> "the contact window to open";
            case FloodWait -> "Telegram's flood wait to end";
            case SlowMode -> "the chat's slow mode";
            case DailyLimit -> "the account's limit of any 24 hours";
            case ChatLimit -> "the chat's limit of any 24 hours";
            case Retry -> "people who could not be reached yet";
            case FrequencyCap -> "people who were contacted lately, by this campaign or another";
            case Settlement -> "an act of an earlier worker to be settled";
            case JoinApproval -> "an administrator to let the account into the chat";
            case Account -> "the account";
            case WorkerBackOff -> "the next attempt";
            case LedgerUnavailable -> "the ledger";
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
