package dev.beckon.ledger.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.beckon.ledger.sql.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The way of a login code from a person's annotation to the worker that waits for it. It is kept in plain text, for the operator
 * has no keys, and no longer than until it is taken or the login ends: without the session that asked for it, it opens nothing.
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

    /** What became of a code that was given. */
    public enum Outcome {
        /** It lies ready for the login that waits for it. */
        HANDED_OVER,
        /** It was given before: nothing happens again. */
        KNOWN,
        /** No login waits for a code: it is remembered as given, and nobody gets it. */
        NOBODY_WAITS
    }

    /**
     * Gives a code to the account's login.
     *
     * @param word the code, of at most 16 characters; the same one counts once more with a colon and any word behind it
     */
    public Outcome give(String accountUid, String word) {
        return keep(accountUid, word, true);
    }

    /** The code in a word that gives one. */
    public static String codeIn(String word) {
        int colon = word.indexOf(':');
        return colon < 0 ? word : word.substring(0, colon);
    }

    /** The same when it is known that no login waits, whatever a killed one has left: no login to come is offered it. */
    public Outcome spend(String accountUid, String word) {
        return keep(accountUid, word, false);
    }

    private Outcome keep(String accountUid, String word, boolean toLogin) {
        long account = accounts.idOf(accountUid);
        String digest = digest(accountUid, word);
        clearOld();
        return database.inTransaction("give login code", handle -> {
            Optional<String> last = handle.createQuery(
                            "SELECT digest FROM beckon_accounts.login_code WHERE account_id = :account FOR UPDATE")
                    .bind("account", account)
                    .mapTo(String.class)
                    .findOne();
            if (last.filter(digest::equals).isPresent()) {
                return Outcome.KNOWN;
            }
            boolean awaited = toLogin && isAwaited(handle, account);
            String statement = last.isPresent()
                    ? "UPDATE beckon_accounts.login_code SET code = :code, digest = :digest, given_at = :now"
                            + " WHERE account_id = :account"
                    : "INSERT INTO beckon_accounts.login_code (account_id, code, digest, given_at)"
                            + " VALUES (:account, :code, :digest, :now)";
            handle.createUpdate(statement)
                    .bind("account", account)
                    .bind("code", awaited ? codeIn(word) : null)
                    .bind("digest", digest)
                    .bind("now", database.now())
                    .execute();
            return awaited ? Outcome.HANDED_OVER : Outcome.NOBODY_WAITS;
        });
    }

    /** A login that ends says so before it forgets its code. */
    private static boolean isAwaited(Handle handle, long account) {
        return handle.createQuery("SELECT state FROM beckon_accounts.account WHERE account_id = :account")
                .bind("account", account)
                .mapTo(String.class)
                .findOne()
                .filter(AccountState.WaitingForCode.name()::equals)
                .isPresent();
    }

    private record Given(String code, long at) {}

    /** Takes the code out; empty when there is none, it is too old, or the lease is lost. */
    public Optional<String> take(Lease lease) {
        return database.inTransaction("take login code", handle -> {
            if (!Leases.holds(handle, lease)) {
                return Optional.empty();
            }
            Optional<Given> given = handle.createQuery("SELECT code, given_at FROM beckon_accounts.login_code"
                            + " WHERE account_id = :account AND code IS NOT NULL FOR UPDATE")
                    .bind("account", lease.accountId())
                    .map((row, context) -> new Given(row.getString("code"), row.getLong("given_at")))
                    .findOne();
            if (given.isPresent()) {
                clear(handle, lease);
            }
            return given.filter(it -> it.at > oldest()).map(Given::code);
        });
    }

    /**
     * What was given to an earlier login is not for this one: Telegram would count it as a wrong try. And what this one did not
     * take is of no use to anybody when it ends.
     */
    public void forget(Lease lease) {
        database.useTransaction("forget login code", handle -> clear(handle, lease));
        clearOld();
    }

    /** Of all accounts: the login that a code was for may have been killed, or its account deleted. */
    private void clearOld() {
        // One row at a time, by its key: two logins at once would lock each other's rows in a scan.
        List<Long> old = database.read(
                "find old login codes",
                handle -> handle.createQuery(
                                "SELECT account_id FROM beckon_accounts.login_code WHERE given_at <= :oldest")
                        .bind("oldest", oldest())
                        .mapTo(Long.class)
                        .list());
        for (long account : old) {
            database.useTransaction(
                    "forget old login code",
                    handle -> handle.createUpdate("UPDATE beckon_accounts.login_code SET code = NULL"
                                    + " WHERE account_id = :account AND given_at <= :oldest")
                            .bind("account", account)
                            .bind("oldest", oldest())
                            .execute());
        }
    }

    private long oldest() {
        return database.now() - LIFETIME.toMillis();
    }

    private static void clear(Handle handle, Lease lease) {
        handle.createUpdate("UPDATE beckon_accounts.login_code SET code = NULL WHERE account_id = :account"
                        + " AND code IS NOT NULL")
                .bind("account", lease.accountId())
                .execute();
    }

    private static String digest(String accountUid, String word) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest((accountUid + "\n" + word).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
