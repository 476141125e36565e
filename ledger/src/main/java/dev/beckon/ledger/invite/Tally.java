package dev.beckon.ledger.invite;

import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Counts of people by where they stand, moved in the transaction that moves the person: a report of a million people reads a
 * dozen rows. Only the holder of the account's lease, the import and a person's decisions write an account's rows, and who settles a call
 * that was under way when its person was handed to the account.
 */
public final class Tally {
    /** State of people who were skipped at import. */
    public static final String AT_IMPORT = "AtImport";
    /** State of lines that are no people. */
    public static final String LINE = "Line";

    /** Where a person stands. */
    public record Cell(String state, String status, String reason) {
        public static final Cell PENDING = new Cell("Pending", "", "");
        public static final Cell IN_FLIGHT = new Cell("InFlight", "", "");

        /**
         * Somebody with whom the campaign has finished.
         *
         * @param reason a word in CamelCase; may be empty
         */
        public static Cell done(OutcomeStatus status, String reason) {
            return new Cell("Done", status.name(), reason);
        }

        /**
         * Somebody of whom nobody can tell whether they were contacted.
         *
         * @param reason a word in CamelCase
         */
        public static Cell unknown(String reason) {
            return new Cell("Unknown", OutcomeStatus.Unknown.name(), reason);
        }

        /** A person whom the newest import skipped. */
        public static Cell atImport(String reason) {
            return new Cell(AT_IMPORT, OutcomeStatus.Skipped.name(), reason);
        }

        /** A line of an audience that is no person of its own. */
        public static Cell line(String reason) {
            return new Cell(LINE, "", reason);
        }
    }

    private static final long PACE_BUCKET_MILLIS = 600_000;

    private static final String ADD =
            "INSERT INTO beckon_invite.tally (campaign_id, account_id, state, status, reason, people)"
                    + " VALUES (:campaign, :account, :state, :status, :reason, :people)"
                    + " ON DUPLICATE KEY UPDATE people = people + ";

    private Tally() {}

    /** Adds people to a cell, or takes them away. */
    public static void add(Handle handle, long campaignId, long accountId, Cell cell, long people) {
        if (people == 0) {
            return;
        }
        bind(handle.createUpdate(ADD + ":people"), campaignId, accountId, cell, people)
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(
            S statement, long campaignId, long accountId, Cell cell, long people) {
        return statement
                .bind("campaign", campaignId)
                .bind("account", accountId)
                .bind("state", cell.state)
                .bind("status", cell.status)
                .bind("reason", cell.reason)
                .bind("people", people);
    }

    /** A new import judges every line anew: what the one before it skipped is counted no more. */
    public static void forgetImport(Handle handle, long campaignId) {
        handle.createUpdate("UPDATE beckon_invite.tally SET people = 0 WHERE campaign_id = :campaign"
                        + " AND state IN ('" + AT_IMPORT + "', '" + LINE + "')")
                .bind("campaign", campaignId)
                .execute();
    }

    /** Moves one person from a cell to another. */
    static void move(Handle handle, long campaignId, long accountId, Cell from, Cell to) {
        if (from.equals(to)) {
            return;
        }
        // In one order for all movers, so that two of them never wait in a circle.
        boolean fromFirst = from.toString().compareTo(to.toString()) < 0;
        PreparedBatch both = handle.prepareBatch(ADD + "VALUES(people)");
        bind(both, campaignId, accountId, fromFirst ? from : to, fromFirst ? -1 : 1)
                .add();
        bind(both, campaignId, accountId, fromFirst ? to : from, fromFirst ? 1 : -1)
                .add();
        both.execute();
    }

    /** Counts one finished person for the rate. */
    static void pace(Handle handle, long campaignId, long accountId, long now) {
        handle.createUpdate("INSERT INTO beckon_invite.pace (campaign_id, account_id, bucket, people)"
                        + " VALUES (:campaign, :account, :bucket, 1) ON DUPLICATE KEY UPDATE people = people + 1")
                .bind("campaign", campaignId)
                .bind("account", accountId)
                .bind("bucket", paceBucket(now))
                .execute();
    }

    /** The ten minutes to which an instant belongs. */
    public static long paceBucket(long millis) {
        return Math.floorDiv(millis, PACE_BUCKET_MILLIS);
    }

    /** When those ten minutes began. */
    public static Instant paceBucketStart(long bucket) {
        return Instant.ofEpochMilli(bucket * PACE_BUCKET_MILLIS);
    }
}
