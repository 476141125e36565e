package dev.beckon.ledger.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.beckon.ledger.sql.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The way of a login code from a person's annotation to the worker that waits for it. It is kept in plain text, for the operator
 * has no keys, and no longer than until it is taken: without the session that asked for it, it opens nothing.
 */
public final class LoginCodes {
    /** Telegram's codes live for some minutes. */
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private final Database database;
    private final Accounts accounts;

    public LoginCodes(Database database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /**
     * Gives a code to the account's login.
     *
     * @param code at most 16 characters
     * @return false when it was given before: nothing happens again
     */
    public boolean give(String accountUid, String code) {
        long account = accounts.idOf(accountUid);
        String digest = digest(accountUid, code);
        return database.inTransaction("give login code", handle -> {
            Optional<String> last = handle.createQuery(
                            "SELECT digest FROM beckon_accounts.login_code WHERE account_id = :account FOR UPDATE")
                    .bind("account", account)
                    .mapTo(String.class)
                    .findOne();
            if (last.filter(digest::equals).isPresent()) {
                return false;
            }
            String statement = last.isPresent()
                    ? "UPDATE beckon_accounts.login_code SET code = :code, digest = :digest, given_at = :now"
                            + " WHERE account_id = :account"
                    : "INSERT INTO beckon_accounts.login_code (account_id, code, digest, given_at)"
                            + " VALUES (:account, :code, :digest, :now)";
            handle.createUpdate(statement)
                    .bind("account", account)
                    .bind("code", code)
                    .bind("digest", digest)
                    .bind("now", database.now())
                    .execute();
            return true;
        });
    }

    /** Takes the code out; empty when there is none, it is too old, or the lease is lost. */
    public Optional<String> take(Lease lease) {
        return database.inTransaction("take login code", handle -> {
            if (!Leases.holds(handle, lease)) {
                return Optional.empty();
            }
            Optional<String> code = handle.createQuery("SELECT code FROM beckon_accounts.login_code"
                            + " WHERE account_id = :account AND code IS NOT NULL AND given_at > :oldest FOR UPDATE")
                    .bind("account", lease.accountId())
                    .bind("oldest", database.now() - LIFETIME.toMillis())
                    .mapTo(String.class)
                    .findOne();
            if (code.isPresent()) {
                clear(handle, lease);
            }
            return code;
        });
    }

    /** What was given to an earlier login is not for this one: Telegram would count it as a wrong try. */
    public void forget(Lease lease) {
        database.useTransaction("forget login code", handle -> clear(handle, lease));
    }

    private static void clear(Handle handle, Lease lease) {
        handle.createUpdate("UPDATE beckon_accounts.login_code SET code = NULL WHERE account_id = :account"
                        + " AND code IS NOT NULL")
                .bind("account", lease.accountId())
                .execute();
    }

    private static String digest(String accountUid, String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest((accountUid + "\n" + code).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
