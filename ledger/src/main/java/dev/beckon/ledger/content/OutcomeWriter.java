package dev.beckon.ledger.content;

import dev.beckon.ledger.sql.Text;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes how a publication ended and counts it, within the caller's transaction. */
final class OutcomeWriter {
    private static final int MAX_REASON = 64;
    /** The longest words of Telegram's that are kept. */
    static final int MAX_TEXT = 512;

    private final Handle handle;
    private final PublicationRow row;
    private final long now;

    OutcomeWriter(Handle handle, PublicationRow row, long now) {
        this.handle = handle;
        this.row = row;
        this.now = now;
    }

    void write(PublishOutcome outcome) {
        switch (outcome) {
            case PublishOutcome.Published published -> {
                PublicationState state = row.plain() ? PublicationState.PlainText : PublicationState.Published;
                settle(state, Optional.of(published.messageId()), published.link(), Optional.empty(), Optional.empty());
                count("published");
                shown(published);
            }
            case PublishOutcome.Failed(String reason, String raw) -> {
                settle(
                        PublicationState.Failed,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(reason),
                        Optional.of(raw));
                count("failed");
                PublishRuns.error(handle, row.runId(), reason, raw, now);
            }
            case PublishOutcome.Unknown(String raw) -> {
                settle(
                        PublicationState.OutcomeUnknown,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(raw));
                count("outcome_unknown");
            }
            case PublishOutcome.NotSent(var notBefore) ->
                handle.createUpdate("UPDATE beckon_content.publication SET state = 'Pending', not_before = :until"
                                + " WHERE publication_id = :id")
                        .bind("until", notBefore.toEpochMilli())
                        .bind("id", row.id())
                        .execute();
        }
    }

    private void settle(
            PublicationState state,
            Optional<Long> messageId,
            Optional<String> link,
            Optional<String> reason,
            Optional<String> raw) {
        handle.createUpdate(
                        "UPDATE beckon_content.publication SET state = :state, settled_at = :now,"
                                + " message_id = :message, link = :link, reason = :reason, raw = :raw WHERE publication_id = :id")
                .bind("state", state.name())
                .bind("now", now)
                .bind("message", messageId.orElse(null))
                .bind("link", link.orElse(null))
                .bind(
                        "reason",
                        reason.map(text -> Text.bounded(text, MAX_REASON)).orElse(null))
                .bind("raw", raw.map(text -> Text.bounded(text, MAX_TEXT)).orElse(null))
                .bind("id", row.id())
                .execute();
    }

    private void count(String column) {
        handle.createUpdate("UPDATE beckon_content.schedule s JOIN beckon_content.publish_run r"
                        + " ON r.schedule_id = s.schedule_id SET s." + column + " = s." + column
                        + " + 1 WHERE r.run_id = :run")
                .bind("run", row.runId())
                .execute();
    }

    private void shown(PublishOutcome.Published published) {
        handle.createUpdate("UPDATE beckon_content.schedule s JOIN beckon_content.publish_run r"
                        + " ON r.schedule_id = s.schedule_id SET s.last_post_text = :text, s.last_post_link = :link,"
                        + " s.last_post_at = :now WHERE r.run_id = :run")
                .bind("text", Text.bounded(published.textStart(), PublishOutcome.Published.LONGEST_START))
                .bind("link", published.link().orElse(null))
                .bind("now", now)
                .bind("run", row.runId())
                .execute();
    }
}
