package dev.beckon.ledger.accounts;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.FieldCipher.Opened;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Session bundles: encrypted, versioned, readable and writable only by the holder of the lease. */
public final class Sessions {
    /** The most a bundle may weigh; TDLib's small binlog is some kilobytes. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    static final String TABLE = "beckon_accounts.session_bundle";
    private static final int VERSIONS_KEPT = 2;

    private final Database database;
    private final FieldCipher cipher;

    public Sessions(Database database, FieldCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /** What came of asking for the session. */
    public sealed interface LoadResult {
        record Loaded(SessionBundle bundle) implements LoadResult {}

        /** No login was ever completed, or it was discarded. */
        record None() implements LoadResult {}

        /** There is one, and its bytes changed since it was saved: it can't be used, and is kept. */
        record Damaged() implements LoadResult {}

        record LeaseLost() implements LoadResult {}
    }

    /**
     * The newest bundle. Whoever no longer holds the lease must not use the session, so gets none.
     *
     * @throws LedgerException when other keys wrote it: that is no damage, and mended by the right {@code keys.json}
     */
    public LoadResult load(Lease lease) {
        return database.inTransaction("load session", handle -> {
            if (!Leases.holds(handle, lease)) {
                return new LoadResult.LeaseLost();
            }
            Optional<SessionBundle> newest = handle.createQuery("SELECT version, bundle FROM " + TABLE
                            + " WHERE account_id = :account ORDER BY version DESC LIMIT 1")
                    .bind("account", lease.accountId())
                    .map((row, context) -> new SessionBundle(row.getLong("version"), row.getBytes("bundle")))
                    .findOne();
            return newest.map(stored -> opened(lease.accountUid(), stored)).orElseGet(LoadResult.None::new);
        });
    }

    private LoadResult opened(String accountUid, SessionBundle stored) {
        return switch (cipher.open(stored.bytes(), TABLE, accountUid, stored.version())) {
            case Opened.Plain(byte[] bytes) -> new LoadResult.Loaded(new SessionBundle(stored.version(), bytes));
            case Opened.OtherKeys _ ->
                throw new LedgerException(
                        "The account's session was saved with other keys than those of this keys.json:"
                                + " put the keys.json of the installation into the Secret of the worker.");
            case Opened.Damaged _ -> new LoadResult.Damaged();
        };
    }

    /**
     * Saves the session as a new version; the one before it is kept too.
     *
     * @return false when the lease is lost and nothing was written
     * @throws LedgerException when it weighs more than {@link #MAX_BYTES}
     */
    public boolean save(Lease lease, byte[] bundle) {
        if (bundle.length > MAX_BYTES) {
            throw new LedgerException("The session weighs " + bundle.length + " bytes, more than " + MAX_BYTES
                    + ": are TDLib's message and file databases off?");
        }
        return database.inTransaction("save session", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            long version = newestVersion(handle, lease) + 1;
            insert(handle, lease, version, database.now(), cipher.encrypt(bundle, TABLE, lease.accountUid(), version));
            handle.createUpdate("DELETE FROM " + TABLE + " WHERE account_id = :account AND version <= :old")
                    .bind("account", lease.accountId())
                    .bind("old", version - VERSIONS_KEPT)
                    .execute();
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    /** Writes a version of the session of an account whose lease is held. */
    static void insert(Handle handle, Lease lease, long version, long savedAt, byte[] ciphertext) {
        handle.createUpdate("INSERT INTO " + TABLE + " (account_id, version, fence, saved_at, bundle)"
                        + " VALUES (:account, :version, :fence, :now, :bundle)")
                .bind("account", lease.accountId())
                .bind("version", version)
                .bind("fence", lease.fence())
                .bind("now", savedAt)
                .bind("bundle", ciphertext)
                .execute();
    }

    /**
     * Telegram ended the session: forgets it and says so, in one transaction. Whoever dies here leaves either a session that is
     * opened once more and told as ended again, or none: never an account that is to log in with a session that is dead.
     *
     * @param reason a word in CamelCase
     * @param message Telegram's words
     * @return false when the lease is lost and nothing was written
     */
    public boolean end(Lease lease, AccountState state, String reason, String message) {
        return database.inTransaction("end session", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            deleteAll(handle, lease.accountId());
            Accounts.writeState(handle, lease.accountId(), state, reason, message, "TRUE", database.now());
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }

    static void deleteAll(Handle handle, long accountId) {
        handle.createUpdate("DELETE FROM " + TABLE + " WHERE account_id = :account")
                .bind("account", accountId)
                .execute();
    }

    private static long newestVersion(Handle handle, Lease lease) {
        return handle.createQuery("SELECT COALESCE(MAX(version), 0) FROM " + TABLE + " WHERE account_id = :account")
                .bind("account", lease.accountId())
                .mapTo(Long.class)
                .one();
    }
}
