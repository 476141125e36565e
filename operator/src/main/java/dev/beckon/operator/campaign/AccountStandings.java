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
        if (report.filter(CampaignReport::imported).isPresent()
                && share.map(AccountShare::pending).orElse(0L) == 0) {
            return new Standing.NothingToDo(account);
        }
        return AccountJudge.hindrance(account, Owner.Kind.CAMPAIGN, now)
                .map(it -> hindered(account, it))
                .or(() -> AudienceJudge.hindrance(observed, account))
                .orElseGet(() -> next(observed, account, share, WorkerRun.latest(runs), content));
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
                new Standing.Blocked(
                        account,
                        fault.reason(),
                        fault.message() + " Tried again at " + Statuses.seconds(fault.until())
                                + (fault.reason() == Reason.AudienceUnreadable
                                                && AudienceJudge.isFile(observed.campaign())
                                        ? ", or soon after the campaign or its audience's file is edited."
                                        // What was mended elsewhere, such as a chat's rights, is not seen at once.
                                        : ", or at once when the campaign is edited."),
                        Optional.of(fault.until()));
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
}
