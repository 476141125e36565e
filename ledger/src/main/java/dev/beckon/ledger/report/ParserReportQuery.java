package dev.beckon.ledger.report;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import dev.beckon.ledger.report.ParserReport.Run;
import dev.beckon.ledger.sql.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads the newest and the newest complete run of many parsers in one statement. */
final class ParserReportQuery {
    private final Handle handle;

    ParserReportQuery(Handle handle) {
        this.handle = handle;
    }

    private record Row(String parserUid, boolean newest, boolean complete, Run run) {}

    Map<String, ParserReport> reports(Collection<String> uids) {
        Map<String, Run> newest = new HashMap<>();
        Map<String, Run> complete = new HashMap<>();
        for (Row row : rows(uids)) {
            if (row.newest) {
                newest.put(row.parserUid, row.run);
            }
            if (row.complete) {
                complete.put(row.parserUid, row.run);
            }
        }
        Map<String, ParserReport> reports = new HashMap<>();
        newest.forEach(
                (uid, run) -> reports.put(uid, new ParserReport(uid, run, Optional.ofNullable(complete.get(uid)))));
        return reports;
    }

    private List<Row> rows(Collection<String> uids) {
        return handle.createQuery("SELECT d.*, d.dataset_id = m.newest AS is_newest,"
                        + " COALESCE(d.dataset_id = m.complete, FALSE) AS is_complete FROM beckon_parser.dataset d"
                        + " JOIN (SELECT parser_uid, MAX(dataset_id) AS newest,"
                        + " MAX(CASE WHEN state = 'Complete' THEN dataset_id END) AS complete"
                        + " FROM beckon_parser.dataset WHERE parser_uid IN (<uids>) GROUP BY parser_uid) m"
                        + " ON d.dataset_id IN (m.newest, m.complete)")
                .bindList("uids", List.copyOf(uids))
                .map((row, context) -> new Row(
                        row.getString("parser_uid"),
                        row.getBoolean("is_newest"),
                        row.getBoolean("is_complete"),
                        run(row)))
                .list();
    }

    private static Run run(ResultSet row) throws SQLException {
        Optional<Instant> errorAt = Instants.optional(row, "last_error_at");
        String reason = row.getString("last_error_reason");
        String message = row.getString("last_error_message");
        return new Run(
                row.getString("dataset_uid"),
                Dataset.State.valueOf(row.getString("state")),
                row.getLong("people"),
                new Dataset.Counts(
                        row.getLong("scanned"),
                        row.getLong("listed"),
                        row.getLong("chat_total"),
                        row.getLong("bots"),
                        row.getLong("deleted"),
                        row.getLong("filtered"),
                        row.getLong("duplicates")),
                row.getBoolean("administered"),
                Optional.ofNullable(row.getBytes("sha256")).map(HexFormat.of()::formatHex),
                Instants.of(row, "started_at"),
                Instants.optional(row, "completed_at"),
                Instants.optional(row, "exported_at"),
                Instants.optional(row, "next_action_at"),
                Optional.ofNullable(row.getString("waiting_for")),
                errorAt.map(at -> new ErrorReport(reason, message, at)));
    }
}
