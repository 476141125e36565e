package dev.beckon.ledger.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A run's post in one target, as it stands. */
record PublicationRow(long id, long runId, PublicationState state, long notBefore, boolean plain) {
    private static final String COLUMNS =
            "SELECT publication_id, run_id, state, not_before, plain FROM beckon_content.publication";

    static Optional<PublicationRow> find(Handle handle, long runId, byte[] target) {
        return handle.createQuery(COLUMNS + " WHERE run_id = :run AND target = :target")
                .bind("run", runId)
                .bind("target", target)
                .map((row, context) -> of(row))
                .findOne();
    }

    /** The target's row, made when missing and locked. */
    static PublicationRow make(Handle handle, long runId, byte[] target, long accountId) {
        handle.createUpdate("INSERT INTO beckon_content.publication (run_id, target, account_id, state)"
                        + " VALUES (:run, :target, :account, 'Pending') ON DUPLICATE KEY UPDATE run_id = run_id")
                .bind("run", runId)
                .bind("target", target)
                .bind("account", accountId)
                .execute();
        return find(handle, runId, target).orElseThrow();
    }

    static PublicationRow lock(Handle handle, long id) {
        return handle.createQuery(COLUMNS + " WHERE publication_id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> of(row))
                .one();
    }

    /** Those of a run that are still to be sent, but for the targets given, of which there is one at least. */
    static List<PublicationRow> pending(Handle handle, long runId, Collection<String> but) {
        return handle.createQuery(
                        COLUMNS + " WHERE run_id = :run AND state = 'Pending' AND target NOT IN (<but>) FOR UPDATE")
                .bind("run", runId)
                .bindList("but", but.stream().map(TargetKeys::bytes).toList())
                .map((row, context) -> of(row))
                .list();
    }

    /** All of a run that are still to be sent. */
    static List<PublicationRow> pending(Handle handle, long runId) {
        return handle.createQuery(COLUMNS + " WHERE run_id = :run AND state = 'Pending' FOR UPDATE")
                .bind("run", runId)
                .map((row, context) -> of(row))
                .list();
    }

    private static PublicationRow of(ResultSet row) throws SQLException {
        return new PublicationRow(
                row.getLong("publication_id"),
                row.getLong("run_id"),
                PublicationState.valueOf(row.getString("state")),
                row.getLong("not_before"),
                row.getBoolean("plain"));
    }

    boolean isOpen() {
        return state == PublicationState.Open;
    }

    boolean isDone() {
        return state != PublicationState.Open && state != PublicationState.Pending;
    }

    /** Whether another target of the run is the same chat. */
    boolean isTaken(Handle handle, long chatId) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM beckon_content.publication"
                        + " WHERE run_id = :run AND chat_id = :chat AND publication_id <> :id)")
                .bind("run", runId)
                .bind("chat", chatId)
                .bind("id", id)
                .mapTo(Boolean.class)
                .one();
    }

    /** An open one has the words of its last refusal; what an earlier try was refused with says nothing of this one. */
    void open(Handle handle, long chatId, long now) {
        handle.createUpdate("UPDATE beckon_content.publication SET state = 'Open', chat_id = :chat, opened_at = :now,"
                        + " raw = NULL WHERE publication_id = :id")
                .bind("chat", chatId)
                .bind("now", now)
                .bind("id", id)
                .execute();
    }
}
