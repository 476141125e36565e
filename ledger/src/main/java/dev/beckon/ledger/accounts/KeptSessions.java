package dev.beckon.ledger.accounts;

import static dev.beckon.ledger.sql.Instants.DATABASE_NOW;

import dev.beckon.ledger.keys.FieldCipher;
import dev.beckon.ledger.keys.FieldCipher.Opened;
import dev.beckon.ledger.keys.LookupKey;
import dev.beckon.ledger.keys.LookupKeys;
import dev.beckon.ledger.people.PhoneNumbers;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The session of an account that was deleted and made again: the same name of the same namespace with another uid. Kubernetes
 * has only one object of a name at a time, so the older account is gone, and its session is taken over instead of logging in
 * anew, which costs a person's time and shows one more device in Telegram.
 *
 * <p>Where two clusters share a database and have accounts of one name, the younger takes the session and the older is told that
 * it has none any more. That is never two uses of one session: it goes over only while nobody holds the older account.
 */
public final class KeptSessions {
    private static final String MOVED =
            "Its session went over to the TelegramAccount of the same name that was made later.";

    private final Database database;
    private final FieldCipher cipher;
    private final LookupKeys lookups;

    public KeptSessions(Database database, FieldCipher cipher, LookupKeys lookups) {
        this.database = database;
        this.cipher = cipher;
        this.lookups = lookups;
    }

    /** What came of asking for it. */
    public enum Result {
        /** The account has it now, as if it had logged in with it; what Telegram told its user to wait binds it too. */
        ADOPTED,
        /** There is none, it is another user's than wanted, or it is damaged. */
        NONE,
        /** A worker of the older account is still at work. */
        IN_USE,
        LEASE_LOST
    }

    private record Kept(
            long accountId,
            String uid,
            long user,
            String username,
            String displayName,
            String phone,
            Optional<LookupKey> phoneKey,
            long coolDownUntil) {}

    /**
     * Remembers whose session the account has, so that one that is made later under its name goes on with it for the same phone only.
     * Written only when it changed.
     *
     * @param phone as Telegram tells it; empty for a bot
     * @return false when the lease is lost and nothing was written
     */
    public boolean belongsTo(Lease lease, Optional<String> phone) {
        return database.inTransaction("remember whose session it is", handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            handle.createUpdate("UPDATE beckon_accounts.account SET phone_key = :key"
                            + " WHERE account_id = :account AND NOT (phone_key <=> :key)")
                    .bind(
                            "key",
                            phone.map(KeptSessions::identity)
                                    .map(lookups::primaryOf)
                                    .map(LookupKey::bytes)
                                    .orElse(null))
                    .bind("account", lease.accountId())
                    .execute();
            return true;
        });
    }

    /** Not as a person's phone: nobody finds out by this whether a list has the team's own. */
    private static String identity(String phone) {
        String e164 = PhoneNumbers.parse(phone).e164().orElse(phone);
        return "account:" + e164.replaceAll("[^0-9]", "");
    }

    /**
     * Takes over the newest kept session of the account's name, unless it has one of its own.
     *
     * @param phone of the user as whom the account is to log in, in whatever spelling: a session of which we don't know that it is that
     *     user's is left alone; empty when nobody told, then it is whichever user's had the name, but no bot's
     */
    public Result adopt(Lease lease, String namespace, String name, Optional<String> phone) {
        Optional<List<LookupKey>> wanted = phone.map(KeptSessions::identity).map(lookups::of);
        return database.inTransaction("adopt session", handle -> {
            if (!Leases.holds(handle, lease)) {
                return Result.LEASE_LOST;
            }
            for (Kept kept : newestFirst(handle, lease, namespace, name)) {
                if (!isWanted(kept, wanted) || session(handle, kept).isEmpty()) {
                    continue;
                }
                if (isHeld(handle, kept)) {
                    return Result.IN_USE;
                }
                // Once more, now that nobody can save a newer one or take it away.
                Optional<byte[]> session = session(handle, kept);
                if (session.isPresent()) {
                    move(handle, lease, kept, session.get());
                    return Result.ADOPTED;
                }
            }
            return Result.NONE;
        });
    }

    private static boolean isWanted(Kept kept, Optional<List<LookupKey>> phone) {
        return phone.map(keys -> kept.phoneKey.filter(keys::contains).isPresent())
                // Nobody asks for a bot's without its token.
                .orElse(kept.phone != null);
    }

    /** The sessions of accounts that had the name; none when the account has one of its own. */
    private static List<Kept> newestFirst(Handle handle, Lease lease, String namespace, String name) {
        return handle.createQuery("SELECT a.*, (SELECT MAX(s.saved_at) FROM " + Sessions.TABLE
                        + " s WHERE s.account_id = a.account_id) AS saved_at FROM beckon_accounts.account a"
                        + " WHERE a.namespace = :namespace AND a.name = :name AND a.account_id <> :own"
                        + " AND a.telegram_user_id IS NOT NULL"
                        + " AND EXISTS (SELECT 1 FROM " + Sessions.TABLE + " s WHERE s.account_id = a.account_id)"
                        + " AND NOT EXISTS (SELECT 1 FROM " + Sessions.TABLE + " s WHERE s.account_id = :own)"
                        + " ORDER BY saved_at DESC, a.account_id DESC")
                .bind("namespace", namespace)
                .bind("name", name)
                .bind("own", lease.accountId())
                .map((row, context) -> new Kept(
                        row.getLong("account_id"),
                        row.getString("account_uid"),
                        row.getLong("telegram_user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getString("phone_masked"),
                        Optional.ofNullable(row.getBytes("phone_key")).map(LookupKey::new),
                        row.getLong("cool_down_until")))
                .list();
    }

    /** Locks the older account's lease: whoever wants to work with its session waits, and finds none. */
    private static boolean isHeld(Handle handle, Kept kept) {
        return handle.createQuery("SELECT holder IS NOT NULL AND takeover_at > " + DATABASE_NOW
                        + " FROM beckon_accounts.lease WHERE account_id = :account FOR UPDATE")
                .bind("account", kept.accountId)
                .mapTo(Boolean.class)
                .one();
    }

    /** Empty when it was taken meanwhile, or can't be opened with our keys. */
    private Optional<byte[]> session(Handle handle, Kept kept) {
        return handle.createQuery("SELECT version, bundle FROM " + Sessions.TABLE
                        + " WHERE account_id = :account ORDER BY version DESC LIMIT 1")
                .bind("account", kept.accountId)
                .map((row, context) ->
                        cipher.open(row.getBytes("bundle"), Sessions.TABLE, kept.uid, row.getLong("version")))
                .findOne()
                .flatMap(
                        opened -> opened instanceof Opened.Plain(byte[] bytes) ? Optional.of(bytes) : Optional.empty());
    }

    private void move(Handle handle, Lease lease, Kept kept, byte[] session) {
        long now = database.now();
        long version = 1;
        Sessions.insert(
                handle, lease, version, now, cipher.encrypt(session, Sessions.TABLE, lease.accountUid(), version));
        Sessions.deleteAll(handle, kept.accountId);
        // A holder of the older account whose term is over, and who does not know it yet, can write nothing any more.
        handle.createUpdate("UPDATE beckon_accounts.lease SET fence = fence + 1, holder = NULL, expires_at = 0,"
                        + " takeover_at = 0 WHERE account_id = :account")
                .bind("account", kept.accountId)
                .execute();
        handle.createUpdate("UPDATE beckon_accounts.account SET telegram_user_id = :user, username = :username,"
                        + " display_name = :displayName, phone_masked = :phone, phone_key = :phoneKey,"
                        + " cool_down_until = GREATEST(cool_down_until, :coolDown) WHERE account_id = :account")
                .bind("user", kept.user)
                .bind("username", kept.username)
                .bind("displayName", kept.displayName)
                .bind("phone", kept.phone)
                .bind("phoneKey", kept.phoneKey.map(LookupKey::bytes).orElse(null))
                .bind("coolDown", kept.coolDownUntil)
                .bind("account", lease.accountId())
                .execute();
        // A limitation stays where it is: it binds the Telegram user by whatever name, until its breaker is
        // acknowledged.
        Accounts.writeState(
                handle, kept.accountId, AccountState.LoggedOut, "SessionMoved", MOVED, "state <> 'Limited'", now);
        SequenceLanes.raise(handle, lease.accountId());
    }
}
