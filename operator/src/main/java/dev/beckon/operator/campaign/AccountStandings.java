package dev.beckon.operator.campaign;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.AccountShare;
import dev.beckon.operator.Settings;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.account.AccountJudge;
import dev.beckon.operator.account.AccountJudge.Hindrance;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.RunFaults;
import dev.beckon.operator.worker.RunHistory;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides how each account of a campaign that goes on stands, and whether its next worker is due. Pure. */
final class AccountStandings {
    private final CampaignWorkerFactory factory;
    private final RunHistory history;

    AccountStandings(CampaignWorkerFactory factory, Settings settings) {
        this.factory = factory;
        this.history = new RunHistory(settings);
    }

    Standing standing(Observed observed, TelegramAccount account, Optional<CampaignReport> report) {
        Instant now = observed.now();
        List<WorkerRun> runs = observed.runsWith(account);
        String content = factory.content(observed.campaign(), observed.parser(), account, observed.accounts());
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
        if ((observed.isWebhook() || observed.imported())
                && share.map(AccountShare::pending).orElse(0L) == 0) {
            return new Standing.NothingToDo(account);
        }
        return AccountJudge.hindrance(account, Owner.Kind.CAMPAIGN, now)
                .map(it -> hindered(account, it))
                .or(() -> AudienceJudge.hindrance(observed, account))
                .orElseGet(() -> next(observed, account, share, runs, content));
    }

    private static Standing hindered(TelegramAccount account, Hindrance hindrance) {
        return switch (hindrance) {
            case Hindrance.Until it -> new Standing.Until(account, it.at(), it.reason(), it.message());
            case Hindrance.Awaiting it -> new Standing.Awaiting(account, it.reason(), it.message());
            case Hindrance.Blocked it -> new Standing.Blocked(account, it.reason(), it.message(), Optional.empty());
        };
    }

    private Standing next(
            Observed observed,
            TelegramAccount account,
            Optional<AccountShare> share,
            List<WorkerRun> runs,
            String content) {
        Instant now = observed.now();
        Optional<WorkerRun> last = WorkerRun.latest(runs);
        boolean edited = last.map(run -> !run.content().equals(content)).orElse(false);
        // A Deployment stays the same from run to run, until its campaign is edited.
        boolean next = edited || last.isEmpty() || !observed.isWebhook();
        int run = last.map(WorkerRun::run).orElseGet(() -> before(observed, account)) + (next ? 1 : 0);
        Sequel sequel = last.map(it -> history.after(
                        it, runs, one -> Optional.ofNullable(observed.pods().get(one.name()))))
                .orElse(new Sequel.Free(0));
        // An edited order is a new attempt at once: it may well be the remedy.
        if (edited) {
            return new Standing.Due(account, run, 0);
        }
        return switch (sequel) {
            case Sequel.Fault fault
            when fault.awaitsWrite(now) && !AudienceJudge.changesUnseen(observed.campaign(), fault.reason()) ->
                new Standing.Blocked(
                        account,
                        fault.reason(),
                        RunFaults.untilWritten(fault, Owner.Kind.CAMPAIGN.words(), last.orElseThrow()),
                        fault.again(),
                        Optional.of(new Standing.OnWrite(
                                last.get().readAfter(),
                                fault.onWrite().orElseThrow(),
                                new Standing.Due(account, run, fault.failures()))));
            case Sequel.Fault fault
            when fault.until().isAfter(now) ->
                new Standing.Blocked(
                        account,
                        fault.reason(),
                        // What was mended elsewhere, such as a chat's rights, is not seen at once.
                        fault.message() + RunFaults.AGAIN + "at " + Statuses.seconds(fault.until())
                                + ", or at once when the campaign is edited.",
                        Optional.of(fault.until()));
            case Sequel.BackOff wait
            when wait.until().isAfter(now) ->
                new Standing.Until(account, wait.until(), Reason.WorkerBackOff, wait.message());
            case Sequel.Fault fault -> new Standing.Due(account, run, fault.failures());
            case Sequel.BackOff wait -> new Standing.Due(account, run, wait.failures());
            case Sequel.Rest _, Sequel.Free _
            when observed.isWebhook()
                    && share.filter(it -> Newcomers.areDue(it, now)).isPresent() -> new Standing.Due(account, run, 0);
            case Sequel.Rest rest
            when rest.until().isAfter(now) && ledgerWait(share, now).isEmpty() ->
                new Standing.Until(account, rest.until(), rest.reason(), rest.message());
            case Sequel.Rest rest -> byLedger(account, run, share, 0, now);
            case Sequel.Free free -> byLedger(account, run, share, free.failures(), now);
        };
    }

    /** The number of the last Job with an account of that name that is gone: its Job may still have its name. A Deployment has none. */
    private static int before(Observed observed, TelegramAccount account) {
        return observed.runs().stream()
                .filter(run -> run.deployed().isEmpty()
                        && run.accountName().equals(account.getMetadata().getName()))
                .mapToInt(WorkerRun::run)
                .max()
                .orElse(0);
    }

    private static Standing byLedger(
            TelegramAccount account, int run, Optional<AccountShare> share, int failures, Instant now) {
        return ledgerWait(share, now)
                .<Standing>map(at -> waiting(account, at, share.flatMap(AccountShare::waitingFor)))
                .orElseGet(() -> new Standing.Due(account, run, failures));
    }

    private static Optional<Instant> ledgerWait(Optional<AccountShare> share, Instant now) {
        return share.flatMap(AccountShare::nextActionTime).filter(at -> at.isAfter(now));
    }

    private static Standing waiting(TelegramAccount account, Instant at, Optional<String> waitingFor) {
        Reason reason = waitingFor.flatMap(Reason::of).orElse(Reason.Pause);
        return new Standing.Until(account, at, reason, "");
    }
}
