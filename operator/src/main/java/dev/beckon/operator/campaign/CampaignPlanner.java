package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.AccountShare;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides what a campaign is to do. Pure: the same observation gives the same course. */
public final class CampaignPlanner {
    /** Begins the id by which a person accepts that the ledger is older than a status. */
    public static final String LEDGER_BREAKER = "ledger-";

    private final CampaignWorkerFactory factory;
    private final RunHistory history;

    public CampaignPlanner(CampaignWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.history = new RunHistory(settings);
    }

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
                    Optional.empty());
        }
        return switch (observed.reading()) {
            case Reading.Asked<CampaignReport> asked -> new Course.AwaitLedger();
            case Reading.Unreachable<CampaignReport> unreachable -> new Course.Blind(unreachable.why());
            case Reading.Known<CampaignReport> known -> known(observed, report, known.sequence());
        };
    }

    /**
     * A campaign that ended starts again only if its people are in the ledger and some are pending: a person requeued them, or
     * moved the deadline. Rows that retention removed must not look like a campaign that has yet to begin.
     */
    private static boolean reopened(Observed observed) {
        return !observed.deadlinePassed()
                && observed.report().filter(it -> it.imported() && left(it) > 0).isPresent();
    }

    private static long left(CampaignReport report) {
        return report.counts().pending() + report.counts().inFlight();
    }

    private static Course asEnded(InviteCampaignStatus before) {
        boolean succeeded = before.state() == State.Succeeded;
        String message = before.conditions().stream()
                .filter(it -> ConditionType.Succeeded.name().equals(it.getType()))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
        return new Course.Ended(succeeded, succeeded ? Reason.Succeeded : Reason.DeadlineExceeded, message, !succeeded);
    }

    private Course known(Observed observed, Optional<CampaignReport> report, long sequence) {
        Long seen = observed.before().ledgerSequence();
        if (seen != null && seen > sequence) {
            return behind(seen, sequence);
        }
        if (report.filter(it -> it.imported() && left(it) == 0).isPresent()) {
            return new Course.Ended(true, Reason.Succeeded, totals(report.get()), false);
        }
        if (observed.deadlinePassed()) {
            return new Course.Ended(
                    false,
                    Reason.DeadlineExceeded,
                    "The deadline has passed; "
                            + report.map(CampaignPlanner::left)
                                    .map(it -> it + " people")
                                    .orElse("everybody") + " stayed pending and will not be contacted.",
                    true);
        }
        return breaker(observed, report).or(() -> invalid(observed)).orElseGet(() -> active(observed, report));
    }

    private static Course behind(long seen, long sequence) {
        String id = LEDGER_BREAKER + seen;
        return new Course.Halted(
                State.Paused,
                Reason.LedgerBehindStatus,
                "The ledger is at number " + sequence + ", this status was computed from number " + seen
                        + ": an older backup was restored, and people contacted since may be contacted again. Look at it, then"
                        + " set the annotation beckon.dev/acknowledge=" + id + ".",
                true,
                true,
                Optional.of(new TrippedBreaker(id, Reason.LedgerBehindStatus.name(), null)));
    }

    private static Optional<Course> breaker(Observed observed, Optional<CampaignReport> report) {
        Optional<TrippedBreaker> ofAccount = observed.accounts().stream()
                .map(TelegramAccount::getStatus)
                .filter(status -> status != null && status.state() == TelegramAccountStatus.State.Limited)
                .map(TelegramAccountStatus::breaker)
                .filter(breaker -> breaker != null)
                .findFirst();
        Optional<TrippedBreaker> tripped = report.flatMap(CampaignReport::breaker)
                .map(it -> new TrippedBreaker(it.breakerId(), it.reason(), null))
                .or(() -> ofAccount);
        boolean limited = ofAccount.isPresent()
                && ofAccount.get().id().equals(tripped.orElseThrow().id());
        String said = report.flatMap(CampaignReport::breaker)
                .map(it -> " (" + it.message() + ")")
                .orElse("");
        return tripped.map(breaker -> new Course.Halted(
                State.Paused,
                limited ? Reason.AccountLimited : Reason.BreakerTripped,
                breaker.reason() + said + ": nobody is contacted until a person has looked at it and set the annotation"
                        + " beckon.dev/acknowledge=" + breaker.id() + ".",
                true,
                false,
                Optional.of(breaker)));
    }

    private Optional<Course> invalid(Observed observed) {
        InviteCampaignSpec spec = observed.campaign().getSpec();
        try {
            ZoneId.of(spec.pacing().window().timeZone());
        } catch (DateTimeException e) {
            return Optional.of(halted(
                    Reason.InvalidSpec,
                    "spec.pacing.window.timeZone names no time zone that this release knows: "
                            + spec.pacing().window().timeZone() + "."));
        }
        if (!factory.supports(spec.audience())) {
            return Optional.of(halted(
                    Reason.InvalidSpec,
                    "spec.audience has no source that this release supports: use inline, secretRef or configMapRef."));
        }
        String identity = factory.identity(spec);
        boolean changed =
                observed.runs().stream().anyMatch(run -> !run.content().startsWith(identity));
        return changed
                ? Optional.of(halted(
                        Reason.ImmutableFieldChanged,
                        "target, accounts, audience or consent changed after the campaign had started. Put them back, or create"
                                + " a new campaign."))
                : Optional.empty();
    }

    private static Course halted(Reason reason, String message) {
        return new Course.Halted(State.Paused, reason, message, true, true, Optional.empty());
    }

    private Course active(Observed observed, Optional<CampaignReport> report) {
        boolean imported = report.map(CampaignReport::imported).orElse(false);
        List<Standing> standings = new ArrayList<>();
        for (TelegramAccount account : observed.accounts()) {
            standings.add(standing(observed, account, report));
        }
        return new Course.Active(imported ? standings : onlyFirst(standings), problem(observed, report));
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

    private Standing standing(Observed observed, TelegramAccount account, Optional<CampaignReport> report) {
        Instant now = observed.now();
        List<WorkerRun> runs = observed.runsWith(account);
        String content = factory.content(observed.campaign(), account, observed.accounts());
        Optional<WorkerRun> active = runs.stream().filter(WorkerRun::active).findFirst();
        if (active.isPresent()) {
            Optional<String> trouble = Optional.ofNullable(
                            observed.pods().get(active.get().name()))
                    .flatMap(WorkerPod::trouble);
            return new Standing.Working(
                    account, active.get(), !active.get().content().equals(content), trouble);
        }
        Optional<AccountShare> share = report.stream()
                .flatMap(it -> it.accounts().stream())
                .filter(it -> it.accountUid().equals(account.getMetadata().getUid()))
                .findFirst();
        if (report.filter(CampaignReport::imported).isPresent()
                && share.map(AccountShare::pending).orElse(0L) == 0) {
            return new Standing.NothingToDo(account);
        }
        return AccountJudge.hindrance(account, now)
                .orElseGet(() -> next(observed, account, share, WorkerRun.latest(runs), content));
    }

    private Standing next(
            Observed observed,
            TelegramAccount account,
            Optional<AccountShare> share,
            Optional<WorkerRun> last,
            String content) {
        Instant now = observed.now();
        boolean edited = last.map(run -> !run.content().equals(content)).orElse(false);
        int run = last.map(WorkerRun::run).orElse(0) + 1;
        Sequel sequel = last.map(it ->
                        history.after(it, Optional.ofNullable(observed.pods().get(it.name()))))
                .orElse(new Sequel.Free(0));
        // An edited order is a new attempt at once: it may well be the remedy.
        if (edited) {
            return new Standing.Due(account, run, 0);
        }
        return switch (sequel) {
            case Sequel.Fault fault
            when fault.until().isAfter(now) ->
                new Standing.Blocked(account, fault.reason(), fault.message(), Optional.of(fault.until()));
            case Sequel.BackOff wait
            when wait.until().isAfter(now) ->
                new Standing.Until(account, wait.until(), Reason.WorkerBackOff, wait.message());
            case Sequel.Fault fault -> new Standing.Due(account, run, fault.failures());
            case Sequel.BackOff wait -> new Standing.Due(account, run, wait.failures());
            case Sequel.Free free ->
                share.flatMap(AccountShare::nextActionTime)
                        .filter(at -> at.isAfter(now))
                        .<Standing>map(at -> waiting(account, at, share.flatMap(AccountShare::waitingFor)))
                        .orElseGet(() -> new Standing.Due(account, run, free.failures()));
        };
    }

    private static Standing waiting(TelegramAccount account, Instant at, Optional<String> waitingFor) {
        Reason reason = waitingFor.flatMap(Reason::of).orElse(Reason.Pause);
        return new Standing.Until(account, at, reason, "");
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
                        share.pending()
                                + " people are assigned to a TelegramAccount that is gone. Hand them to another one with"
                                + " the annotation beckon.dev/reassign=" + share.accountUid() + ":<account>."));
    }

    private static Optional<Course.Problem> unknownAccount(Observed observed) {
        if (!observed.unknownAccounts().isEmpty()) {
            return Optional.of(new Course.Problem(
                    Reason.AccountUnknown,
                    "There is no TelegramAccount " + String.join(", ", observed.unknownAccounts())
                            + " in this namespace."));
        }
        return observed.accounts().isEmpty()
                ? Optional.of(new Course.Problem(
                        Reason.AccountUnknown, "No TelegramAccount of this namespace matches spec.accounts.selector."))
                : Optional.empty();
    }

    private static String totals(CampaignReport report) {
        CampaignReport.Counts counts = report.counts();
        String unknown = counts.unknown() == 0
                ? ""
                : ", " + counts.unknown()
                        + " of unknown outcome (annotation beckon.dev/requeue-unknown tries them again)";
        return counts.total() + " people: " + counts.invited() + " invited, " + counts.linkSent() + " sent the link, "
                + counts.alreadyMember() + " were members, " + counts.skipped() + " skipped, " + counts.failed()
                + " failed" + unknown + ".";
    }
}
