package dev.beckon.ledger.report;

import static dev.beckon.ledger.report.AutopostReport.MAX_UNFINISHED;
import static dev.beckon.ledger.report.AutopostReport.MAX_UNKNOWN;

import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport.InTarget;
import dev.beckon.ledger.report.AutopostReport.LastPost;
import dev.beckon.ledger.report.AutopostReport.Run;
import dev.beckon.ledger.report.AutopostReport.Spread;
import dev.beckon.ledger.report.AutopostReport.UnknownPost;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import dev.beckon.ledger.sql.Instants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads many schedules, their newest and their unfinished runs, and what became of the newest post in three statements, and one for each
 * schedule with a post of unknown outcome.
 */
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
        Map<Long, Spread> spreads = spreads(uids);
        Map<String, AutopostReport> reports = new HashMap<>();
        handle.createQuery("SELECT * FROM beckon_content.schedule WHERE schedule_uid IN (<uids>)")
                .bindList("uids", List.copyOf(uids))
                .map((row, context) -> {
                    long id = row.getLong("schedule_id");
                    return report(
                            row, runs.getOrDefault(id, List.of()), Optional.ofNullable(spreads.get(id)), sequence);
                })
                .forEach(report -> reports.put(report.scheduleUid(), report));
        return reports;
    }

    /** @param runs the newest first */
    private AutopostReport report(ResultSet row, List<Run> runs, Optional<Spread> spread, long sequence)
            throws SQLException {
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
                row.getLong("outcome_unknown") == 0 ? List.of() : unknown(row.getLong("schedule_id")),
                runs.stream().findFirst(),
                spread,
                runs.stream()
                        .filter(run -> !run.isEnded())
                        .limit(MAX_UNFINISHED)
                        .toList(),
                sequence);
    }

    /** A statement of its own for each schedule that has any: they are few. */
    private List<UnknownPost> unknown(long scheduleId) {
        Map<String, List<String>> targets = new LinkedHashMap<>();
        handle.createQuery("SELECT told.post_key, LOWER(HEX(p.target)) AS target FROM (SELECT r.post_key,"
                        + " MAX(r.run_id) AS run_id FROM beckon_content.publish_run r"
                        + " WHERE r.schedule_id = :schedule AND r.post_key IS NOT NULL AND EXISTS (SELECT 1"
                        + " FROM beckon_content.publication o WHERE o.run_id = r.run_id AND o.state = 'OutcomeUnknown')"
                        + " GROUP BY r.post_key ORDER BY MAX(r.run_id) DESC LIMIT " + MAX_UNKNOWN + ") told"
                        + " JOIN beckon_content.publication p ON p.run_id = told.run_id AND p.state = 'OutcomeUnknown'"
                        + " ORDER BY told.run_id DESC, p.publication_id")
                .bind("schedule", scheduleId)
                .map((row, context) -> targets.computeIfAbsent(row.getString("post_key"), key -> new ArrayList<>())
                        .add(row.getString("target")))
                .list();
        return targets.entrySet().stream()
                .map(it -> new UnknownPost(it.getKey(), List.copyOf(it.getValue())))
                .toList();
    }

    private record SpreadRow(long scheduleId, Spread spread) {}

    /** By schedule. The newest run is often one that has found no post, or not come to one yet; the one before it is told until it has. */
    private Map<Long, Spread> spreads(Collection<String> uids) {
        Map<Long, Spread> spreads = new HashMap<>();
        handle.createQuery(
                        "SELECT r.schedule_id, r.run_uid, r.post_key, r.again, r.ended_at, LOWER(HEX(p.target)) AS target,"
                                + " p.state, p.reason, p.link, p.settled_at FROM beckon_content.schedule s"
                                + " JOIN beckon_content.publish_run r ON r.run_id = (SELECT m.run_id"
                                + " FROM beckon_content.publish_run m WHERE m.schedule_id = s.schedule_id"
                                + " AND m.post_key IS NOT NULL ORDER BY m.run_id DESC LIMIT 1)"
                                + " LEFT JOIN beckon_content.publication p ON p.run_id = r.run_id"
                                + " WHERE s.schedule_uid IN (<uids>) ORDER BY r.run_id, p.publication_id")
                .bindList("uids", List.copyOf(uids))
                .map((row, context) -> new SpreadRow(row.getLong("schedule_id"), spread(row)))
                .forEach(row -> spreads.merge(row.scheduleId, row.spread, AutopostReportQuery::joined));
        // What became of it in its targets was forgotten after the contents' retention: nothing is told, and not that
        // nobody tried.
        spreads.values().removeIf(spread -> spread.ended() && spread.targets().isEmpty());
        return spreads;
    }

    /** A row has one target, or none yet. */
    private static Spread spread(ResultSet row) throws SQLException {
        Map<String, InTarget> targets = new LinkedHashMap<>();
        String target = row.getString("target");
        if (target != null) {
            targets.put(target, inTarget(row));
        }
        return new Spread(
                row.getString("run_uid"),
                row.getString("post_key"),
                row.getBoolean("again"),
                Instants.optional(row, "ended_at").isPresent(),
                targets);
    }

    /** One that is tried once more has its last outcome in the row until it has another. */
    private static InTarget inTarget(ResultSet row) throws SQLException {
        PublicationState state = PublicationState.valueOf(row.getString("state"));
        Optional<String> link = Optional.ofNullable(row.getString("link"));
        Optional<String> reason = Optional.ofNullable(row.getString("reason"));
        Optional<Instant> at = Instants.optional(row, "settled_at");
        return switch (state) {
            case Pending, Open -> new InTarget(state, Optional.empty(), Optional.empty(), Optional.empty());
            case Published, PlainText, Failed, OutcomeUnknown -> new InTarget(state, reason, link, at);
        };
    }

    private static Spread joined(Spread one, Spread other) {
        Map<String, InTarget> targets = new LinkedHashMap<>(one.targets());
        targets.putAll(other.targets());
        return new Spread(one.runUid(), one.post(), one.again(), one.ended(), targets);
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
