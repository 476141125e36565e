package dev.beckon.ledger.audience;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.invite.Campaigns;
import dev.beckon.ledger.invite.ImportLog;
import dev.beckon.ledger.invite.Tally;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.sql.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How far the imports of a campaign came. */
final class ImportJournal {
    private static final byte[] OF_NO_FILE = new byte[32];

    private final Database database;
    private final long campaignId;

    ImportJournal(Database database, long campaignId) {
        this.database = database;
        this.campaignId = campaignId;
    }

    long campaignId() {
        return campaignId;
    }

    /**
     * Where an import stands.
     *
     * @param firstOrdinal the ordinal of line 0: a line's person has this and the line's number
     * @param nextLine the first line that is not committed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Position(int importNo, byte[] digest, boolean complete, long firstOrdinal, long nextLine) {}

    /** Goes on with the newest import if it is of the same file, else begins a new one. */
    Position begin(byte[] digest, Consent consent) {
        return database.inTransaction("begin import", handle -> {
            Optional<Position> newest = newest(handle);
            if (newest.isPresent() && Arrays.equals(newest.get().digest, digest)) {
                return newest.get();
            }
            Position position = new Position(
                    newest.map(n -> n.importNo + 1).orElse(1), digest, false, firstOrdinal(handle, newest), 1);
            Tally.forgetImport(handle, campaignId);
            handle.createUpdate("INSERT INTO beckon_invite.audience_import (campaign_id, import_no, digest, state,"
                            + " first_ordinal, next_line, readable, consent_evidence, started_at)"
                            + " VALUES (:campaign, :no, :digest, 'Running', :first, 1, 0, :evidence, :now)")
                    .bind("campaign", campaignId)
                    .bind("no", position.importNo)
                    .bind("digest", digest)
                    .bind("first", position.firstOrdinal)
                    .bind("evidence", Text.bounded(consent.evidence().orElse(null), 1024))
                    .bind("now", database.now())
                    .execute();
            return position;
        });
    }

    private long firstOrdinal(Handle handle, Optional<Position> newest) {
        if (newest.isEmpty()) {
            // Nobody, unless a webhook brought people before.
            return handle.createQuery("SELECT COALESCE(MAX(ordinal), 0) FROM beckon_invite.person"
                            + " WHERE campaign_id = :campaign")
                    .bind("campaign", campaignId)
                    .mapTo(Long.class)
                    .one();
        }
        // Behind every line that an earlier import may have used, imported or not.
        return newest.get().firstOrdinal
                + Math.max(newest.get().nextLine, 1)
                + handle.createQuery("SELECT GREATEST(0, COALESCE(MAX(ordinal), 0) - :used)"
                                + " FROM beckon_invite.person WHERE campaign_id = :campaign")
                        .bind("used", newest.get().firstOrdinal + newest.get().nextLine)
                        .bind("campaign", campaignId)
                        .mapTo(Long.class)
                        .one();
    }

    private Optional<Position> newest(Handle handle) {
        return handle.createQuery("SELECT import_no, digest, state, first_ordinal, next_line"
                        + " FROM beckon_invite.audience_import WHERE campaign_id = :campaign"
                        + " ORDER BY import_no DESC LIMIT 1 FOR UPDATE")
                .bind("campaign", campaignId)
                .map((row, context) -> new Position(
                        row.getInt("import_no"),
                        row.getBytes("digest"),
                        row.getString("state").equals("Complete"),
                        row.getLong("first_ordinal"),
                        row.getLong("next_line")))
                .findOne();
    }

    boolean isComplete() {
        return database.read(
                "read import",
                handle -> handle.createQuery("SELECT state = 'Complete' AS complete FROM beckon_invite.audience_import"
                                + " WHERE campaign_id = :campaign ORDER BY import_no DESC LIMIT 1")
                        .bind("campaign", campaignId)
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    /** Whether an import of the campaign, of whatever file, came to its end. */
    boolean wasEverComplete() {
        return database.read(
                "read complete imports",
                handle -> handle.createQuery("SELECT COUNT(*) > 0 AS some FROM beckon_invite.audience_import"
                                + " WHERE campaign_id = :campaign AND state = 'Complete'")
                        .bind("campaign", campaignId)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Whether any line of the import said something, in this process or in one before it. */
    boolean isReadable(Position position) {
        return database.read(
                "read readable lines",
                handle -> handle.createQuery("SELECT readable > 0 AS some FROM beckon_invite.audience_import"
                                + " WHERE campaign_id = :campaign AND import_no = :no")
                        .bind("campaign", campaignId)
                        .bind("no", position.importNo)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** What the newest import could not read. */
    BadLines badLines() {
        return database.read("read bad lines", handle -> {
            long total = handle.createQuery("SELECT COALESCE(SUM(people), 0) FROM beckon_invite.tally"
                            + " WHERE campaign_id = :campaign AND state = :line AND reason = :bad")
                    .bind("campaign", campaignId)
                    .bind("line", Tally.LINE)
                    .bind("bad", ImportLog.BAD_LINE)
                    .mapTo(Long.class)
                    .one();
            return new BadLines(total, total == 0 ? List.of() : firstBadLines(handle));
        });
    }

    private List<BadLines.BadLine> firstBadLines(Handle handle) {
        return handle.createQuery("SELECT ordinal, raw FROM beckon_audit.outcome WHERE campaign_id = :campaign"
                        + " AND action = 'Import' AND reason = :bad AND at >= (SELECT started_at"
                        + " FROM beckon_invite.audience_import WHERE campaign_id = :campaign"
                        + " ORDER BY import_no DESC LIMIT 1) ORDER BY outcome_id LIMIT " + BadLines.MOST)
                .bind("campaign", campaignId)
                .bind("bad", ImportLog.BAD_LINE)
                .map((row, context) -> new BadLines.BadLine(row.getLong("ordinal"), row.getString("raw")))
                .list();
    }

    /** The accounts to assign to, in their order. */
    List<Long> accounts() {
        return database.read(
                "read accounts of campaign",
                handle -> handle.createQuery(
                                "SELECT account_id FROM beckon_invite.campaign_account WHERE campaign_id = :campaign"
                                        + " AND position <> :left ORDER BY position, account_id")
                        .bind("campaign", campaignId)
                        .bind("left", Campaigns.LEFT)
                        .mapTo(Long.class)
                        .list());
    }

    /**
     * Moves on within the transaction that writes the lines.
     *
     * @throws LedgerException when another process got there first: then nothing of this batch is written
     */
    void advance(Handle handle, Position position, SealedBatch batch) {
        int moved = handle.createUpdate("UPDATE beckon_invite.audience_import SET next_line = :to,"
                        + " readable = readable + :readable WHERE"
                        + " campaign_id = :campaign AND import_no = :no AND next_line = :from AND state = 'Running'")
                .bind("to", batch.toLine())
                .bind("readable", batch.readable())
                .bind("campaign", campaignId)
                .bind("no", position.importNo)
                .bind("from", batch.fromLine())
                .execute();
        if (moved == 0) {
            throw new LedgerException("Another process imports the same audience: this one stops, nothing is lost.");
        }
    }

    /**
     * The lines are those of this file. One that is behind a URL may have changed since it was read for its digest: an import of
     * one go is then that of the file it read; one that went on with another file's rest begins anew, so that nobody is passed over.
     *
     * @throws LedgerException when it begins anew
     */
    void imported(Position position, byte[] digest) {
        if (Arrays.equals(position.digest, digest)) {
            return;
        }
        boolean whole = position.nextLine <= 1;
        database.useTransaction(
                "correct digest of import",
                handle -> handle.createUpdate("UPDATE beckon_invite.audience_import SET digest = :digest"
                                + " WHERE campaign_id = :campaign AND import_no = :no AND state = 'Running'")
                        .bind("digest", whole ? digest : OF_NO_FILE)
                        .bind("campaign", campaignId)
                        .bind("no", position.importNo)
                        .execute());
        if (!whole) {
            throw new LedgerException("The audience changed while it was imported: it is read again from its start.");
        }
    }

    void complete(Position position) {
        database.useTransaction("complete import", handle -> {
            handle.createUpdate("UPDATE beckon_invite.audience_import SET state = 'Complete', finished_at = :now"
                            + " WHERE campaign_id = :campaign AND import_no = :no AND state = 'Running'")
                    .bind("now", database.now())
                    .bind("campaign", campaignId)
                    .bind("no", position.importNo)
                    .execute();
            SequenceLanes.raise(handle, SequenceLanes.COMMON);
        });
    }
}
