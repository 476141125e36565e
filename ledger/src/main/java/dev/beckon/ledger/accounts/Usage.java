package dev.beckon.ledger.accounts;

import dev.beckon.ledger.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What an account did in any 24 hours, rolling, counted by Telegram user id: one user under two names has one quota. A call
 * counts when it is about to be made, whatever comes of it.
 */
public final class Usage {
    /** The width of the rolling window. */
    public static final Duration WINDOW = Duration.ofHours(24);

    private final Database database;

    public Usage(Database database) {
        this.database = database;
    }

    /** What is counted. */
    public enum Kind {
        Invite,
        Message,
        Join,
        Lookup
    }

    /** What came of asking for one more use. */
    public sealed interface Taken {
        /** @param left how many more before the limit */
        record Granted(int left) implements Taken {}

        /** @param until when the oldest use leaves the window */
        record Exhausted(Instant until) implements Taken {}

        /** The account was never logged in, so nobody knows whose quota it is. */
        record UserUnknown() implements Taken {}

        record LeaseLost() implements Taken {}
    }

    /** When the account last acted on a person, by whatever name: the pause between two people outlives a process. */
    public Optional<Instant> lastAct(Lease lease) {
        return database.read(
                "read last act",
                handle -> handle.createQuery(
                                "SELECT MAX(u.used_at) AS last FROM beckon_accounts.account_use u JOIN beckon_accounts.account a"
                                        + " ON a.telegram_user_id = u.telegram_user_id WHERE a.account_id = :account"
                                        + " AND u.kind IN ('Invite', 'Message')")
                        .bind("account", lease.accountId())
                        .map((row, context) -> dev.beckon.ledger.sql.Instants.optional(row, "last"))
                        .one());
    }

    /** Counts one use if the limit allows. Joins and look-ups; invites and messages are counted by their intents. */
    public Taken take(Lease lease, Kind kind, int limit) {
        return database.inTransaction("count use", handle -> {
            if (!Leases.holds(handle, lease)) {
                return new Taken.LeaseLost();
            }
            TelegramUserRow user = TelegramUserRow.lock(handle, lease.accountId());
            if (user.telegramUserId().isEmpty()) {
                return new Taken.UserUnknown();
            }
            return take(handle, user.telegramUserId().get(), kind, limit, database.now());
        });
    }

    /** The same within a transaction that locked the user's rows. */
    public static Taken take(Handle handle, long telegramUserId, Kind kind, int limit, long now) {
        Taken room = room(handle, telegramUserId, kind, limit, now);
        if (room instanceof Taken.Granted) {
            count(handle, telegramUserId, kind, now);
        }
        return room;
    }

    /** Whether one more use would be granted. */
    public static Taken room(Handle handle, long telegramUserId, Kind kind, int limit, long now) {
        long since = now - WINDOW.toMillis();
        int used = handle.createQuery("SELECT COUNT(*) FROM beckon_accounts.account_use WHERE telegram_user_id = :user"
                        + " AND kind = :kind AND used_at > :since")
                .bind("user", telegramUserId)
                .bind("kind", kind.name())
                .bind("since", since)
                .mapTo(Integer.class)
                .one();
        return room(handle, telegramUserId, kind, limit, used, now);
    }

    /**
     * The same for a caller who counted already.
     *
     * @param used within the window
     */
    public static Taken room(Handle handle, long telegramUserId, Kind kind, int limit, int used, long now) {
        if (limit <= 0) {
            return new Taken.Exhausted(Instant.ofEpochMilli(now).plus(WINDOW));
        }
        if (used < limit) {
            return new Taken.Granted(limit - used - 1);
        }
        long since = now - WINDOW.toMillis();
        // There is room again when the limit-th newest use leaves the window.
        long leaving = handle.createQuery("SELECT used_at FROM beckon_accounts.account_use"
                        + " WHERE telegram_user_id = :user AND kind = :kind AND used_at > :since"
                        + " ORDER BY used_at DESC LIMIT 1 OFFSET " + (limit - 1))
                .bind("user", telegramUserId)
                .bind("kind", kind.name())
                .bind("since", since)
                .mapTo(Long.class)
                .one();
        return new Taken.Exhausted(Instant.ofEpochMilli(leaving).plus(WINDOW));
    }

    /** Counts one use within a transaction. */
    public static void count(Handle handle, long telegramUserId, Kind kind, long now) {
        handle.createUpdate("INSERT INTO beckon_accounts.account_use (telegram_user_id, kind, used_at)"
                        + " VALUES (:user, :kind, :now)")
                .bind("user", telegramUserId)
                .bind("kind", kind.name())
                .bind("now", now)
                .execute();
    }
}
