package dev.beckon.demo.proof;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.invite.OutcomeLog;
import dev.beckon.ledger.report.AccountReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the three witnesses of a run say, before anybody compares it.
 *
 * @param campaigns with their statuses, as Kubernetes has them
 * @param accounts likewise
 * @param audiences how many lines each campaign's audience has, by uid, where that can be counted
 * @param log the ledger's rows by the campaign's uid, oldest first
 * @param reports what the ledger says of accounts, by uid
 * @param contacts what Telegram saw, oldest first
 * @param overlaps how often one auth key was in use by two processes at once
 */
public record Evidence(
        List<InviteCampaign> campaigns,
        List<TelegramAccount> accounts,
        Map<String, Long> audiences,
        Map<String, List<OutcomeLog.Row>> log,
        Map<String, AccountReport> reports,
        List<TruthDoor.Contact> contacts,
        int overlaps) {

    /**
     * Asks the ledger and Telegram.
     *
     * @param files of the campaigns' namespace
     */
    public static Evidence gather(
            List<InviteCampaign> campaigns,
            List<TelegramAccount> accounts,
            UserFiles files,
            Ledger ledger,
            TruthDoor truth) {
        Map<String, Long> audiences = new HashMap<>();
        Map<String, List<OutcomeLog.Row>> log = new HashMap<>();
        for (InviteCampaign campaign : campaigns) {
            List<OutcomeLog.Row> rows = new ArrayList<>();
            ledger.outcomes().forEach(campaign.getMetadata().getUid(), rows::add);
            log.put(campaign.getMetadata().getUid(), rows);
            AudienceLines.of(
                            campaign.getMetadata().getNamespace(),
                            campaign.getSpec().audience(),
                            files)
                    .ifPresent(lines -> audiences.put(campaign.getMetadata().getUid(), lines));
        }
        Map<String, AccountReport> reports = ledger.reports()
                .accounts(accounts.stream()
                        .map(account -> account.getMetadata().getUid())
                        .toList());
        return new Evidence(campaigns, accounts, audiences, log, reports, truth.contacts(), truth.overlaps());
    }

    /** Whether every account's status tells its last use: that is written up to a minute after it changed. */
    public boolean usageIsTold() {
        return accounts.stream()
                .allMatch(account -> StatusProof.upToDate(
                        account,
                        Optional.ofNullable(reports.get(account.getMetadata().getUid()))));
    }
}
