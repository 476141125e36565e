package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.workorder.Count;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides what a campaign is to do. Pure: the same observation gives the same course. */
public final class CampaignPlanner {
    /** Longer than a worker takes for the last settlements past the deadline, and for its start. */
    static final Duration SETTLED_WITHIN = Duration.ofMinutes(15);

    private final CampaignHalts halts;
    private final AccountStandings standings;

    public CampaignPlanner(CampaignWorkerFactory factory, Settings settings) {
        this.halts = new CampaignHalts(factory);
        this.standings = new AccountStandings(factory, settings);
    }

    /** What the campaign is to do next; what stands in its way comes before what it could do. */
    public Course plan(Observed observed) {
        Optional<CampaignReport> report = observed.report();
        if (observed.before().completionTime() != null && !reopened(observed)) {
            return asEnded(observed.before());
        }
        if (observed.campaign().getSpec().suspend()) {
            return new Course.Halted(
                    State.Suspended,
                    Reason.Suspended,
                    "Suspended (spec.suspend). It goes on where it stopped when that is false.",
                    false,
                    true,
                    observed.restored());
        }
        return switch (observed.reading()) {
            case Reading.Asked<CampaignReport> asked -> new Course.AwaitLedger();
            case Reading.Unreachable<CampaignReport> unreachable -> new Course.Blind(unreachable.why());
            case Reading.Known<CampaignReport> _ -> known(observed, report);
        };
    }

    /**
     * A campaign that ended starts again only if its people are in the ledger and some are pending: a person requeued them, or
     * moved the deadline. Rows that retention removed must not look like a campaign that has yet to begin.
     */
    private static boolean reopened(Observed observed) {
        return !observed.deadlinePassed()
                // A webhook's campaign ends with its deadline only.
                && (observed.isWebhook()
                        || observed.report()
                                .filter(it -> it.imported() && left(it) > 0)
                                .isPresent());
    }

    static long left(CampaignReport report) {
        return report.counts().pending() + report.counts().inFlight();
    }

    private static Course asEnded(InviteCampaignStatus before) {
        boolean succeeded = before.state() == State.Succeeded;
        String message = ConditionType.Succeeded.in(before.conditions())
                .map(Condition::getMessage)
                .orElse("");
        return new Course.Ended(succeeded, succeeded ? Reason.Succeeded : Reason.DeadlineExceeded, message, !succeeded);
    }

    private Course known(Observed observed, Optional<CampaignReport> report) {
        Optional<Course> restored = CampaignHalts.restored(observed);
        if (restored.isPresent()) {
            return restored.get();
        }
        if (!observed.isWebhook()
                && report.filter(it -> it.imported() && left(it) == 0).isPresent()) {
            // Not before its last worker has ended, too: then the session is saved and the account free. One that never
            // started has nothing to save, and may wait for its image or a node for ever.
            return observed.activeRuns().stream().allMatch(observed::neverStarted)
                    ? new Course.Ended(true, Reason.Succeeded, totals(report.get()), true)
                    : active(observed, report);
        }
        if (observed.deadlinePassed() && !settling(observed, report)) {
            return pastDeadline(observed, report);
        }
        return CampaignHalts.breaker(observed, report)
                .or(() -> halts.invalid(observed))
                .orElseGet(() -> active(observed, report));
    }

    private static Course pastDeadline(Observed observed, Optional<CampaignReport> report) {
        if (observed.isWebhook() && report.map(CampaignPlanner::left).orElse(0L) == 0) {
            return new Course.Ended(
                    true,
                    Reason.Succeeded,
                    "The deadline has passed and nobody is left. "
                            + report.map(CampaignPlanner::totals).orElse("Nobody came."),
                    true);
        }
        return new Course.Ended(
                false,
                Reason.DeadlineExceeded,
                "The deadline has passed; "
                        + report.map(CampaignPlanner::left).map(Count::people).orElse("everybody")
                        + " stayed pending and will not be contacted.",
                true);
    }

    /**
     * What is in flight at the deadline is settled first: a worker that finds the deadline passed contacts nobody and asks
     * Telegram what became of it. Not for ever: its account may be banned.
     */
    private static boolean settling(Observed observed, Optional<CampaignReport> report) {
        return report.filter(it -> it.counts().inFlight() > 0).isPresent()
                && !observed.deadlinePassedBy(SETTLED_WITHIN);
    }

    private Course active(Observed observed, Optional<CampaignReport> report) {
        boolean imported =
                observed.isWebhook() || report.map(CampaignReport::imported).orElse(false);
        List<Standing> each = new ArrayList<>();
        for (TelegramAccount account : observed.accounts()) {
            each.add(standings.standing(observed, account, report));
        }
        return new Course.Active(imported ? each : onlyFirst(each), problem(observed, report));
    }

    /** The first worker reads the audience; before that nobody is assigned to the others. */
    private static List<Standing> onlyFirst(List<Standing> standings) {
        boolean taken = standings.stream().anyMatch(Standing.Working.class::isInstance);
        List<Standing> chosen = new ArrayList<>();
        for (Standing standing : standings) {
            boolean due = standing instanceof Standing.Due;
            chosen.add(due && taken ? new Standing.NothingToDo(standing.account()) : standing);
            taken = taken || due;
        }
        return chosen;
    }

    private static Optional<Course.Problem> problem(Observed observed, Optional<CampaignReport> report) {
        return withoutAccount(observed, report).or(() -> unknownAccount(observed));
    }

    private static Optional<Course.Problem> withoutAccount(Observed observed, Optional<CampaignReport> report) {
        List<String> uids = observed.accounts().stream()
                .map(it -> it.getMetadata().getUid())
                .toList();
        return report.stream()
                .flatMap(it -> it.accounts().stream())
                .filter(share -> share.pending() > 0 && !uids.contains(share.accountUid()))
                .findFirst()
                .map(share -> new Course.Problem(
                        Reason.PeopleWithoutAccount,
                        Count.of(share.pending(), "person is", "people are")
                                + " assigned to a TelegramAccount that is gone. Hand them to another one with"
                                + " the annotation beckon.dev/reassign=" + share.accountUid() + ":<account>."));
    }

    private static Optional<Course.Problem> unknownAccount(Observed observed) {
        if (!observed.unknownAccounts().isEmpty()) {
            return Optional.of(new Course.Problem(
                    Reason.AccountUnknown,
                    "There is no TelegramAccount " + String.join(", ", observed.unknownAccounts())
                            + " in this namespace: create it, or, before the campaign has started, name one that exists in"
                            + " spec.accounts.names (kubectl get telegramaccounts -n " + namespace(observed) + ")."));
        }
        return observed.accounts().isEmpty()
                ? Optional.of(new Course.Problem(
                        Reason.AccountUnknown,
                        "No TelegramAccount of this namespace matches spec.accounts.selector: label one (kubectl label"
                                + " telegramaccount NAME -n " + namespace(observed) + wantedLabels(observed)
                                + "), or correct the selector."))
                : Optional.empty();
    }

    private static String namespace(Observed observed) {
        return observed.campaign().getMetadata().getNamespace();
    }

    /** As a command line takes them. */
    private static String wantedLabels(Observed observed) {
        return Optional.ofNullable(observed.campaign().getSpec().accounts().selector()).stream()
                .flatMap(it -> it.matchLabels().entrySet().stream())
                .sorted(Map.Entry.comparingByKey())
                .map(it -> " " + it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining());
    }

    private static String totals(CampaignReport report) {
        CampaignReport.Counts counts = report.counts();
        String unknown = counts.unknown() == 0
                ? ""
                : ", " + counts.unknown()
                        + " of unknown outcome (annotation beckon.dev/requeue-unknown tries them again)";
        return Count.people(counts.total()) + ": " + counts.invited() + " invited, "
                + counts.linkSent() + " sent the link, "
                + Count.of(counts.alreadyMember(), "was a member", "were members") + ", " + counts.skipped()
                + " skipped, " + counts.failed()
                + " failed" + unknown + ".";
    }
}
