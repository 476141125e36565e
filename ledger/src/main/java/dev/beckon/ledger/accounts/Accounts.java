package dev.beckon.ledger.accounts;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.sql.Database;
import dev.beckon.ledger.sql.SequenceLanes;
import dev.beckon.ledger.sql.Text;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** The rows of accounts, by the uid of their Kubernetes object. */
public final class Accounts {
    private static final String LOGIN_REFUSED = "LoginRefused";

    private final Database database;
    /** uid → id never changes and rows are never deleted while a process runs. */
    private final Map<String, Long> ids = new ConcurrentHashMap<>();

    public Accounts(Database database) {
        this.database = database;
    }

    /** Makes the account known, or learns its name. Repeating it changes nothing. */
    public void register(String uid, String namespace, String name) {
        database.useTransaction("register account", handle -> {
            // Read first: a writing statement for a known account would spend an auto-increment number each time.
            Optional<Long> known = find(handle, uid);
            if (known.isEmpty()) {
                insert(handle, uid, namespace, name);
            } else {
                handle.createUpdate("UPDATE beckon_accounts.account SET namespace = :namespace, name = :name"
                                + " WHERE account_id = :account")
                        .bind("namespace", namespace)
                        .bind("name", name)
                        .bind("account", known.get())
                        .execute();
            }
        });
    }

    /** The row id of an account; an unknown uid is registered without a name. */
    public long idOf(String uid) {
        return ids.computeIfAbsent(
                uid,
                key -> database.inTransaction("find account", handle -> {
                    Optional<Long> known = find(handle, key);
                    return known.isPresent() ? known.get() : insert(handle, key, null, null);
                }));
    }

    private static Optional<Long> find(Handle handle, String uid) {
        return handle.createQuery("SELECT account_id FROM beckon_accounts.account WHERE account_uid = :uid")
                .bind("uid", uid)
                .mapTo(Long.class)
                .findOne();
    }

    private long insert(Handle handle, String uid, String namespace, String name) {
        handle.createUpdate("INSERT IGNORE INTO beckon_accounts.account"
                        + " (account_uid, namespace, name, state, state_since, registered_at)"
                        + " VALUES (:uid, :namespace, :name, 'LoginRequired', :now, :now)")
                .bind("uid", uid)
                .bind("namespace", namespace)
                .bind("name", name)
                .bind("now", database.now())
                .execute();
        long id = find(handle, uid).orElseThrow(() -> new LedgerException("an account could not be registered"));
        handle.createUpdate("INSERT IGNORE INTO beckon_accounts.lease (account_id) VALUES (:account)")
                .bind("account", id)
                .execute();
        return id;
    }

    /** The team's own account as its status shows it; the phone masked before it comes here. */
    public record Profile(
            long telegramUserId, Optional<String> username, String displayName, Optional<String> phoneMasked) {
        @Override
        public String toString() {
            return "Profile[telegramUserId=" + telegramUserId + "]";
        }
    }

    /**
     * Records a successful login: who the account is on Telegram, and that it is ready. A {@code Limited} account stays so:
     * logging in again is no acknowledgement.
     *
     * @return false when the lease is lost and nothing was written
     */
    public boolean loggedIn(Lease lease, Profile profile) {
        return underLease("record login", lease, handle -> {
            handle.createUpdate("UPDATE beckon_accounts.account SET telegram_user_id = :user, username = :username,"
                            + " display_name = :displayName, phone_masked = :phone, qr_link = NULL, qr_expires_at = NULL"
                            + " WHERE account_id = :account")
                    .bind("user", profile.telegramUserId())
                    .bind("username", profile.username().orElse(null))
                    .bind("displayName", Text.bounded(profile.displayName(), 255))
                    .bind("phone", profile.phoneMasked().orElse(null))
                    .bind("account", lease.accountId())
                    .execute();
            writeState(handle, lease.accountId(), AccountState.Ready, null, null, "state <> 'Limited'", database.now());
        });
    }

    /** What a login waits for; a QR link lets our session in and is useless to others. */
    public record QrLogin(String link, Instant expiresAt) {
        @Override
        public String toString() {
            return "QrLogin[expiresAt=" + expiresAt + "]";
        }
    }

    /** Shows what a login waits for. @return false when the lease is lost and nothing was written */
    public boolean loginWaits(Lease lease, AccountState state, Optional<QrLogin> qr) {
        return loginWaits(lease, state, qr, Optional.empty());
    }

    /**
     * The same after Telegram refused what was offered.
     *
     * @param refusal Telegram's words and what to mend
     */
    public boolean loginAsksAgain(Lease lease, AccountState state, String refusal) {
        return loginWaits(lease, state, Optional.empty(), Optional.of(refusal));
    }

    private boolean loginWaits(Lease lease, AccountState state, Optional<QrLogin> qr, Optional<String> refusal) {
        return underLease("record login step", lease, handle -> {
            handle.createUpdate("UPDATE beckon_accounts.account SET qr_link = :link, qr_expires_at = :expires"
                            + " WHERE account_id = :account")
                    .bind("link", qr.map(QrLogin::link).orElse(null))
                    .bind("expires", qr.map(q -> q.expiresAt().toEpochMilli()).orElse(null))
                    .bind("account", lease.accountId())
                    .execute();
            writeState(
                    handle,
                    lease.accountId(),
                    state,
                    refusal.map(_ -> LOGIN_REFUSED).orElse(null),
                    refusal.orElse(null),
                    "state <> 'Limited'",
                    database.now());
        });
    }

    /** No login waits for anything any more: this one ends without a session, or an earlier one was killed. */
    public boolean loginEnds(Lease lease) {
        return underLease("record login end", lease, handle -> {
            handle.createUpdate("UPDATE beckon_accounts.account SET qr_link = NULL, qr_expires_at = NULL"
                            + " WHERE account_id = :account")
                    .bind("account", lease.accountId())
                    .execute();
            writeState(
                    handle,
                    lease.accountId(),
                    AccountState.LoginRequired,
                    null,
                    null,
                    "state IN ('WaitingForQrScan', 'WaitingForCode', 'WaitingForPassword')",
                    database.now());
        });
    }

    /**
     * Records that the session is gone, was banned, or needs a login.
     *
     * @param reason a word in CamelCase
     * @param message Telegram's words
     * @return false when the lease is lost and nothing was written
     */
    public boolean becomes(Lease lease, AccountState state, String reason, String message) {
        return underLease(
                "record account state",
                lease,
                handle -> writeState(handle, lease.accountId(), state, reason, message, "TRUE", database.now()));
    }

    /** Binds the account, and so every campaign of it, until then. An earlier end than the one recorded changes nothing. */
    public boolean coolDown(Lease lease, Instant until) {
        return underLease("record flood wait", lease, handle -> coolDown(handle, lease.accountId(), until));
    }

    /** Until when Telegram wants no request of the account, by whatever name its user is known here; long past when it never said so. */
    public Instant coolDownUntil(Lease lease) {
        return database.read(
                "read flood wait",
                handle -> handle.createQuery("SELECT MAX(other.cool_down_until) FROM beckon_accounts.account own"
                                + " JOIN beckon_accounts.account other ON other.account_id = own.account_id"
                                + " OR other.telegram_user_id = own.telegram_user_id WHERE own.account_id = :account")
                        .bind("account", lease.accountId())
                        .mapTo(Long.class)
                        .map(Instant::ofEpochMilli)
                        .one());
    }

    /** The same within a transaction that locked the lease. */
    public static void coolDown(Handle handle, long accountId, Instant until) {
        handle.createUpdate("UPDATE beckon_accounts.account SET cool_down_until = GREATEST(cool_down_until, :until)"
                        + " WHERE account_id = :account")
                .bind("until", until.toEpochMilli())
                .bind("account", accountId)
                .execute();
    }

    /** Writes a state within a transaction that locked the lease. */
    public static void writeState(
            Handle handle, long accountId, AccountState state, String reason, String message, String onlyIf, long now) {
        handle.createUpdate("UPDATE beckon_accounts.account SET"
                        + " state_since = CASE WHEN state = :state THEN state_since ELSE :now END, state = :state,"
                        + " state_reason = :reason, state_message = :message WHERE account_id = :account AND " + onlyIf)
                .bind("state", state.name())
                .bind("now", now)
                .bind("reason", reason)
                .bind("message", Text.bounded(message, 512))
                .bind("account", accountId)
                .execute();
    }

    private boolean underLease(String step, Lease lease, java.util.function.Consumer<Handle> work) {
        return database.inTransaction(step, handle -> {
            if (!Leases.holds(handle, lease)) {
                return false;
            }
            work.accept(handle);
            SequenceLanes.raise(handle, lease.accountId());
            return true;
        });
    }
}
