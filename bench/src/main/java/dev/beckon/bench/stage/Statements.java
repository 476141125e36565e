package dev.beckon.bench.stage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many statements the database has been sent; asking is one of them. */
public final class Statements implements AutoCloseable {
    private final Connection connection;

    /** @param connection its own from here on */
    public Statements(Connection connection) {
        this.connection = connection;
    }

    public long sinceStart() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE 'Questions'")) {
            rows.next();
            return rows.getLong(2);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
