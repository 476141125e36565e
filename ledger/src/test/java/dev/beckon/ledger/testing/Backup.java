package dev.beckon.ledger.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Every row of the ledger as it was at one moment. Restored, all that was written since is forgotten: of all who use the server, so
 * nobody else may work with it meanwhile.
 */
public final class Backup implements AutoCloseable {
    private record Table(String schema, String name) {
        String original() {
            return "`" + schema + "`.`" + name + "`";
        }

        /** It goes with its connection. */
        String kept() {
            return "`" + schema + "`.`kept_" + name + "`";
        }
    }

    private final Connection connection;
    private final List<Table> tables;

    private Backup(Connection connection) throws SQLException {
        this.connection = connection;
        this.tables = tables(connection);
    }

    /** As it is now, also while workers write. */
    public static Backup of(TestDatabase database) {
        try {
            Backup backup = new Backup(database.admin());
            List<String> statements = new ArrayList<>();
            for (Table table : backup.tables) {
                statements.add("CREATE TEMPORARY TABLE " + table.kept() + " LIKE " + table.original());
            }
            statements.add(backup.tables.stream()
                    .map(table -> table.original() + " READ")
                    .collect(Collectors.joining(", ", "LOCK TABLES ", "")));
            for (Table table : backup.tables) {
                statements.add("INSERT INTO " + table.kept() + " SELECT * FROM " + table.original());
            }
            statements.add("UNLOCK TABLES");
            backup.run(statements);
            return backup;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT table_schema, table_name FROM information_schema.tables"
                        + " WHERE table_schema LIKE 'beckon\\_%' AND table_type = 'BASE TABLE' ORDER BY 1, 2")) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getString(2)));
            }
        }
        if (tables.isEmpty()) {
            throw new IllegalStateException("the ledger has no tables");
        }
        return tables;
    }

    /** Brings it back, in one moment; may be repeated. */
    public void restore() {
        List<String> statements = new ArrayList<>(List.of("SET SESSION foreign_key_checks = 0", "START TRANSACTION"));
        for (Table table : tables) {
            statements.add("DELETE FROM " + table.original());
            statements.add("INSERT INTO " + table.original() + " SELECT * FROM " + table.kept());
        }
        statements.add("COMMIT");
        run(statements);
    }

    private void run(List<String> statements) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
