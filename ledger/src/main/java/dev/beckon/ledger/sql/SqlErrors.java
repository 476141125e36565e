package dev.beckon.ledger.sql;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;

/**
 * What a database error means. Messages of the driver are dropped: "Duplicate entry 'x' for key" and "Incorrect value 'x'"
 * would carry people's data into logs.
 */
final class SqlErrors {
    /** ER_LOCK_DEADLOCK, ER_LOCK_WAIT_TIMEOUT and MariaDB's ER_CHECKREAD. */
    private static final Set<Integer> RETRYABLE = Set.of(1213, 1205, 1020);

    private static final int ACCESS_DENIED = 1045;

    /** Too many connections, server shutting down, connection killed, server gone. */
    private static final Set<Integer> UNAVAILABLE = Set.of(1040, 1053, 1077, 1927, 2006, 2013, 3169);

    /** No such database, column, table; no right to a table, a column, a database. */
    private static final Set<Integer> NOT_MIGRATED = Set.of(1049, 1054, 1146, 1142, 1143, 1044);

    private SqlErrors() {}

    static boolean isRetryable(Throwable e) {
        SQLException sql = sqlCause(e);
        return sql != null && RETRYABLE.contains(sql.getErrorCode());
    }

    static LedgerException translate(String step, Throwable e) {
        SQLException sql = sqlCause(e);
        LedgerException translated;
        Optional<String> tls = Tls.complaint(e);
        if (sql != null && tls.isPresent()) {
            translated = new LedgerUnavailableException(tls.get() + ", at \"" + step + "\"" + numbers(sql) + ".");
        } else if (sql == null) {
            translated = new LedgerException("The ledger failed at \"" + step + "\": "
                    + rootCause(e).getClass().getSimpleName() + ".");
        } else if (sql.getErrorCode() == ACCESS_DENIED) {
            translated = new LedgerUnavailableException(
                    "The ledger's database refuses the user or the password, which a worker has from the Secret beckon-worker of its"
                            + " namespace, at \"" + step + "\"" + numbers(sql) + ".");
        } else if (isUnavailable(sql) || connectionBroke(e)) {
            translated = new LedgerUnavailableException(
                    "The ledger's database can't be reached, or the connection broke, at \"" + step + "\""
                            + numbers(sql) + ".");
        } else if (NOT_MIGRATED.contains(sql.getErrorCode())) {
            translated = new LedgerException(
                    "The ledger's database lacks a table, a column or a right that this version needs at \"" + step
                            + "\"" + numbers(sql)
                            + ": run \"worker migrate\" of this version, with the same passwords.");
        } else {
            translated = new LedgerException("The ledger's database refused \"" + step + "\"" + numbers(sql) + ".");
        }
        translated.setStackTrace(e.getStackTrace());
        return translated;
    }

    private static String numbers(SQLException sql) {
        return " (SQLState " + sql.getSQLState() + ", error " + sql.getErrorCode() + ")";
    }

    private static boolean isUnavailable(SQLException sql) {
        String state = sql.getSQLState();
        return sql instanceof SQLTransientConnectionException
                || sql instanceof SQLNonTransientConnectionException
                || sql instanceof SQLRecoverableException
                || UNAVAILABLE.contains(sql.getErrorCode())
                || (state != null && state.startsWith("08"));
    }

    /**
     * Whether the rollback after it failed for want of a connection. A connection that breaks within a transaction shows at
     * its next statement as a closed one, which the driver takes for a mistake of its caller's (S1009).
     */
    private static boolean connectionBroke(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            for (Throwable suppressed : t.getSuppressed()) {
                SQLException sql = sqlCause(suppressed);
                if (sql != null && isUnavailable(sql)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static SQLException sqlCause(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static Throwable rootCause(Throwable e) {
        Throwable t = e;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }
}
