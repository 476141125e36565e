package dev.beckon.ledger.report;

import static dev.beckon.ledger.report.AutopostReport.MAX_UNFINISHED;
import static dev.beckon.ledger.report.AutopostReport.MAX_UNKNOWN;

import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport.LastPost;
import dev.beckon.ledger.report.AutopostReport.Run;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import dev.beckon.ledger.sql.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads many schedules with their newest and their unfinished runs in two statements, and one for each schedule with a post of unknown outcome. */
final class AutopostReportQuery {
    private final Handle handle;

    AutopostReportQuery(Handle handle) {
        this.handle = handle;
    }

    private record Row(long scheduleId, Run run) {}

    Map<String, AutopostReport> reports(Collection<String> uids, long sequence) {
        Map<Long, List<Run>> runs = new HashMap<>();
        runs(uids)
                .forEach(row -> runs.computeIfAbsent(row.scheduleId, id -> new ArrayList<>())
                        .add(row.run));
        Map<String, AutopostReport> reports = new HashMap<>();
        handle.createQuery("SELECT * FROM beckon_content.schedule WHERE schedule_uid IN (<uids>)")
                .bindList("uids", List.copyOf(uids))
                .map((row, context) -> report(row, runs.getOrDefault(row.getLong("schedule_id"), List.of()), sequence))
                .forEach(report -> reports.put(report.scheduleUid(), report));
        return reports;
    }

    /** @param runs the newest first */
    private AutopostReport report(ResultSet row, List<Run> runs, long sequence) throws SQLException {
        Optional<Instant> lastAt = Instants.optional(row, "last_post_at");
        String text = row.getString("last_post_text");
        Optional<String> link = Optional.ofNullable(row.getString("last_post_link"));
        return new AutopostReport(
                row.getString("schedule_uid"),
                row.getInt("round"),
                row.getInt("posts_total"),
                row.getInt("posts_used"),
                Optional.ofNullable(row.getString("posts_digest")),
                row.getLong("published"),
                row.getLong("failed"),
                row.getLong("outcome_unknown"),
                lastAt.map(at -> new LastPost(text, link, at)),
                row.getLong("outcome_unknown") == 0 ? List.of() : unknownPosts(row.getLong("schedule_id")),
                runs.stream().findFirst(),
                runs.stream()
                        .filter(run -> !run.isEnded())
                        .limit(MAX_UNFINISHED)
                        .toList(),
                sequence);
    }

    /** A statement of its own for each schedule that has any: they are few. */
    private List<String> unknownPosts(long scheduleId) {
        return handle.createQuery("SELECT r.post_key FROM beckon_content.publish_run r"
                        + " WHERE r.schedule_id = :schedule AND r.post_key IS NOT NULL AND EXISTS (SELECT 1"
                        + " FROM beckon_content.publication p WHERE p.run_id = r.run_id AND p.state = 'OutcomeUnknown')"
                        + " GROUP BY r.post_key ORDER BY MAX(r.run_id) DESC LIMIT " + MAX_UNKNOWN)
                .bind("schedule", scheduleId)
                .mapTo(String.class)
                .list();
    }

    /** Without the post itself, which is sealed: the operator may not even read the column. */
    private List<Row> runs(Collection<String> uids) {
        return handle.createQuery(
                        "SELECT r.schedule_id, r.run_uid, r.state, r.again, r.post_key, r.started_at, r.ended_at,"
                                + " r.next_action_at, r.waiting_for, r.last_error_reason, r.last_error_message, r.last_error_at,"
                                + " COALESCE(SUM(p.state IN ('Published', 'PlainText')), 0) AS published,"
                                + " COALESCE(SUM(p.state = 'Failed'), 0) AS failed,"
                                + " COALESCE(SUM(p.state = 'OutcomeUnknown'), 0) AS outcome_unknown"
                                + " FROM (SELECT MAX(m.run_id) AS run_id FROM beckon_content.schedule s"
                                + " JOIN beckon_content.publish_run m ON m.schedule_id = s.schedule_id"
                                + " WHERE s.schedule_uid IN (<uids>) GROUP BY s.schedule_id"
                                + " UNION SELECT o.run_id FROM beckon_content.schedule s"
                                + " JOIN beckon_content.publish_run o ON o.schedule_id = s.schedule_id AND o.ended_at IS NULL"
                                + " WHERE s.schedule_uid IN (<uids>)) told"
                                + " JOIN beckon_content.publish_run r ON r.run_id = told.run_id"
                                + " LEFT JOIN beckon_content.publication p ON p.run_id = r.run_id"
                                + " GROUP BY r.run_id ORDER BY r.run_id DESC")
                .bindList("uids", List.copyOf(uids))
                .map((row, context) -> new Row(row.getLong("schedule_id"), run(row)))
                .list();
    }

    private static Run run(ResultSet row) throws SQLException {
        Optional<Instant> errorAt = Instants.optional(row, "last_error_at");
        String reason = row.getString("last_error_reason");
        String message = row.getString("last_error_message");
        return new Run(
                row.getString("run_uid"),
                PublishRun.State.valueOf(row.getString("state")),
                row.getBoolean("again"),
                Optional.ofNullable(row.getString("post_key")),
                Instants.of(row, "started_at"),
                Instants.optional(row, "ended_at"),
                Instants.optional(row, "next_action_at"),
                Optional.ofNullable(row.getString("waiting_for")),
                row.getInt("published"),
                row.getInt("failed"),
                row.getInt("outcome_unknown"),
                errorAt.map(at -> new ErrorReport(reason, message, at)));
    }
}
