package dev.beckon.ledger.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections that break for good at a chosen moment, as when the process dies: before or after one of its statements or
 * commits. What was not committed is rolled back by the server; a commit whose answer is lost stays.
 */
public final class BreakingDataSource implements DataSource {
    private final String url;
    private final String username;
    private final String password;
    private final AtomicLong momentsLeft;

    /** @param breakAt the how-manieth moment ends it all; there are two around each statement and commit */
    public BreakingDataSource(String url, String username, String password, long breakAt) {
        this.url = url;
        this.username = username;
        this.password = password;
        this.momentsLeft = new AtomicLong(breakAt);
    }

    /** Whether the moment came. */
    public boolean isBroken() {
        return momentsLeft.get() <= 0;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isBroken()) {
            throw dead();
        }
        Connection connection = DriverManager.getConnection(url, username, password);
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return proxy(Connection.class, connection, connection);
    }

    private <T> T proxy(Class<T> type, Object target, Connection connection) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> invoke(target, connection, method, args)));
    }

    private Object invoke(Object target, Connection connection, Method method, Object[] args) throws Throwable {
        boolean moment =
                method.getName().startsWith("execute") || method.getName().equals("commit");
        if (moment) {
            pass(connection);
        }
        Object result;
        try {
            result = method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (moment) {
            pass(connection);
        }
        return result instanceof Statement statement && method.getReturnType().isInterface()
                ? proxy(method.getReturnType(), statement, connection)
                : result;
    }

    private void pass(Connection connection) throws SQLException {
        if (momentsLeft.decrementAndGet() == 0) {
            connection.abort(Runnable::run);
        }
        if (isBroken()) {
            throw dead();
        }
    }

    private static SQLException dead() {
        return new SQLNonTransientConnectionException("killed by the test", "08S01");
    }

    @Override
    public Connection getConnection(String user, String secret) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // Nothing is logged.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The driver's own.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
