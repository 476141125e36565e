package dev.beckon.ledger.content;

import dev.beckon.ledger.sql.Database;
import java.time.Duration;
import java.util.List;

/**
 * Forgets what became of a post in each target, {@link #KEPT} after its run's end. Runs and which posts were used stay as long as the
 * ledger: a schedule that publishes once a year still knows, and a run that was asked for once is not made again. So do a
 * schedule's counts and its newest run.
 */
public final class ContentRetention {
    /** The default of all kinds of data. */
    public static final Duration KEPT = Duration.ofDays(90);

    private static final int BATCH = 1_000;

    private final Database database;

    public ContentRetention(Database database) {
        this.database = database;
    }

    /** @return how many publications were forgotten */
    public long forget() {
        long before = database.now() - KEPT.toMillis();
        long total = 0;
        int forgotten;
        do {
            forgotten = database.inTransaction("forget publications", handle -> {
                List<Long> old = handle.createQuery("SELECT p.publication_id FROM beckon_content.publication p"
                                + " JOIN beckon_content.publish_run r ON r.run_id = p.run_id"
                                + " WHERE r.ended_at < :before AND r.run_id < (SELECT MAX(newer.run_id)"
                                + " FROM beckon_content.publish_run newer WHERE newer.schedule_id = r.schedule_id)"
                                + " ORDER BY p.publication_id LIMIT " + BATCH)
                        .bind("before", before)
                        .mapTo(Long.class)
                        .list();
                return old.isEmpty()
                        ? 0
                        : handle.createUpdate("DELETE FROM beckon_content.publication WHERE publication_id IN (<old>)")
                                .bindList("old", old)
                                .execute();
            });
            total += forgotten;
        } while (forgotten == BATCH);
        return total;
    }
}
