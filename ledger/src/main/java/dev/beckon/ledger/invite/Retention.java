package dev.beckon.ledger.invite;

import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Forgets the people of campaigns in which nothing happened for as long as the campaign's {@code spec.retention}: names, consent
 * and look-up keys. What keeps a human from being contacted twice, suppressions and outcomes stay. Each step is a short
 * transaction, so it may be cut short at any of them and be run again.
 */
public final class Retention {
    private static final int BATCH = 2_000;

    private final Database database;
    private final PersonRecords people;
    private final Erasure erasure;

    public Retention(Database database, PersonRecords people, Erasure erasure) {
        this.database = database;
        this.people = people;
        this.erasure = erasure;
    }

    /**
     * A campaign whose time is over.
     *
     * @param lastAct when the last thing happened in it: its registration, an import or an outcome
     */
    public record Expired(
            long campaignId, String uid, Optional<String> namespace, Optional<String> name, Instant lastAct) {}

    /**
     * Campaigns with people to forget, the longest quiet first.
     *
     * <p>Look-up keys go last: a campaign that has any is not forgotten to its end, also when an earlier run was cut short between
     * people and keys. One that has none costs a step in an index, however many people it had.
     */
    public List<Expired> expired() {
        return expired(Optional.empty());
    }

    /** @param of only this campaign */
    private List<Expired> expired(Optional<Long> of) {
        long now = database.now();
        return database.read("find expired campaigns", handle -> {
            Query query = handle.createQuery("SELECT * FROM (SELECT c.campaign_id, c.campaign_uid,"
                            + " c.namespace, c.name, c.keep_for_ms, GREATEST(c.registered_at,"
                            + " COALESCE((SELECT MAX(GREATEST(i.started_at, COALESCE(i.finished_at, 0)))"
                            + " FROM beckon_invite.audience_import i WHERE i.campaign_id = c.campaign_id), 0),"
                            // The newest row and not the latest time: it is found by one step in the index.
                            // Our own lines don't count: a run that was cut short would begin anew after another
                            // retention.
                            + " COALESCE((SELECT o.at FROM beckon_audit.outcome o WHERE o.campaign_id = c.campaign_id"
                            + " AND o.action <> 'Erase' ORDER BY o.outcome_id DESC LIMIT 1), 0)) AS last_act"
                            + " FROM beckon_invite.campaign c WHERE c.keep_for_ms IS NOT NULL"
                            + (of.isPresent() ? " AND c.campaign_id = :campaign" : "") + ") known"
                            + " WHERE last_act + keep_for_ms <= :now AND EXISTS (SELECT 1 FROM beckon_invite.person_key k"
                            + " WHERE k.campaign_id = known.campaign_id) ORDER BY last_act")
                    .bind("now", now);
            of.ifPresent(campaign -> query.bind("campaign", campaign));
            return new ArrayList<>(query.map((row, context) -> new Expired(
                            row.getLong("campaign_id"),
                            row.getString("campaign_uid"),
                            Optional.ofNullable(row.getString("namespace")),
                            Optional.ofNullable(row.getString("name")),
                            Instant.ofEpochMilli(row.getLong("last_act"))))
                    .list());
        });
    }

    /**
     * Forgets one campaign's people. Who waited for something is closed as skipped, with a line in the log; whose call is in
     * flight is left for the next time. One in which something happened since it was found, somebody who came by webhook for
     * example, is left alone.
     *
     * @return how many were forgotten
     */
    public long forget(Expired campaign) {
        // Before that question: who comes after it stays, whatever is done below and however long it takes.
        long last = lastOrdinal(campaign);
        if (expired(Optional.of(campaign.campaignId)).isEmpty()) {
            return 0;
        }
        // Those first: what is done below takes whoever is done.
        List<PersonRecords.Unfinished> waiting;
        long forgotten = 0;
        do {
            waiting = people.unfinished(campaign.campaignId, campaign.uid, last, BATCH);
            for (PersonRecords.Unfinished person : waiting) {
                erasure.expire(campaign.campaignId, person);
                forgotten++;
            }
        } while (waiting.size() == BATCH);
        forgotten += inBatches(
                "forget people",
                handle -> handle.createUpdate("UPDATE beckon_invite.person"
                                + " SET identity = '' WHERE campaign_id = :campaign AND state = 'Done' AND LENGTH(identity) > 0"
                                + " AND ordinal <= :last ORDER BY ordinal LIMIT " + BATCH)
                        .bind("campaign", campaign.campaignId)
                        .bind("last", last)
                        .execute());
        if (!anyLeft(campaign, last)) {
            inBatches(
                    "forget names",
                    handle -> handle.createUpdate("DELETE FROM beckon_invite.person_key WHERE campaign_id = :campaign"
                                    + " AND ordinal <= :last ORDER BY lookup LIMIT " + BATCH)
                            .bind("campaign", campaign.campaignId)
                            .bind("last", last)
                            .execute());
        }
        return forgotten;
    }

    /** Of its newest person or line. */
    private long lastOrdinal(Expired campaign) {
        return database.read(
                "find the newest line of a campaign",
                handle -> handle.createQuery(
                                "SELECT GREATEST("
                                        + "COALESCE((SELECT MAX(ordinal) FROM beckon_invite.person WHERE campaign_id = :campaign), 0),"
                                        + " COALESCE((SELECT MAX(ordinal) FROM beckon_invite.person_key WHERE campaign_id = :campaign), 0))")
                        .bind("campaign", campaign.campaignId)
                        .mapTo(Long.class)
                        .one());
    }

    private boolean anyLeft(Expired campaign, long last) {
        return database.read(
                "look for people in flight",
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM beckon_invite.person"
                                + " WHERE campaign_id = :campaign AND ordinal <= :last AND LENGTH(identity) > 0)")
                        .bind("campaign", campaign.campaignId)
                        .bind("last", last)
                        .mapTo(Boolean.class)
                        .one());
    }

    private interface Batch {
        int write(Handle handle);
    }

    private long inBatches(String step, Batch batch) {
        long total = 0;
        int written;
        do {
            written = database.inTransaction(step, handle -> {
                int rows = batch.write(handle);
                if (rows > 0) {
                    SequenceLanes.raise(handle, SequenceLanes.COMMON);
                }
                return rows;
            });
            total += written;
        } while (written == BATCH);
        return total;
    }
}
