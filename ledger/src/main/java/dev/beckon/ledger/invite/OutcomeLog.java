package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.people.PersonVault.Opened;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import dev.beckon.ledger.sql.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** One row per attempt, appended and never changed: no service has the right to. */
public final class OutcomeLog {
    private static final int PAGE = 2_000;

    private final Database database;
    private final Campaigns campaigns;
    private final PersonVault vault;

    public OutcomeLog(Database database, Campaigns campaigns, PersonVault vault) {
        this.database = database;
        this.campaigns = campaigns;
        this.vault = vault;
    }

    /** A row to be appended; {@code ordinal} is the line of the audience for what was skipped at import. */
    record Entry(
            long at,
            long campaignId,
            Optional<Long> accountId,
            Optional<Long> chatId,
            long ordinal,
            Optional<LookupKey> personRef,
            Optional<Long> intentId,
            String action,
            OutcomeStatus status,
            String reason,
            Optional<String> raw) {}

    static void append(Handle handle, Entry entry) {
        append(handle, List.of(entry));
    }

    static void append(Handle handle, List<Entry> entries) {
        PreparedBatch batch =
                handle.prepareBatch("INSERT INTO beckon_audit.outcome (at, campaign_id, account_id, chat_id,"
                        + " ordinal, person_ref, intent_id, action, status, reason, raw) VALUES (:at, :campaign, :account, :chat,"
                        + " :ordinal, :ref, :intent, :action, :status, :reason, :raw)");
        for (Entry entry : entries) {
            batch.bind("at", entry.at)
                    .bind("campaign", entry.campaignId)
                    .bind("account", entry.accountId.orElse(null))
                    .bind("chat", entry.chatId.orElse(null))
                    .bind("ordinal", entry.ordinal)
                    .bind("ref", entry.personRef.orElse(null))
                    .bind("intent", entry.intentId.orElse(null))
                    .bind("action", entry.action)
                    .bind("status", entry.status.name())
                    .bind("reason", entry.reason)
                    .bind("raw", entry.raw.map(text -> Text.bounded(text, 512)).orElse(null))
                    .add();
        }
        batch.execute();
    }

    /** An outcome as it is read; the person only where they are still stored. Printed without the person. */
    public record Row(
            long outcomeId,
            Instant at,
            Optional<String> account,
            Optional<Long> chatId,
            long ordinal,
            Optional<Person> person,
            String action,
            OutcomeStatus status,
            String reason,
            Optional<String> raw) {
        @Override
        public String toString() {
            return "Row[outcomeId=" + outcomeId + ", status=" + status + "]";
        }
    }

    /** Reads a campaign's log from its beginning, page by page, in bounded memory. */
    public void forEach(String campaignUid, Consumer<Row> reader) {
        long campaignId = campaigns.idOf(campaignUid);
        long after = 0;
        while (true) {
            long from = after;
            List<Row> page = database.read("read outcomes", handle -> page(handle, campaignUid, campaignId, from));
            page.forEach(reader);
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().outcomeId();
        }
    }

    private List<Row> page(Handle handle, String campaignUid, long campaignId, long after) {
        return handle.createQuery(
                        "SELECT o.outcome_id, o.at, a.name, o.chat_id, o.ordinal, o.action, o.status, o.reason,"
                                + " o.raw, p.identity, p.consent_basis FROM beckon_audit.outcome o"
                                + " LEFT JOIN beckon_accounts.account a ON a.account_id = o.account_id"
                                + " LEFT JOIN beckon_invite.person p ON p.campaign_id = o.campaign_id AND p.ordinal = o.ordinal"
                                + " AND o.action <> 'Import'"
                                + " WHERE o.campaign_id = :campaign AND o.outcome_id > :after ORDER BY o.outcome_id LIMIT "
                                + PAGE)
                .bind("campaign", campaignId)
                .bind("after", after)
                .map((row, context) -> read(row, campaignUid))
                .list();
    }

    private Row read(ResultSet row, String campaignUid) throws SQLException {
        byte[] identity = row.getBytes("identity");
        // An empty one is a person who was erased.
        Optional<Person> person = identity == null || identity.length == 0
                ? Optional.empty()
                : person(
                        identity,
                        Consent.Basis.valueOf(row.getString("consent_basis")),
                        campaignUid,
                        row.getLong("ordinal"));
        return new Row(
                row.getLong("outcome_id"),
                Instants.of(row, "at"),
                Optional.ofNullable(row.getString("name")),
                Optional.ofNullable(row.getObject("chat_id", Long.class)),
                row.getLong("ordinal"),
                person,
                row.getString("action"),
                OutcomeStatus.valueOf(row.getString("status")),
                row.getString("reason"),
                Optional.ofNullable(row.getString("raw")));
    }

    /** One whom nobody can read any more is known by their number alone; other keys than theirs are a mistake that is told. */
    private Optional<Person> person(byte[] identity, Consent.Basis basis, String campaignUid, long ordinal) {
        return switch (vault.read(identity, basis, campaignUid, ordinal)) {
            case Opened.Known(Person person) -> Optional.of(person);
            case Opened.Damaged _ -> Optional.empty();
            case Opened.NotHere _ -> Optional.of(vault.open(identity, basis, campaignUid, ordinal));
        };
    }

    /**
     * The newest attempts of a campaign, newest first, for its breaker: without what was skipped at import or put off, and
     * none from before the campaign's last acknowledged breaker.
     *
     * @param count at most
     */
    public List<OutcomeStatus> recent(String campaignUid, int count) {
        long campaignId = campaigns.idOf(campaignUid);
        return database.read(
                "read recent outcomes",
                handle -> new ArrayList<>(handle.createQuery(
                                "SELECT status FROM beckon_audit.outcome WHERE campaign_id = :campaign AND action NOT IN ('Import', 'Webhook')"
                                        + " AND status NOT IN ('Deferred', 'Reverted') AND at > (SELECT"
                                        + " COALESCE(MAX(acknowledged_at), 0) FROM beckon_invite.breaker"
                                        + " WHERE campaign_id = :campaign) ORDER BY outcome_id DESC LIMIT " + count)
                        .bind("campaign", campaignId)
                        .map((row, context) -> OutcomeStatus.valueOf(row.getString("status")))
                        .list()));
    }
}
