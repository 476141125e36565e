package dev.beckon.ledger.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.keys.LookupKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * Transactions on the ledger: READ COMMITTED, short, and tried again when the database chose them as a deadlock's victim. The
 * work of a transaction must therefore have no effect outside the database.
 */
public final class Database implements AutoCloseable {
    /** Tries of one transaction before its deadlock or lock time-out is told. */
    static final int MAX_TRIES = 8;

    private static final int LOCK_WAIT_SECONDS = 5;

    private static final long VALIDATION_MILLIS = 5_000;

    private final DataSource dataSource;
    private final Jdbi jdbi;
    private final InstantSource clock;

    /** On a data source that the caller owns unless it can be closed. */
    public Database(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource);
        // With connections that never commit by themselves Jdbi can't tell whether a transaction was left open.
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
        jdbi.registerArgument(new AbstractArgumentFactory<LookupKey>(Types.VARBINARY) {
            @Override
            protected Argument build(LookupKey key, ConfigRegistry config) {
                return (position, statement, context) -> statement.setBytes(position, key.bytes());
            }
        });
        this.clock = clock;
    }

    /**
     * Opens a pool. Connections are made when they are needed, so a database that is down shows at the first call.
     *
     * @throws LedgerException when the URL is not one of MySQL's, or its server's authority can't be checked as told
     */
    public static DataSource pool(LedgerConfig config) {
        if (!config.jdbcUrl().startsWith("jdbc:mysql:")) {
            throw new LedgerException(
                    "The ledger's JDBC URL must begin with jdbc:mysql: (MariaDB is spoken to with the same driver).");
        }
        HikariConfig hikari = new HikariConfig();
        hikari.setPoolName("ledger");
        hikari.setJdbcUrl(Tls.url(config.jdbcUrl(), config.ca()));
        hikari.setUsername(config.username());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.poolSize());
        hikari.setMinimumIdle(0);
        hikari.setInitializationFailTimeout(-1);
        hikari.setConnectionTimeout(config.connectionWait().toMillis());
        // Whether a connection that rested still lives is asked within that time.
        hikari.setValidationTimeout(
                Math.min(VALIDATION_MILLIS, config.connectionWait().toMillis()));
        hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        // So that a transaction costs a COMMIT and no statement more.
        hikari.setAutoCommit(false);
        // Below the lease margin: a statement that waited for a lock this long still judges time well enough.
        hikari.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = " + LOCK_WAIT_SECONDS);
        hikari.addDataSourceProperty("rewriteBatchedStatements", "true");
        hikari.addDataSourceProperty("cachePrepStmts", "true");
        hikari.addDataSourceProperty("prepStmtCacheSize", "100");
        // Long enough for the many rows of an import.
        hikari.addDataSourceProperty("prepStmtCacheSqlLimit", "32768");
        hikari.addDataSourceProperty("useLocalSessionState", "true");
        hikari.addDataSourceProperty("connectTimeout", "10000");
        hikari.addDataSourceProperty("socketTimeout", "60000");
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(hikari);
    }

    /** Milliseconds of the injected clock: the time of everything but leases. */
    public long now() {
        return clock.millis();
    }

    /**
     * By how much the injected clock is ahead of the database's; negative: behind. As far as it is certain: what may as well have passed
     * while the answer was on its way is none.
     */
    public Duration clockSkew() {
        long asked = clock.millis();
        long databaseNow = read(
                "read clock",
                handle -> handle.createQuery("SELECT " + Instants.DATABASE_NOW)
                        .mapTo(Long.class)
                        .one());
        long nearest = Math.clamp(databaseNow, asked, Math.max(asked, clock.millis()));
        return Duration.ofMillis(nearest - databaseNow);
    }

    /** What is done on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** May run several times: of a deadlocked try nothing is left, and it begins anew. */
        T with(Handle handle);
    }

    /**
     * Runs the work in one transaction.
     *
     * @param step what it is, for error messages
     */
    public <T> T inTransaction(String step, Work<T> work) {
        for (int tries = 1; ; tries++) {
            try {
                return jdbi.withHandle(handle -> once(handle, work));
            } catch (JdbiException e) {
                // Deadlock and lock time-out were rolled back whole: nothing of this try is left.
                if (!SqlErrors.isRetryable(e) || tries == MAX_TRIES) {
                    throw SqlErrors.translate(step, e);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_000_000L, 4_000_000L << tries));
            }
        }
    }

    private static <T> T once(Handle handle, Work<T> work) {
        Connection connection = handle.getConnection();
        try {
            connection.setAutoCommit(false);
            T result = work.with(handle);
            connection.commit();
            return result;
        } catch (SQLException e) {
            TransactionException failed = new TransactionException(e);
            rollBack(connection, failed);
            throw failed;
        } catch (RuntimeException | Error e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Throwable why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    /** The same for work without a result. */
    public void useTransaction(String step, java.util.function.Consumer<Handle> work) {
        inTransaction(step, handle -> {
            work.accept(handle);
            return 0;
        });
    }

    /** Runs statements that need no common transaction. */
    public <T> T read(String step, Work<T> work) {
        try {
            return jdbi.withHandle(work::with);
        } catch (JdbiException e) {
            throw SqlErrors.translate(step, e);
        }
    }

    /** For work on a plain connection, such as batches. */
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        if (dataSource instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (SQLException | PoolInitializationException e) {
                throw new LedgerUnavailableException("closing the ledger's pool failed");
            } catch (Exception e) {
                throw new LedgerException(
                        "closing the ledger's pool failed: " + e.getClass().getSimpleName());
            }
        }
    }
}
