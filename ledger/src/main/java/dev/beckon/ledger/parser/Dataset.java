package dev.beckon.ledger.parser;

import dev.beckon.ledger.sql.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a run of a parser stands.
 *
 * @param uid the run's, unique to it
 * @param chatId 0 until the chat is found
 * @param administered whether the account administered the chat when the run began: only then may its people be invited
 * @param position where the next page begins, in the terms of who reads: an offset of a member list, a message id of a history
 * @param people rows kept now
 * @param sha256 of the NDJSON export, in hex; absent before the end, and once somebody was erased from it
 */
public record Dataset(
        long id,
        String uid,
        String parserUid,
        long chatId,
        boolean administered,
        State state,
        long position,
        long people,
        Counts counts,
        Optional<String> sha256,
        Instant startedAt,
        Optional<Instant> completedAt) {

    /** How far a run came. */
    public enum State {
        Reading,
        /** All pages are in; only the digest is missing. */
        Read,
        Complete
    }

    /**
     * What was met so far.
     *
     * @param scanned entries or messages looked at
     * @param listed entries that Telegram showed, never more than 10,000 of a list
     * @param chatTotal how many members Telegram says there are
     * @param filtered left out by a filter other than those for bots and deleted accounts
     * @param duplicates met before in this run
     */
    public record Counts(
            long scanned, long listed, long chatTotal, long bots, long deleted, long filtered, long duplicates) {}

    /**
     * As it stands once a page is written.
     *
     * @param kept how many of the page's people became rows
     * @param duplicates how many of them were met before
     * @param leftOut how many of them are beyond the limit, or had themselves erased
     */
    Dataset after(Datasets.Page page, long kept, long duplicates, long leftOut) {
        Counts met = page.met();
        return new Dataset(
                id,
                uid,
                parserUid,
                chatId,
                administered,
                page.last() ? State.Read : State.Reading,
                page.next(),
                people + kept,
                new Counts(
                        counts.scanned + met.scanned(),
                        counts.listed + met.listed(),
                        met.chatTotal(),
                        counts.bots + met.bots(),
                        counts.deleted + met.deleted(),
                        counts.filtered + met.filtered() + leftOut,
                        counts.duplicates + met.duplicates() + duplicates),
                sha256,
                startedAt,
                completedAt);
    }

    /** As it stands when a page is written of which every one is new: where the next one begins is certain, how many people there are is not. */
    public Dataset expectedAfter(Datasets.Page page) {
        return after(page, page.people().size(), 0, 0);
    }

    static Dataset of(ResultSet row) throws SQLException {
        return new Dataset(
                row.getLong("dataset_id"),
                row.getString("dataset_uid"),
                row.getString("parser_uid"),
                row.getLong("chat_id"),
                row.getBoolean("administered"),
                State.valueOf(row.getString("state")),
                row.getLong("position"),
                row.getLong("people"),
                new Counts(
                        row.getLong("scanned"),
                        row.getLong("listed"),
                        row.getLong("chat_total"),
                        row.getLong("bots"),
                        row.getLong("deleted"),
                        row.getLong("filtered"),
                        row.getLong("duplicates")),
                Optional.ofNullable(row.getBytes("sha256")).map(HexFormat.of()::formatHex),
                Instants.of(row, "started_at"),
                Instants.optional(row, "completed_at"));
    }
}
