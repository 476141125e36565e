package dev.beckon.bench.campaigns;

import dev.beckon.demo.environment.Environment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many statements the database has been sent; asking is one of them. */
final class Statements implements AutoCloseable {
    private final Connection connection;

    Statements(Environment environment) throws SQLException {
        this.connection = environment.admin();
    }

    long sinceStart() throws SQLException {
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
