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

        /**
         * The post's run goes on, in other chats or once more: the process whose call got no answer may live and send it yet. Nothing
         * changed, and the value is not used.
         */
        record RunGoesOn() implements Decided {}
    }

    /**
     * A post is published again in the chats of which nobody can tell whether it is there: a person looked, and takes the risk. Of a post
     * that had several turns it is the last one with such an outcome. Its run has ended and begins once more, with the post as it is
     * written then, by another process than the one whose call got no answer; chats that have their outcome stay as they are.
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
            if (wasUsed(handle, schedule.get(), value)) {
                return new Decided.UsedBefore();
            }
            Optional<Long> run = lastUnknown(handle, schedule.get(), post);
            // First, for it locks the run: a worker that is about to end it has ended it, or it goes on.
            if (run.isPresent() && !begin(handle, run.get(), now)) {
                return new Decided.RunGoesOn();
            }
            use(handle, schedule.get(), value, now);
            return run.<Decided>map(it -> new Decided.Again(again(handle, schedule.get(), it)))
                    .orElseGet(Decided.NotUnknown::new);
        });
    }

    /** @return false when it has not ended */
    private static boolean begin(Handle handle, long runId, long now) {
        return handle.createUpdate(
                                "UPDATE beckon_content.publish_run SET state = 'Running', again = TRUE, started_at = :now,"
                                        + " ended_at = NULL WHERE run_id = :run AND ended_at IS NOT NULL")
                        .bind("now", now)
                        .bind("run", runId)
                        .execute()
                == 1;
    }

    private static boolean wasUsed(Handle handle, long scheduleId, String value) {
        return handle.createQuery("SELECT COUNT(*) FROM beckon_content.post_decision WHERE schedule_id = :schedule"
                                + " AND value_digest = :digest")
                        .bind("schedule", scheduleId)
                        .bind("digest", digest(value))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static void use(Handle handle, long scheduleId, String value, long now) {
        handle.createUpdate("INSERT IGNORE INTO beckon_content.post_decision (schedule_id, value_digest,"
                        + " decided_at) VALUES (:schedule, :digest, :now)")
                .bind("schedule", scheduleId)
                .bind("digest", digest(value))
                .bind("now", now)
                .execute();
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

    private static int again(Handle handle, long scheduleId, long runId) {
        int chats = handle.createUpdate("UPDATE beckon_content.publication SET state = 'Pending'"
                        + " WHERE run_id = :run AND state = 'OutcomeUnknown'")
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
