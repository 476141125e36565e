package dev.beckon.ledger.report;

import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.invite.Tally;
import dev.beckon.ledger.report.CampaignReport.AccountShare;
import dev.beckon.ledger.report.CampaignReport.BreakerReport;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import dev.beckon.ledger.report.CampaignReport.LineCount;
import dev.beckon.ledger.report.CampaignReport.Newest;
import dev.beckon.ledger.report.CampaignReport.OutcomeCount;
import dev.beckon.ledger.sql.Instants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Five statements for any number of campaigns, put together in memory. */
final class CampaignReportQuery {
    private static final int RATE_BUCKETS = 6;

    private static String newest(String column) {
        return "(SELECT p." + column + " FROM beckon_invite.person p WHERE p.campaign_id = ca.campaign_id"
                + " AND p.account_id = ca.account_id AND p.state = 'Pending' AND p.not_before <= :now"
                // The last entry of the index, however many people wait.
                + " ORDER BY p.not_before DESC, p.ordinal DESC LIMIT 1) AS newest_" + column;
    }

    private final Handle handle;
    private final long now;

    CampaignReportQuery(Handle handle, long now) {
        this.handle = handle;
        this.now = now;
    }

    private record Head(long campaignId, String uid, boolean imported) {}

    private record TallyRow(long campaignId, long accountId, Tally.Cell cell, long people) {}

    private record AccountRow(
            long campaignId,
            long accountId,
            String uid,
            Optional<Instant> next,
            Optional<String> waitingFor,
            Optional<Instant> first,
            Optional<Instant> lastInvite,
            Optional<Newest> newest,
            Optional<ErrorReport> error) {}

    /** @param since beginning of the first ten minutes that count */
    private record Pace(long people, Instant since) {}

    Map<String, CampaignReport> reports(Collection<String> uids, long sequence) {
        List<Head> heads = heads(List.copyOf(uids));
        if (heads.isEmpty()) {
            return Map.of();
        }
        List<Long> ids = heads.stream().map(Head::campaignId).toList();
        Map<Long, List<TallyRow>> tallies = grouped(tallies(ids), TallyRow::campaignId);
        Map<Long, List<AccountRow>> accounts = grouped(accounts(ids), AccountRow::campaignId);
        Map<Long, BreakerReport> breakers = breakers(ids);
        Map<Long, Pace> paces = paces(ids);
        Map<String, CampaignReport> reports = new LinkedHashMap<>();
        for (Head head : heads) {
            long id = head.campaignId;
            reports.put(
                    head.uid,
                    report(
                            head,
                            tallies.getOrDefault(id, List.of()),
                            accounts.getOrDefault(id, List.of()),
                            Optional.ofNullable(breakers.get(id)),
                            Optional.ofNullable(paces.get(id)),
                            sequence));
        }
        return reports;
    }

    private static <T> Map<Long, List<T>> grouped(List<T> rows, java.util.function.ToLongFunction<T> key) {
        Map<Long, List<T>> groups = new HashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(key.applyAsLong(row), id -> new ArrayList<>())
                .add(row));
        return groups;
    }

    private static CampaignReport report(
            Head head,
            List<TallyRow> tallies,
            List<AccountRow> accounts,
            Optional<BreakerReport> breaker,
            Optional<Pace> pace,
            long sequence) {
        Optional<Instant> started =
                accounts.stream().flatMap(a -> a.first.stream()).min(Comparator.naturalOrder());
        Optional<AccountRow> next = accounts.stream()
                .filter(account -> account.next.isPresent())
                .min(Comparator.comparing(account -> account.next.get()));
        return new CampaignReport(
                head.uid,
                head.imported,
                counts(tallies),
                outcomes(tallies),
                lines(tallies),
                accounts.stream().map(account -> share(account, tallies)).toList(),
                accounts.stream().flatMap(a -> a.error.stream()).max(Comparator.comparing(ErrorReport::at)),
                breaker,
                started,
                accounts.stream().flatMap(a -> a.lastInvite.stream()).max(Comparator.naturalOrder()),
                pace.map(Pace::people).orElse(0L),
                pace.map(it -> started.filter(it.since::isBefore).orElse(it.since)),
                next.flatMap(AccountRow::next),
                next.flatMap(AccountRow::waitingFor),
                sequence);
    }

    private static long sum(List<TallyRow> rows, Predicate<TallyRow> which) {
        return rows.stream().filter(which).mapToLong(TallyRow::people).sum();
    }

    private static long inState(List<TallyRow> rows, String state) {
        return sum(rows, row -> row.cell.state().equals(state));
    }

    private static long done(List<TallyRow> rows, OutcomeStatus status) {
        return sum(rows, row -> isDone(row) && row.cell.status().equals(status.name()));
    }

    private static boolean isDone(TallyRow row) {
        return row.cell.state().equals("Done") || row.cell.state().equals(Tally.AT_IMPORT);
    }

    private static Counts counts(List<TallyRow> rows) {
        return new Counts(
                sum(rows, row -> !row.cell.state().equals(Tally.LINE)),
                inState(rows, "Pending"),
                inState(rows, "InFlight"),
                inState(rows, "Unknown"),
                done(rows, OutcomeStatus.Invited),
                done(rows, OutcomeStatus.LinkSent),
                done(rows, OutcomeStatus.AlreadyMember),
                done(rows, OutcomeStatus.Skipped),
                done(rows, OutcomeStatus.Failed));
    }

    private static Map<String, Long> byReason(List<TallyRow> rows, Predicate<TallyRow> which) {
        Map<String, Long> byReason = new TreeMap<>();
        rows.stream()
                .filter(which)
                .filter(row -> !row.cell.reason().isEmpty() && row.people > 0)
                .forEach(row -> byReason.merge(row.cell.reason(), row.people, Long::sum));
        return byReason;
    }

    private static List<OutcomeCount> outcomes(List<TallyRow> rows) {
        return byReason(rows, row -> !row.cell.state().equals(Tally.LINE)).entrySet().stream()
                .map(entry -> new OutcomeCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(OutcomeCount::count).reversed().thenComparing(OutcomeCount::reason))
                .limit(CampaignReport.MAX_OUTCOMES)
                .toList();
    }

    private static List<LineCount> lines(List<TallyRow> rows) {
        return byReason(rows, row -> row.cell.state().equals(Tally.LINE)).entrySet().stream()
                .map(entry -> new LineCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static AccountShare share(AccountRow account, List<TallyRow> tallies) {
        List<TallyRow> own = tallies.stream()
                .filter(row -> row.accountId == account.accountId)
                .toList();
        return new AccountShare(
                account.uid,
                inState(own, "Pending") + inState(own, "InFlight"),
                sum(own, CampaignReportQuery::isDone),
                account.next,
                account.waitingFor,
                account.newest);
    }

    private List<Head> heads(List<String> uids) {
        return handle.createQuery("SELECT c.campaign_id, c.campaign_uid, COALESCE((SELECT i.state = 'Complete'"
                        + " FROM beckon_invite.audience_import i WHERE i.campaign_id = c.campaign_id"
                        + " ORDER BY i.import_no DESC LIMIT 1), EXISTS (SELECT 1 FROM beckon_invite.webhook_door d"
                        // Its people come one by one: there is nothing to wait for.
                        + " WHERE d.campaign_id = c.campaign_id)) AS imported"
                        + " FROM beckon_invite.campaign c WHERE c.campaign_uid IN (<uids>)")
                .bindList("uids", uids)
                .map((row, context) ->
                        new Head(row.getLong("campaign_id"), row.getString("campaign_uid"), row.getBoolean("imported")))
                .list();
    }

    private List<TallyRow> tallies(List<Long> ids) {
        return handle.createQuery("SELECT campaign_id, account_id, state, status, reason, people"
                        + " FROM beckon_invite.tally WHERE campaign_id IN (<ids>)")
                .bindList("ids", ids)
                .map((row, context) -> new TallyRow(
                        row.getLong("campaign_id"),
                        row.getLong("account_id"),
                        new Tally.Cell(row.getString("state"), row.getString("status"), row.getString("reason")),
                        row.getLong("people")))
                .list();
    }

    private List<AccountRow> accounts(List<Long> ids) {
        return handle.createQuery("SELECT ca.*, a.account_uid, " + newest("not_before") + ", " + newest("asked_at")
                        + " FROM beckon_invite.campaign_account ca"
                        + " JOIN beckon_accounts.account a ON a.account_id = ca.account_id"
                        + " WHERE ca.campaign_id IN (<ids>) ORDER BY ca.campaign_id, ca.position")
                .bindList("ids", ids)
                .bind("now", now)
                .map((row, context) -> {
                    Optional<Instant> errorAt = Instants.optional(row, "last_error_at");
                    Optional<Instant> newestAsked = Instants.optional(row, "newest_asked_at");
                    String reason = row.getString("last_error_reason");
                    String message = row.getString("last_error_message");
                    return new AccountRow(
                            row.getLong("campaign_id"),
                            row.getLong("account_id"),
                            row.getString("account_uid"),
                            Instants.optional(row, "next_action_at"),
                            Optional.ofNullable(row.getString("waiting_for")),
                            Instants.optional(row, "first_action_at"),
                            Instants.optional(row, "last_invite_at"),
                            Instants.optional(row, "newest_not_before").map(at -> new Newest(at, newestAsked)),
                            errorAt.map(at -> new ErrorReport(reason, message, at)));
                })
                .list();
    }

    private Map<Long, BreakerReport> breakers(List<Long> ids) {
        Map<Long, BreakerReport> breakers = new HashMap<>();
        handle.createQuery("SELECT campaign_id, breaker_id, reason, message FROM beckon_invite.breaker"
                        + " WHERE acknowledged_at IS NULL AND campaign_id IN (<ids>)"
                        + " UNION ALL SELECT ca.campaign_id, b.breaker_id, b.reason, b.message"
                        + " FROM beckon_invite.breaker b"
                        + " JOIN beckon_invite.campaign_account ca ON ca.account_id = b.account_id"
                        + " WHERE b.acknowledged_at IS NULL AND ca.campaign_id IN (<ids>)")
                .bindList("ids", ids)
                .map((row, context) -> breakers.putIfAbsent(
                        row.getLong("campaign_id"),
                        new BreakerReport(
                                row.getString("breaker_id"), row.getString("reason"), row.getString("message"))))
                .list();
        return breakers;
    }

    private Map<Long, Pace> paces(List<Long> ids) {
        Map<Long, Pace> paces = new HashMap<>();
        handle.createQuery("SELECT campaign_id, SUM(people) AS people, MIN(bucket) AS first FROM beckon_invite.pace"
                        + " WHERE campaign_id IN (<ids>) AND bucket >= :from GROUP BY campaign_id")
                .bindList("ids", ids)
                .bind("from", Tally.paceBucket(now) - RATE_BUCKETS)
                .map((row, context) -> paces.put(
                        row.getLong("campaign_id"),
                        new Pace(row.getLong("people"), Tally.paceBucketStart(row.getLong("first")))))
                .list();
        return paces;
    }
}
