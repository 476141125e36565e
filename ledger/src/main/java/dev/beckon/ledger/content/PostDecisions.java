package dev.beckon.ledger.content;

import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What only a person decides about posts, said by an annotation. Each value works once. */
public final class PostDecisions {
    private final Database database;

    public PostDecisions(Database database) {
        this.database = database;
    }

    /** What came of a decision. */
    public sealed interface Decided {
        /** @param chats in which the post is published again */
        record Again(int chats) implements Decided {}

        /** The value was used before; nothing changed. */
        record UsedBefore() implements Decided {}

        /** The post has no unknown outcome; nothing changed, and the value is used. */
        record NotUnknown() implements Decided {}
    }

    /**
     * A post is published again in the chats of which nobody can tell whether it is there: a person looked, and takes the risk. Of a post
     * that had several turns it is the last one with such an outcome. Its run goes on, or begins once more with the post as it is
     * written then; chats that have their outcome stay as they are.
     *
     * @param post its key
     * @param value the annotation's
     */
    public Decided publishAgain(String scheduleUid, String post, String value) {
        long now = database.now();
        return database.inTransaction("publish again", handle -> {
            Optional<Long> schedule = handle.createQuery(
                            "SELECT schedule_id FROM beckon_content.schedule WHERE schedule_uid = :uid")
                    .bind("uid", scheduleUid)
                    .mapTo(Long.class)
                    .findOne();
            if (schedule.isEmpty()) {
                return new Decided.NotUnknown();
            }
            if (!use(handle, schedule.get(), value, now)) {
                return new Decided.UsedBefore();
            }
            return lastUnknown(handle, schedule.get(), post)
                    .<Decided>map(run -> new Decided.Again(again(handle, schedule.get(), run, now)))
                    .orElseGet(Decided.NotUnknown::new);
        });
    }

    /** @return false when it was used before */
    private static boolean use(Handle handle, long scheduleId, String value, long now) {
        return handle.createUpdate("INSERT IGNORE INTO beckon_content.post_decision (schedule_id, value_digest,"
                                + " decided_at) VALUES (:schedule, :digest, :now)")
                        .bind("schedule", scheduleId)
                        .bind("digest", digest(value))
                        .bind("now", now)
                        .execute()
                == 1;
    }

    private static Optional<Long> lastUnknown(Handle handle, long scheduleId, String post) {
        return handle.createQuery("SELECT r.run_id FROM beckon_content.publish_run r"
                        + " WHERE r.schedule_id = :schedule AND r.post_key = :post AND EXISTS (SELECT 1"
                        + " FROM beckon_content.publication p WHERE p.run_id = r.run_id AND p.state = 'OutcomeUnknown')"
                        + " ORDER BY r.run_id DESC LIMIT 1")
                .bind("schedule", scheduleId)
                .bind("post", post)
                .mapTo(Long.class)
                .findOne();
    }

    private static int again(Handle handle, long scheduleId, long runId, long now) {
        int chats = handle.createUpdate("UPDATE beckon_content.publication SET state = 'Pending'"
                        + " WHERE run_id = :run AND state = 'OutcomeUnknown'")
                .bind("run", runId)
                .execute();
        // A run that goes on has its post still; its deadline counts from the person's word.
        handle.createUpdate("UPDATE beckon_content.publish_run SET state = 'Running', again = TRUE, started_at = :now,"
                        + " ended_at = NULL WHERE run_id = :run AND ended_at IS NOT NULL")
                .bind("now", now)
                .bind("run", runId)
                .execute();
        handle.createUpdate("UPDATE beckon_content.schedule SET outcome_unknown = GREATEST(0, outcome_unknown - :chats)"
                        + " WHERE schedule_id = :schedule")
                .bind("chats", chats)
                .bind("schedule", scheduleId)
                .execute();
        SequenceLanes.raise(handle, SequenceLanes.COMMON);
        return chats;
    }

    private static byte[] digest(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
