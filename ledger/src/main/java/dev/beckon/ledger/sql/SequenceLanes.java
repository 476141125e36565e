package dev.beckon.ledger.sql;

import org.jdbi.v3.core.Handle;

/** Raises the ledger's sequence number within a transaction. A lane per account keeps workers from waiting for each other. */
public final class SequenceLanes {
    /** For transactions that belong to no account. */
    public static final long COMMON = 0;

    private SequenceLanes() {}

    /** Called last in a transaction, so that the row is locked as short as can be. */
    public static void raise(Handle handle, long lane) {
        raiseBy(handle, lane, 1);
    }

    /** The same by several at once: past a number that was told of before an older backup was restored. */
    public static void raiseBy(Handle handle, long lane, long by) {
        handle.createUpdate("INSERT INTO beckon_audit.ledger_sequence (lane, number) VALUES (:lane, :by)"
                        + " ON DUPLICATE KEY UPDATE number = number + :by")
                .bind("lane", lane)
                .bind("by", by)
                .execute();
    }

    /** The number as of now; it never falls unless an older backup was restored. */
    public static long current(Handle handle) {
        return handle.createQuery("SELECT COALESCE(SUM(number), 0) FROM beckon_audit.ledger_sequence")
                .mapTo(Long.class)
                .one();
    }
}
