package dev.beckon.ledger.parser;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.sql.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes what is known of a run beside its people, within a transaction that checked the lease. */
final class RunRow {
    private static final int MAX_REASON = 64;
    private static final int MAX_MESSAGE = 512;
    private static final int SOURCE_BYTES = 16;

    private final Handle handle;
    private final Datasets.Run run;
    private final long now;

    RunRow(Handle handle, Datasets.Run run, long now) {
        this.handle = handle;
        this.run = run;
        this.now = now;
    }

    /** Nothing happens when the run is known. */
    RunRow known(Lease lease) {
        handle.createUpdate(
                        "INSERT IGNORE INTO beckon_parser.dataset (dataset_uid, parser_uid, namespace, name, account_id,"
                                + " administered, state, keep_for_ms, started_at, last_page_at) VALUES (:uid, :parser, :namespace,"
                                + " :name, :account, FALSE, 'Reading', :keep, :now, :now)")
                .bind("uid", run.datasetUid())
                .bind("parser", run.parserUid())
                .bind("namespace", run.namespace())
                .bind("name", run.name())
                .bind("account", lease.accountId())
                .bind("keep", run.keepFor().map(Duration::toMillis).orElse(null))
                .bind("now", now)
                .execute();
        return this;
    }

    /**
     * Keeps by what words the run's chat is found, unless it was found before.
     *
     * @return where the same words led an earlier run of the parser, or this one
     */
    Optional<Long> source(String source) {
        byte[] digest = digest(source);
        handle.createUpdate("UPDATE beckon_parser.dataset SET source = :source"
                        + " WHERE dataset_uid = :uid AND chat_id IS NULL")
                .bind("source", digest)
                .bind("uid", run.datasetUid())
                .execute();
        return handle.createQuery("SELECT chat_id FROM beckon_parser.dataset WHERE parser_uid = :parser"
                        + " AND source = :source AND chat_id IS NOT NULL ORDER BY dataset_id DESC LIMIT 1")
                .bind("parser", run.parserUid())
                .bind("source", digest)
                .mapTo(Long.class)
                .findOne();
    }

    /** An invite link lets in whoever reads it, so the ledger does not. */
    private static byte[] digest(String source) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(whole, SOURCE_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What the first look at the chat told stays: rights that come later don't reach back to people read before. */
    void begins(long chatId, boolean administered, String listing, long chatTotal) {
        handle.createUpdate(
                        "UPDATE beckon_parser.dataset SET chat_id = :chat, administered = :administered, listing = :listing,"
                                + " chat_total = :total"
                                + " WHERE dataset_uid = :uid AND chat_id IS NULL")
                .bind("chat", chatId)
                .bind("administered", administered)
                .bind("listing", listing)
                .bind("total", chatTotal)
                .bind("uid", run.datasetUid())
                .execute();
    }

    void waits(Optional<Instant> nextActionAt, Optional<String> waitingFor) {
        handle.createUpdate("UPDATE beckon_parser.dataset SET next_action_at = :next, waiting_for = :for"
                        + " WHERE dataset_uid = :uid")
                .bind("next", nextActionAt.map(Instant::toEpochMilli).orElse(null))
                .bind("for", waitingFor.orElse(null))
                .bind("uid", run.datasetUid())
                .execute();
    }

    void fails(String reason, String message) {
        handle.createUpdate(
                        "UPDATE beckon_parser.dataset SET last_error_reason = :reason, last_error_message = :message,"
                                + " last_error_at = :now WHERE dataset_uid = :uid")
                .bind("reason", Text.bounded(reason, MAX_REASON))
                .bind("message", Text.bounded(message, MAX_MESSAGE))
                .bind("now", now)
                .bind("uid", run.datasetUid())
                .execute();
    }

    void exported() {
        handle.createUpdate(
                        "UPDATE beckon_parser.dataset SET exported_at = :now, next_action_at = NULL, waiting_for = NULL WHERE dataset_uid = :uid")
                .bind("now", now)
                .bind("uid", run.datasetUid())
                .execute();
    }
}
