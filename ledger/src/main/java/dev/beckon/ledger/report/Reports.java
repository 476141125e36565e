package dev.beckon.ledger.report;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import dev.beckon.ledger.sql.SequenceLanes;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads reports for many campaigns, parsers, schedules or accounts at once: the number of statements does not grow with theirs. */
public final class Reports {
    private final Database database;

    public Reports(Database database) {
        this.database = database;
    }

    /** The ledger's sequence number. It falls only when an older backup was restored. */
    public long sequence() {
        return database.read("read sequence", SequenceLanes::current);
    }

    /** Reports by uid; a campaign that the ledger does not know is absent. */
    public Map<String, CampaignReport> campaigns(Collection<String> uids) {
        if (uids.isEmpty()) {
            return Map.of();
        }
        return database.read("read campaign reports", handle -> {
            // Read before the counts: a status never claims a later number than what it was computed from.
            long sequence = SequenceLanes.current(handle);
            return new CampaignReportQuery(handle, database.now()).reports(uids, sequence);
        });
    }

    /** Reports by uid; an account that the ledger does not know is absent. */
    public Map<String, AccountReport> accounts(Collection<String> uids) {
        if (uids.isEmpty()) {
            return Map.of();
        }
        return database.read("read account reports", handle -> {
            long sequence = SequenceLanes.current(handle);
            Map<Long, Map<Usage.Kind, Integer>> usage = usage(handle, uids);
            Map<String, AccountReport> reports = new HashMap<>();
            rows(handle, uids, usage, sequence).forEach(report -> reports.put(report.accountUid(), report));
            return reports;
        });
    }

    /** Reports by uid; a parser whose first run has not begun is absent. */
    public Map<String, ParserReport> parsers(Collection<String> uids) {
        return uids.isEmpty()
                ? Map.of()
                : database.read("read parser reports", handle -> new ParserReportQuery(handle).reports(uids));
    }

    /** Reports by uid; a schedule whose first run has not begun is absent. */
    public Map<String, AutopostReport> autoposts(Collection<String> uids) {
        if (uids.isEmpty()) {
            return Map.of();
        }
        return database.read("read autopost reports", handle -> {
            long sequence = SequenceLanes.current(handle);
            return new AutopostReportQuery(handle).reports(uids, sequence);
        });
    }

    private Map<Long, Map<Usage.Kind, Integer>> usage(Handle handle, Collection<String> uids) {
        Map<Long, Map<Usage.Kind, Integer>> byUser = new HashMap<>();
        handle.createQuery("SELECT u.telegram_user_id, u.kind, COUNT(*) AS uses FROM beckon_accounts.account_use u"
                        + " WHERE u.telegram_user_id IN (SELECT a.telegram_user_id FROM beckon_accounts.account a"
                        + " WHERE a.account_uid IN (<uids>)) AND u.used_at > :since"
                        + " GROUP BY u.telegram_user_id, u.kind")
                .bindList("uids", List.copyOf(uids))
                .bind("since", database.now() - Usage.WINDOW.toMillis())
                .map((row, context) -> byUser.computeIfAbsent(row.getLong("telegram_user_id"), user -> new HashMap<>())
                        .put(Usage.Kind.valueOf(row.getString("kind")), row.getInt("uses")))
                .list();
        return byUser;
    }

    private List<AccountReport> rows(
            Handle handle, Collection<String> uids, Map<Long, Map<Usage.Kind, Integer>> usage, long sequence) {
        long now = database.now();
        return handle.createQuery(
                        "SELECT a.*, l.holder, l.since, l.expires_at, b.breaker_id, b.reason AS breaker_reason,"
                                + " b.message AS breaker_message, (SELECT MAX(s.saved_at) FROM beckon_accounts.session_bundle s"
                                + " WHERE s.account_id = a.account_id) AS session_saved_at FROM beckon_accounts.account a"
                                + " JOIN beckon_accounts.lease l ON l.account_id = a.account_id"
                                // Of the Telegram user, by whatever name it came: an account that was made anew is no
                                // way
                                // around it.
                                + " LEFT JOIN beckon_invite.breaker b ON b.breaker_id = COALESCE("
                                + "(SELECT MIN(o.breaker_id) FROM beckon_invite.breaker o"
                                + " WHERE o.account_id = a.account_id AND o.acknowledged_at IS NULL),"
                                + " (SELECT MIN(o.breaker_id) FROM beckon_accounts.account twin"
                                + " JOIN beckon_invite.breaker o ON o.account_id = twin.account_id"
                                + " AND o.acknowledged_at IS NULL WHERE twin.telegram_user_id = a.telegram_user_id))"
                                + " WHERE a.account_uid IN (<uids>)")
                .bindList("uids", List.copyOf(uids))
                .map((row, context) -> {
                    Optional<Long> user = Optional.ofNullable(row.getObject("telegram_user_id", Long.class));
                    Map<Usage.Kind, Integer> used = user.map(usage::get).orElse(Map.of());
                    Instant coolDownUntil = Instants.of(row, "cool_down_until");
                    boolean cooling = coolDownUntil.toEpochMilli() > now;
                    AccountState stored = AccountState.valueOf(row.getString("state"));
                    String displayName = row.getString("display_name");
                    Optional<String> username = Optional.ofNullable(row.getString("username"));
                    Optional<String> phone = Optional.ofNullable(row.getString("phone_masked"));
                    Optional<Instant> qrExpires = Instants.optional(row, "qr_expires_at");
                    Optional<Instant> savedAt = Instants.optional(row, "session_saved_at");
                    String qrLink = row.getString("qr_link");
                    String holder = row.getString("holder");
                    Instant since = Instants.of(row, "since");
                    Instant expires = Instants.of(row, "expires_at");
                    String breaker = row.getString("breaker_id");
                    String breakerReason = row.getString("breaker_reason");
                    String breakerMessage = row.getString("breaker_message");
                    return new AccountReport(
                            row.getString("account_uid"),
                            cooling && stored == AccountState.Ready ? AccountState.CoolingDown : stored,
                            Optional.ofNullable(row.getString("state_reason")),
                            Optional.ofNullable(row.getString("state_message")),
                            cooling ? Optional.of(coolDownUntil) : Optional.empty(),
                            user.map(id -> new AccountReport.TelegramUser(id, username, displayName, phone)),
                            qrExpires.map(at -> new AccountReport.QrCode(qrLink, at)),
                            used.getOrDefault(Usage.Kind.Invite, 0),
                            used.getOrDefault(Usage.Kind.Message, 0),
                            used.getOrDefault(Usage.Kind.Join, 0),
                            used.getOrDefault(Usage.Kind.Lookup, 0),
                            Optional.ofNullable(holder).map(h -> new AccountReport.LeaseHolder(h, since, expires)),
                            Optional.ofNullable(breaker)
                                    .map(id -> new CampaignReport.BreakerReport(id, breakerReason, breakerMessage)),
                            savedAt.isPresent(),
                            savedAt,
                            sequence);
                })
                .list();
    }

    /**
     * A person accepts that the ledger was restored from a backup that is older than a status: the number is raised to that of
     * the status, so that work goes on, and {@link #restoredAt} is told to workers.
     *
     * @param found when that was found out: what was sent before then the ledger may have forgotten
     */
    public void acknowledgeRestored(long atLeast, Instant found) {
        database.useTransaction("acknowledge restored ledger", handle -> {
            // Locks the common lane, so that two acknowledgements do not add up.
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
            // Also when the work of others has raised the number meanwhile: what was forgotten stays forgotten.
            handle.createUpdate("INSERT INTO beckon_audit.restored (found_at) VALUES (:found)")
                    .bind("found", found.toEpochMilli())
                    .execute();
            long missing = atLeast - SequenceLanes.current(handle);
            if (missing > 0) {
                SequenceLanes.raiseBy(handle, SequenceLanes.COMMON, missing);
            }
        });
    }

    /** When the newest restoration was found that a person has accepted; empty if that never happened. */
    public Optional<Instant> restoredAt() {
        return database.read(
                        "read restored",
                        handle -> handle.createQuery("SELECT MAX(found_at) FROM beckon_audit.restored")
                                .mapTo(Long.class)
                                .findOne())
                .map(Instant::ofEpochMilli);
    }
}
