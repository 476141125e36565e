package dev.beckon.ledger.invite;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.people.PersonVault;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What is kept of one human in every campaign, found by any of their names. For rights of access and erasure. */
public final class PersonRecords {
    private final Database database;
    private final PersonVault vault;

    public PersonRecords(Database database, PersonVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** One human as one campaign keeps them. Printed without them. */
    public record Kept(
            long campaignId,
            String campaignUid,
            Optional<String> namespace,
            Optional<String> campaign,
            long ordinal,
            Person person,
            String state,
            String status,
            String reason) {
        @Override
        public String toString() {
            return "Kept[campaign=" + campaignUid + ", ordinal=" + ordinal + "]";
        }
    }

    /** A line of the log of one human in one campaign. */
    public record Attempt(
            Instant at,
            Optional<String> account,
            Optional<Long> chatId,
            String action,
            String status,
            String reason,
            Optional<String> raw) {}

    /**
     * Everything that belongs to the human of these names, also by the names that are met on the way: whoever is given by
     * phone is found under the username that a campaign knows beside it.
     */
    public List<Kept> find(Identities person) {
        Set<Identities> names = new LinkedHashSet<>(List.of(person));
        Map<String, Kept> found = new LinkedHashMap<>();
        int before;
        do {
            before = names.size();
            for (Kept kept : database.read("find a person", handle -> lookUp(handle, keys(names)))) {
                found.put(kept.campaignId + "/" + kept.ordinal, kept);
                names.add(kept.person.identities());
            }
        } while (names.size() > before);
        return List.copyOf(found.values());
    }

    private List<LookupKey> keys(Collection<Identities> names) {
        return names.stream()
                .flatMap(name -> vault.lookups(name).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Campaign by campaign, since a name's key is only indexed within its campaign. */
    private List<Kept> lookUp(Handle handle, List<LookupKey> lookups) {
        return new ArrayList<>(handle.createQuery("SELECT DISTINCT c.campaign_id, c.campaign_uid, c.namespace, c.name,"
                        + " p.ordinal, p.identity, p.consent_basis, p.state, p.status, p.reason"
                        + " FROM beckon_invite.campaign c"
                        + " STRAIGHT_JOIN beckon_invite.person_key k ON k.campaign_id = c.campaign_id"
                        + " AND k.lookup IN (<lookups>)"
                        + " STRAIGHT_JOIN beckon_invite.person p ON p.campaign_id = k.campaign_id AND p.ordinal = k.ordinal"
                        + " WHERE LENGTH(p.identity) > 0 ORDER BY c.campaign_id, p.ordinal")
                .bindList("lookups", lookups)
                .map((row, context) -> read(row))
                .list());
    }

    /**
     * Somebody for whom a campaign has not finished.
     *
     * @param reference by which the log names them; empty where these keys can't read who it is
     */
    record Unfinished(long ordinal, Optional<LookupKey> reference) {}

    /** Who in a campaign, up to a line, still waits for something, page by page: at most so many. */
    List<Unfinished> unfinished(long campaignId, String campaignUid, long last, int most) {
        return database.read(
                "find unfinished people",
                handle -> handle.createQuery("SELECT p.ordinal, p.identity, p.consent_basis FROM beckon_invite.person p"
                                + " WHERE p.campaign_id = :campaign AND p.state IN ('Pending', 'Unknown')"
                                + " AND p.ordinal <= :last ORDER BY p.ordinal LIMIT " + most)
                        .bind("campaign", campaignId)
                        .bind("last", last)
                        .map((row, context) -> new Unfinished(row.getLong("ordinal"), reference(row, campaignUid)))
                        .list());
    }

    /** One row that was written with other keys, or damaged, must not keep everybody else's from being forgotten. */
    private Optional<LookupKey> reference(ResultSet row, String campaignUid) throws SQLException {
        try {
            Person person = vault.open(
                    row.getBytes("identity"),
                    Consent.Basis.valueOf(row.getString("consent_basis")),
                    campaignUid,
                    row.getLong("ordinal"));
            return Optional.of(vault.reference(person.identities()));
        } catch (LedgerException unreadable) {
            return Optional.empty();
        }
    }

    private Kept read(ResultSet row) throws SQLException {
        String uid = row.getString("campaign_uid");
        long ordinal = row.getLong("ordinal");
        return new Kept(
                row.getLong("campaign_id"),
                uid,
                Optional.ofNullable(row.getString("namespace")),
                Optional.ofNullable(row.getString("name")),
                ordinal,
                vault.open(
                        row.getBytes("identity"), Consent.Basis.valueOf(row.getString("consent_basis")), uid, ordinal),
                row.getString("state"),
                row.getString("status"),
                row.getString("reason"));
    }

    /** The log of one of them, oldest first. */
    public List<Attempt> log(Kept kept) {
        return database.read(
                "read a person's outcomes",
                handle -> handle.createQuery("SELECT o.at, a.name, o.chat_id, o.action, o.status, o.reason, o.raw"
                                + " FROM beckon_audit.outcome o"
                                + " LEFT JOIN beckon_accounts.account a ON a.account_id = o.account_id"
                                + " WHERE o.campaign_id = :campaign AND o.ordinal = :ordinal AND o.action <> 'Import'"
                                + " ORDER BY o.outcome_id")
                        .bind("campaign", kept.campaignId)
                        .bind("ordinal", kept.ordinal)
                        .map((row, context) -> new Attempt(
                                Instants.of(row, "at"),
                                Optional.ofNullable(row.getString("name")),
                                Optional.ofNullable(row.getObject("chat_id", Long.class)),
                                row.getString("action"),
                                row.getString("status"),
                                row.getString("reason"),
                                Optional.ofNullable(row.getString("raw"))))
                        .list());
    }
}
