package dev.beckon.ledger.webhook;

import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.invite.Campaigns;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import dev.beckon.ledger.sql.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The doors of webhook campaigns. The operator opens and closes them, each time the same way without a write; a gateway
 * reads them. Whoever closed a door may rely on it: no event that comes later gets in, whatever a gateway remembers.
 */
public final class WebhookDoors {
    private static final String SAME = "SELECT COUNT(*) FROM beckon_invite.webhook_door d"
            + " JOIN beckon_invite.campaign c ON c.campaign_id = d.campaign_id WHERE c.campaign_uid = :uid"
            + " AND d.state = 'Open' AND d.namespace = :namespace AND d.name = :name"
            + " AND d.secret_fingerprint = :fingerprint AND d.account_ids = :accounts AND d.consent_basis = :basis"
            + " AND d.consent_evidence <=> :evidence AND d.dedup_ms = :dedup AND d.events_per_minute = :perMinute"
            + " AND d.deadline_at <=> :deadline AND d.cluster_uid = :cluster";

    private final Database database;
    private final Campaigns campaigns;
    private final Accounts accounts;

    public WebhookDoors(Database database, Campaigns campaigns, Accounts accounts) {
        this.database = database;
        this.campaigns = campaigns;
        this.accounts = accounts;
    }

    /**
     * Lets events in for a campaign, which is registered with its accounts, or tells what changed.
     *
     * @return whether anything was written
     */
    public boolean open(Door door) {
        String accountIds = door.accountUids().stream()
                .map(accounts::idOf)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        boolean same = database.read(
                "look at webhook",
                handle -> bind(handle.createQuery(SAME), door, accountIds)
                                .bind("uid", door.campaignUid())
                                .mapTo(Integer.class)
                                .one()
                        > 0);
        if (same) {
            return false;
        }
        campaigns.register(door.campaignUid(), door.namespace(), door.name(), door.accountUids());
        long campaignId = campaigns.idOf(door.campaignUid());
        database.useTransaction("open webhook", handle -> write(handle, door, campaignId, accountIds));
        return true;
    }

    /** In two steps: to write a column in case of a duplicate is to read it, for which the operator has no right. */
    private void write(Handle handle, Door door, long campaignId, String accountIds) {
        handle.createUpdate(
                        "INSERT IGNORE INTO beckon_invite.webhook_door (campaign_id, namespace, name, state, version,"
                                + " account_ids, consent_basis, dedup_ms, events_per_minute, next_ordinal, changed_at)"
                                + " VALUES (:campaign, :namespace, :name, 'Gone', 0, '', 'Unknown', 0, 0, 1, :now)")
                .bind("campaign", campaignId)
                .bind("namespace", door.namespace())
                .bind("name", door.name())
                .bind("now", database.now())
                .execute();
        // Numbers go on behind whoever is in the campaign already.
        bind(
                        handle.createUpdate(
                                "UPDATE beckon_invite.webhook_door SET namespace = :namespace, name = :name,"
                                        + " state = 'Open', closed_because = NULL, version = version + 1, token_digest = :token,"
                                        + " signing_key = :key, secret_fingerprint = :fingerprint, account_ids = :accounts,"
                                        + " consent_basis = :basis, consent_evidence = :evidence, dedup_ms = :dedup,"
                                        + " events_per_minute = :perMinute, deadline_at = :deadline,"
                                        + " cluster_uid = :cluster, next_ordinal = GREATEST(next_ordinal,"
                                        + " (SELECT COALESCE(MAX(p.ordinal), 0) + 1 FROM beckon_invite.person p"
                                        + " WHERE p.campaign_id = :campaign)), changed_at = :now WHERE campaign_id = :campaign"),
                        door,
                        accountIds)
                .bind("campaign", campaignId)
                .bind("token", door.secret().tokenDigest().orElse(null))
                .bind("key", door.secret().signingKey().orElse(null))
                .bind("now", database.now())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Door door, String accountIds) {
        return statement
                .bind("namespace", door.namespace())
                .bind("name", door.name())
                .bind("fingerprint", door.secret().fingerprint())
                .bind("accounts", accountIds)
                .bind("basis", door.consent().basis().name())
                .bind("evidence", Text.bounded(door.consent().evidence().orElse(null), 1024))
                .bind("dedup", door.dedupWindow().toMillis())
                .bind("perMinute", door.eventsPerMinute())
                .bind("deadline", door.deadline().map(Instant::toEpochMilli).orElse(null))
                .bind("cluster", door.cluster());
    }

    /**
     * Lets nobody in any more; callers who show the right secret are told why. A campaign without a door keeps none.
     *
     * @param because a sentence for callers
     * @return whether anything was written
     */
    public boolean close(String campaignUid, String because) {
        return database.inTransaction(
                "close webhook",
                handle -> handle.createUpdate("UPDATE beckon_invite.webhook_door SET state = 'Closed',"
                                        + " closed_because = :because, version = version + 1, changed_at = :now"
                                        + " WHERE campaign_id = (SELECT c.campaign_id FROM beckon_invite.campaign c"
                                        + " WHERE c.campaign_uid = :uid) AND state <> 'Gone'"
                                        + " AND NOT (state = 'Closed' AND closed_because = :because)")
                                .bind("because", Text.bounded(because, 255))
                                .bind("now", database.now())
                                .bind("uid", campaignUid)
                                .execute()
                        > 0);
    }

    /** The campaign was deleted: its door is not found any more, and its secret forgotten. @return whether anything was written */
    public boolean gone(String campaignUid) {
        return database.inTransaction(
                "forget webhook",
                handle -> handle.createUpdate(
                                        "UPDATE beckon_invite.webhook_door SET state = 'Gone', token_digest = NULL,"
                                                + " signing_key = NULL, secret_fingerprint = NULL, version = version + 1,"
                                                + " changed_at = :now WHERE campaign_id = (SELECT c.campaign_id"
                                                + " FROM beckon_invite.campaign c WHERE c.campaign_uid = :uid) AND state <> 'Gone'")
                                .bind("now", database.now())
                                .bind("uid", campaignUid)
                                .execute()
                        > 0);
    }

    /** The same for all namespaces. */
    public List<String> known(String cluster) {
        return known(cluster, Optional.empty());
    }

    /**
     * Of which campaigns of a cluster doors are kept that are not gone: for an operator that was away when one was deleted. Those of which
     * nobody knows the cluster are among them.
     *
     * @param cluster as {@link Door#cluster}
     * @param namespace only of this one's campaigns; of all without it
     */
    public List<String> known(String cluster, Optional<String> namespace) {
        return database.read(
                "list webhooks",
                handle -> handle.createQuery("SELECT c.campaign_uid FROM beckon_invite.webhook_door d"
                                + " JOIN beckon_invite.campaign c ON c.campaign_id = d.campaign_id"
                                + " WHERE d.state <> 'Gone' AND d.cluster_uid IN ('', :cluster)"
                                + " AND (:namespace IS NULL OR d.namespace = :namespace) ORDER BY d.campaign_id")
                        .bind("namespace", namespace.orElse(null))
                        .bind("cluster", cluster)
                        .mapTo(String.class)
                        .list());
    }

    /**
     * A number that differs whenever {@link #all} would, since the last time at least: a gateway that looks often reads the
     * doors only then.
     */
    public long stamp() {
        return database.read(
                "look at webhooks",
                handle -> handle.createQuery("SELECT COALESCE(SUM(version), 0) FROM beckon_invite.webhook_door")
                        .mapTo(Long.class)
                        .one());
    }

    /**
     * Every door that is not gone. Of several with one name, since names are used again, only the one that is open, else the
     * newest.
     */
    public List<FoundDoor> all() {
        return database.read(
                "read webhooks",
                handle -> List.copyOf(handle
                        .createQuery("SELECT d.*, c.campaign_uid FROM beckon_invite.webhook_door d"
                                + " JOIN beckon_invite.campaign c ON c.campaign_id = d.campaign_id"
                                + " WHERE d.state <> 'Gone' ORDER BY d.state = 'Open', d.campaign_id")
                        .map((row, context) -> found(row))
                        .stream()
                        .collect(Collectors.toMap(
                                door -> door.namespace() + "/" + door.name(), door -> door, (older, newer) -> newer))
                        .values()));
    }

    private static FoundDoor found(ResultSet row) throws SQLException {
        boolean open = row.getString("state").equals("Open");
        return new FoundDoor(
                row.getString("namespace"),
                row.getString("name"),
                row.getLong("campaign_id"),
                row.getString("campaign_uid"),
                row.getLong("version"),
                open ? Optional.empty() : Optional.of(row.getString("closed_because")),
                Optional.ofNullable(row.getBytes("token_digest")).map(LookupKey::new),
                Optional.ofNullable(row.getBytes("signing_key")),
                Arrays.stream(row.getString("account_ids").split(","))
                        .map(Long::valueOf)
                        .toList(),
                new Consent(
                        Consent.Basis.valueOf(row.getString("consent_basis")),
                        Optional.ofNullable(row.getString("consent_evidence")),
                        Optional.empty()),
                Duration.ofMillis(row.getLong("dedup_ms")),
                row.getInt("events_per_minute"),
                Instants.optional(row, "deadline_at"));
    }
}
