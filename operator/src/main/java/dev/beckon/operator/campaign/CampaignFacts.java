package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.AccountProgress;
import dev.beckon.crd.InviteCampaignStatus.OutcomeCount;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.crd.InviteCampaignStatusBuilder;
import dev.beckon.crd.LastError;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.Statuses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of a status that comes from the ledger: sums and causes. Pure. */
final class CampaignFacts {
    private CampaignFacts() {}

    /** What a report says; without one, what the last one said. */
    static void write(InviteCampaignStatusBuilder status, Observed observed, Course course) {
        InviteCampaignStatus before = observed.before();
        Optional<CampaignReport> report = observed.report();
        if (report.isPresent()) {
            fresh(status, report.get());
            CampaignRate.of(report.get(), observed, course).write(status);
        } else {
            asBefore(status, before);
        }
        // What the accounts do after the end is no news of the campaign, and would not be true for long.
        status.accounts(course instanceof Course.Ended ? List.of() : accounts(observed));
    }

    private static void fresh(InviteCampaignStatusBuilder status, CampaignReport report) {
        CampaignReport.Counts counts = report.counts();
        if (report.imported() || counts.total() > 0) {
            status.progress(Progress.of(
                    counts.total(),
                    counts.invited(),
                    counts.linkSent(),
                    counts.alreadyMember(),
                    counts.skipped(),
                    counts.failed(),
                    counts.pending(),
                    counts.inFlight(),
                    counts.unknown()));
        }
        status.outcomes(outcomes(report));
        status.lastError(report.lastError()
                .map(it -> new LastError(it.reason(), it.message(), Statuses.seconds(it.at())))
                .orElse(null));
        status.lastInviteTime(report.lastInviteTime().map(Statuses::seconds).orElse(null));
    }

    private static List<OutcomeCount> outcomes(CampaignReport report) {
        List<OutcomeCount> outcomes = new ArrayList<>();
        report.outcomes().forEach(it -> outcomes.add(new OutcomeCount(it.reason(), it.count())));
        // Lines that are no person of their own: told beside the people, counted apart from them.
        report.lines().forEach(it -> outcomes.add(new OutcomeCount(it.reason(), it.count())));
        return outcomes;
    }

    private static void asBefore(InviteCampaignStatusBuilder status, InviteCampaignStatus before) {
        status.progress(before.progress())
                .outcomes(before.outcomes())
                .ratePerHour(before.ratePerHour())
                .estimatedCompletionTime(before.estimatedCompletionTime())
                .lastError(before.lastError())
                .lastInviteTime(before.lastInviteTime());
    }

    private static List<AccountProgress> accounts(Observed observed) {
        return observed.accounts().stream()
                .map(it -> account(
                        it,
                        Optional.ofNullable(
                                observed.invitedToday().get(it.getMetadata().getUid()))))
                .toList();
    }

    /** @param invited what the ledger says; the account's own status is told less often */
    private static AccountProgress account(TelegramAccount account, Optional<Integer> invited) {
        Optional<TelegramAccountStatus> status = Optional.ofNullable(account.getStatus());
        int today = invited.or(() -> status.map(TelegramAccountStatus::usage).map(TelegramAccountStatus.Usage::invites))
                .orElse(0);
        return new AccountProgress(
                account.getMetadata().getName(),
                status.map(TelegramAccountStatus::state).orElse(null),
                today,
                Math.max(0, account.getSpec().limits().invitesPerDay() - today));
    }
}
