package dev.beckon.ledger.invite;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What only a person decides, said by an annotation. Each value works once; one that a crash cut short goes on. */
public final class HumanDecisions {
    private static final int BATCH = 2_000;

    private final Database database;
    private final Campaigns campaigns;
    private final Accounts accounts;

    public HumanDecisions(Database database, Campaigns campaigns, Accounts accounts) {
        this.database = database;
        this.campaigns = campaigns;
        this.accounts = accounts;
    }

    /** What came of a decision. */
    public sealed interface Decided {
        /** @param people whom it concerned */
        record Done(long people) implements Decided {}

        /** The value was used before, with this effect; nothing changed. */
        record UsedBefore(long people) implements Decided {}
    }

    private record Progress(boolean finished, long affected) {}

    /**
     * People of unknown outcome are tried again: a person takes the risk that they are contacted a second time.
     *
     * @param value the annotation's
     */
    public Decided requeueUnknown(String campaignUid, String value) {
        long campaignId = campaigns.idOf(campaignUid);
        return inBatches(campaignUid, "requeue-unknown", value, handle -> requeueBatch(handle, campaignId));
    }

    private static int requeueBatch(Handle handle, long campaignId) {
        record Stuck(long ordinal, long accountId, String reason) {}
        var batch = handle.createQuery("SELECT ordinal, account_id, reason FROM beckon_invite.person"
                        + " WHERE campaign_id = :campaign AND state = 'Unknown' ORDER BY ordinal LIMIT 200")
                .bind("campaign", campaignId)
                .map((row, context) ->
                        new Stuck(row.getLong("ordinal"), row.getLong("account_id"), row.getString("reason")))
                .list();
        int moved = 0;
        for (Stuck person : batch) {
            int changed = handle.createUpdate(
                            "UPDATE beckon_invite.person SET state = 'Pending', status = '', reason = '',"
                                    + " not_before = 0, claim_fence = 0 WHERE campaign_id = :campaign AND ordinal = :ordinal"
                                    + " AND state = 'Unknown'")
                    .bind("campaign", campaignId)
                    .bind("ordinal", person.ordinal)
                    .execute();
            if (changed == 0) {
                continue;
            }
            handle.createUpdate("DELETE FROM beckon_invite.intent_identity WHERE intent_id IN (SELECT i.intent_id"
                            + " FROM beckon_invite.intent i WHERE i.campaign_id = :campaign AND i.ordinal = :ordinal"
                            + " AND i.status = 'Unknown')")
                    .bind("campaign", campaignId)
                    .bind("ordinal", person.ordinal)
                    .execute();
            Tally.move(handle, campaignId, person.accountId, Tally.Cell.unknown(person.reason), Tally.Cell.PENDING);
            moved++;
        }
        return moved;
    }

    /** Which of an account's people go to another one. */
    public enum Whom {
        /** Those who are pending: the account can ask Telegram what became of who is in flight. */
        Pending,
        /** Those in flight as well: their account is gone, or can't ask. What becomes of them {@link HandedOver} says. */
        All
    }

    /**
     * Hands people of one account to another, which joins the campaign if it has no part in it yet, as one that was deleted and made
     * again.
     */
    public Decided reassign(String campaignUid, String fromAccountUid, String toAccountUid, Whom whom, String value) {
        if (fromAccountUid.equals(toAccountUid)) {
            throw new LedgerException("Reassigning from an account to itself moves nobody: name two accounts.");
        }
        long campaignId = campaigns.idOf(campaignUid);
        long from = accounts.idOf(fromAccountUid);
        long to = accounts.idOf(toAccountUid);
        return inBatches(campaignUid, "reassign", value, handle -> reassignBatch(handle, campaignId, from, to, whom));
    }

    private static int reassignBatch(Handle handle, long campaignId, long from, long to, Whom whom) {
        // With the first of them, or nobody would be told that it has people to work on.
        Campaigns.joinBehind(handle, campaignId, to);
        int inFlight = whom == Whom.All ? hand(handle, campaignId, from, to, "InFlight") : 0;
        int pending = hand(handle, campaignId, from, to, "Pending");
        for (long account : new long[] {Math.min(from, to), Math.max(from, to)}) {
            int sign = account == to ? 1 : -1;
            Tally.add(handle, campaignId, account, Tally.Cell.IN_FLIGHT, (long) sign * inFlight);
            Tally.add(handle, campaignId, account, Tally.Cell.PENDING, (long) sign * pending);
        }
        return inFlight + pending;
    }

    private static int hand(Handle handle, long campaignId, long from, long to, String state) {
        // The fence is per account: without 0 the new account's own fence could equal it by chance.
        return handle.createUpdate("UPDATE beckon_invite.person SET account_id = :to, claim_fence = 0"
                        + " WHERE campaign_id = :campaign AND account_id = :from AND state = :state LIMIT " + BATCH)
                .bind("to", to)
                .bind("campaign", campaignId)
                .bind("from", from)
                .bind("state", state)
                .execute();
    }

    private interface Batch {
        int move(Handle handle);
    }

    private Decided inBatches(String ownerUid, String annotation, String value, Batch batch) {
        byte[] digest = digest(value);
        while (true) {
            Optional<Decided> decided = database.inTransaction(annotation, handle -> {
                Progress progress = lockProgress(handle, ownerUid, annotation, digest);
                if (progress.finished) {
                    return Optional.<Decided>of(new Decided.UsedBefore(progress.affected));
                }
                int moved = batch.move(handle);
                // Finished in the transaction that finds nobody left: a process that dies in between goes on here.
                boolean last = moved == 0;
                handle.createUpdate("UPDATE beckon_invite.consumed_annotation SET affected = affected + :moved,"
                                + " finished_at = CASE WHEN :last THEN :now ELSE NULL END WHERE owner_uid = :owner"
                                + " AND annotation = :annotation AND value_digest = :digest")
                        .bind("moved", moved)
                        .bind("last", last)
                        .bind("now", database.now())
                        .bind("owner", ownerUid)
                        .bind("annotation", annotation)
                        .bind("digest", digest)
                        .execute();
                SequenceLanes.raise(handle, SequenceLanes.COMMON);
                return last ? Optional.<Decided>of(new Decided.Done(progress.affected)) : Optional.empty();
            });
            if (decided.isPresent()) {
                return decided.get();
            }
        }
    }

    private Progress lockProgress(Handle handle, String ownerUid, String annotation, byte[] digest) {
        handle.createUpdate("INSERT IGNORE INTO beckon_invite.consumed_annotation (owner_uid, annotation, value_digest,"
                        + " started_at) VALUES (:owner, :annotation, :digest, :now)")
                .bind("owner", ownerUid)
                .bind("annotation", annotation)
                .bind("digest", digest)
                .bind("now", database.now())
                .execute();
        return handle.createQuery("SELECT finished_at IS NOT NULL AS finished, affected"
                        + " FROM beckon_invite.consumed_annotation WHERE owner_uid = :owner AND annotation = :annotation"
                        + " AND value_digest = :digest FOR UPDATE")
                .bind("owner", ownerUid)
                .bind("annotation", annotation)
                .bind("digest", digest)
                .map((row, context) -> new Progress(row.getBoolean("finished"), row.getLong("affected")))
                .one();
    }

    private static byte[] digest(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
