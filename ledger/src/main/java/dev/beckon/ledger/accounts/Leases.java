package dev.beckon.ledger.accounts;

import static dev.beckon.ledger.sql.Instants.DATABASE_NOW;

import dev.beckon.ledger.accounts.LeaseResult.Renewal;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import dev.beckon.ledger.sql.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One process at a time uses an account's session: two would make Telegram revoke it for good (AUTH_KEY_DUPLICATED), and
 * Telegram knows no fence. The database's clock judges, since it is the one clock all contenders share.
 */
public final class Leases {
    private final Database database;
    private final Accounts accounts;
    private final Duration margin;

    /** @param margin between the end of a lease's term and its takeover by another holder */
    public Leases(Database database, Accounts accounts, Duration margin) {
        this.database = database;
        this.accounts = accounts;
        this.margin = margin;
    }

    /** What {@link #holds(ResultSet, Lease)} reads, of a table that the statement calls {@code lease}. */
    public static final String COLUMNS =
            "lease.fence, lease.holder, lease.expires_at, lease.takeover_at, " + DATABASE_NOW + " AS db_now";

    private record Row(long fence, String holder, long expiresAt, long takeoverAt, long now) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("fence"),
                    row.getString("holder"),
                    row.getLong("expires_at"),
                    row.getLong("takeover_at"),
                    row.getLong("db_now"));
        }
    }

    /**
     * Takes the account if it is free, or if its holder's term and the margin are over.
     *
     * <p>A caller that died, or lost its connection, between commit and answer holds a lease it does not know of: it waits
     * for it like everybody else. The fence rises on each acquisition, also by the same holder.
     *
     * @param holder pod name and uid: unique to this process
     * @param term how long it is held without renewing
     */
    public LeaseResult acquire(String accountUid, String holder, Priority priority, Duration term) {
        long accountId = accounts.idOf(accountUid);
        return database.inTransaction("acquire lease", handle -> {
            Row row = lock(handle, accountId);
            if (!isFree(row)) {
                return new LeaseResult.Held(row.holder, Instant.ofEpochMilli(row.takeoverAt));
            }
            long expiresAt = row.now + term.toMillis();
            handle.createUpdate(
                            "UPDATE beckon_accounts.lease SET fence = :fence, holder = :holder, priority = :priority,"
                                    + " since = :now, expires_at = :expires, takeover_at = :takeover WHERE account_id = :account")
                    .bind("fence", row.fence + 1)
                    .bind("holder", holder)
                    .bind("priority", priority.rank())
                    .bind("now", row.now)
                    .bind("expires", expiresAt)
                    .bind("takeover", expiresAt + margin.toMillis())
                    .bind("account", accountId)
                    .execute();
            return new LeaseResult.Acquired(
                    new Lease(accountId, accountUid, holder, row.fence + 1, term, Instant.ofEpochMilli(expiresAt)));
        });
    }

    private static Row lock(Handle handle, long accountId) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM beckon_accounts.lease lease WHERE lease.account_id = :account FOR UPDATE")
                .bind("account", accountId)
                .map((row, context) -> Row.of(row))
                .one();
    }

    /**
     * Begins the term anew, unless it is over already: an expired lease is lost even if nobody took it, so that the holder
     * that is about to be killed by its watchdog never disagrees with the ledger.
     */
    public Renewal renew(Lease lease) {
        return database.inTransaction("renew lease", handle -> {
            Row row = lock(handle, lease.accountId());
            if (!isHeldBy(row, lease)) {
                return new Renewal.Lost();
            }
            long expiresAt = row.now + lease.term().toMillis();
            handle.createUpdate("UPDATE beckon_accounts.lease SET expires_at = :expires, takeover_at = :takeover"
                            + " WHERE account_id = :account")
                    .bind("expires", expiresAt)
                    .bind("takeover", expiresAt + margin.toMillis())
                    .bind("account", lease.accountId())
                    .execute();
            Lease renewed = new Lease(
                    lease.accountId(),
                    lease.accountUid(),
                    lease.holder(),
                    lease.fence(),
                    lease.term(),
                    Instant.ofEpochMilli(expiresAt));
            return new Renewal.Renewed(renewed, strongestWish(handle, lease));
        });
    }

    /** Gives the account back. Nothing happens when it is another's already. */
    public void release(Lease lease) {
        database.useTransaction(
                "release lease",
                handle -> handle.createUpdate(
                                "UPDATE beckon_accounts.lease SET holder = NULL, expires_at = 0, takeover_at = 0"
                                        + " WHERE account_id = :account AND fence = :fence AND holder = :holder")
                        .bind("account", lease.accountId())
                        .bind("fence", lease.fence())
                        .bind("holder", lease.holder())
                        .execute());
    }

    /**
     * Locks the lease's row until the end of the transaction and tells whether it is still the caller's: while it is locked
     * nobody can take the account over. Every write on behalf of an account begins with it.
     */
    public static boolean holds(Handle handle, Lease lease) {
        return isHeldBy(lock(handle, lease.accountId()), lease);
    }

    /** The same for a statement that locked the lease's row together with others. */
    public static boolean holds(ResultSet row, Lease lease) throws SQLException {
        return isHeldBy(Row.of(row), lease);
    }

    /**
     * Locks an account's lease until the end of the transaction and tells whether nobody has it: while its row is locked nobody can take it, and
     * who thinks to hold it still can write nothing.
     */
    public static boolean isFree(Handle handle, long accountId) {
        return isFree(lock(handle, accountId));
    }

    private static boolean isFree(Row row) {
        return row.holder == null || row.now >= row.takeoverAt;
    }

    private static boolean isHeldBy(Row row, Lease lease) {
        // Holder and fence: after a restored backup the same fence may be given out a second time.
        return row.fence == lease.fence() && lease.holder().equals(row.holder) && row.now < row.expiresAt;
    }

    /**
     * Asks the holder to yield at its next safe point. A wish ends by itself after {@code ttl}, by withdrawal, or unheard
     * when nobody holds the account.
     *
     * @param wisher who waits: a campaign's or schedule's uid; one wish each
     */
    public void wish(String accountUid, String wisher, Priority priority, Urgency urgency, Duration ttl) {
        long accountId = accounts.idOf(accountUid);
        database.useTransaction(
                "wish for lease",
                handle -> handle.createUpdate(
                                "INSERT INTO beckon_accounts.yield_wish (account_id, wisher, priority, urgency, expires_at)"
                                        + " VALUES (:account, :wisher, :priority, :urgency, " + DATABASE_NOW
                                        + " + :ttl)"
                                        + " ON DUPLICATE KEY UPDATE priority = :priority, urgency = :urgency, expires_at = "
                                        + DATABASE_NOW + " + :ttl")
                        .bind("account", accountId)
                        .bind("wisher", wisher)
                        .bind("priority", priority.rank())
                        .bind("urgency", urgency.name())
                        .bind("ttl", ttl.toMillis())
                        .execute());
    }

    /** Takes a wish back, because it came true or is none any more. */
    public void withdraw(String accountUid, String wisher) {
        long accountId = accounts.idOf(accountUid);
        database.useTransaction(
                "withdraw wish",
                handle -> handle.createUpdate(
                                "DELETE FROM beckon_accounts.yield_wish WHERE account_id = :account AND wisher = :wisher")
                        .bind("account", accountId)
                        .bind("wisher", wisher)
                        .execute());
    }

    /**
     * Whether the holder should yield: to a higher priority at once, to an equal one as it wished. A lower one waits until
     * the holder is done.
     */
    public Optional<Yield> wishToYield(Lease lease) {
        return database.read("read wishes", handle -> strongestWish(handle, lease));
    }

    /** Whether somebody of a higher rank waits for the account, whoever has it: for one who keeps it busy and holds no lease yet. */
    public boolean isWanted(String accountUid, Priority rank) {
        return database.read(
                "read wishes",
                handle -> handle.createQuery("SELECT EXISTS (SELECT 1 FROM beckon_accounts.yield_wish w"
                                + " JOIN beckon_accounts.account a ON a.account_id = w.account_id"
                                + " WHERE a.account_uid = :uid AND w.priority > :rank AND w.expires_at > "
                                + DATABASE_NOW
                                + ")")
                        .bind("uid", accountUid)
                        .bind("rank", rank.rank())
                        .mapTo(Boolean.class)
                        .one());
    }

    private static Optional<Yield> strongestWish(Handle handle, Lease lease) {
        return handle.createQuery("SELECT w.wisher, w.urgency, w.priority > l.priority AS outranks"
                        + " FROM beckon_accounts.yield_wish w"
                        + " JOIN beckon_accounts.lease l ON l.account_id = w.account_id"
                        + " WHERE w.account_id = :account AND w.priority >= l.priority AND w.expires_at > "
                        + DATABASE_NOW
                        + " ORDER BY w.priority DESC, w.urgency DESC, w.wisher LIMIT 1")
                .bind("account", lease.accountId())
                .map((row, context) -> new Yield(
                        row.getString("wisher"),
                        row.getBoolean("outranks") ? Urgency.Now : Urgency.valueOf(row.getString("urgency"))))
                .findOne();
    }
}
