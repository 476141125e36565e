package dev.beckon.ledger.audience;

import dev.beckon.ledger.LedgerUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A lock of the database's that lives as long as its connection: a holder that dies frees it. It only spares double work;
 * what is written is guarded by the import's position.
 */
final class NamedLock implements AutoCloseable {
    private final Connection connection;
    private final String name;
    private final boolean held;

    private NamedLock(Connection connection, String name, boolean held) {
        this.connection = connection;
        this.name = name;
        this.held = held;
    }

    static NamedLock tryAcquire(DataSource dataSource, String name) {
        try {
            Connection connection = dataSource.getConnection();
            try {
                return new NamedLock(connection, name, ask(connection, "SELECT GET_LOCK(?, 0)", name));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable();
        }
    }

    private static boolean ask(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getInt(1) == 1;
            }
        }
    }

    boolean isHeld() {
        return held;
    }

    @Override
    public void close() {
        try (connection) {
            // The pool keeps the connection, so its end does not free the lock.
            if (held) {
                ask(connection, "SELECT RELEASE_LOCK(?)", name);
            }
        } catch (SQLException e) {
            throw unavailable();
        }
    }

    private static LedgerUnavailableException unavailable() {
        return new LedgerUnavailableException("The ledger's database can't be reached at \"import lock\".");
    }
}
