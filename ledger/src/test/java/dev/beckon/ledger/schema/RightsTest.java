package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each user tries everything on each table and each column. What went is compared with the list that was read by people: a right that a
 * grant gives by the way, or one too much, changes it. {@code -Drights.write=true} writes it anew.
 */
@Tag("integration")
class RightsTest {
    /** No right on the database, the table, the column, or for the statement. */
    private static final Set<Integer> DENIED = Set.of(1044, 1142, 1143, 1227, 1370);

    /** What a server says to who has the right and gave a row too little: another column has no default, or takes no null. */
    private static final Set<Integer> GRANTED = Set.of(1048, 1364);

    private static final Path LIST = Path.of("src/test/resources/dev/beckon/ledger/schema/rights.txt");

    private static final Map<String, String> USERS = new TreeMap<>(Map.of(
            "beckon_operator", TestDatabase.OPERATOR_PASSWORD,
            "beckon_worker", TestDatabase.WORKER_PASSWORD,
            "beckon_steward", TestDatabase.STEWARD_PASSWORD,
            "beckon_gateway", TestDatabase.GATEWAY_PASSWORD,
            "beckon_exporter", TestDatabase.EXPORTER_PASSWORD));

    private static final TestDatabase DATABASE = TestDatabase.shared();

    private static Map<String, List<String>> columnsOfTables() throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (Connection connection = DATABASE.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT CONCAT(table_schema, '.', table_name), column_name FROM"
                        + " information_schema.columns WHERE table_schema IN ('beckon_accounts', 'beckon_audit',"
                        + " 'beckon_content', 'beckon_invite', 'beckon_parser')"
                        + " ORDER BY table_schema, table_name, ordinal_position")) {
            while (rows.next()) {
                tables.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                        .add(rows.getString(2));
            }
        }
        return tables;
    }

    @Test
    void eachUserMayWhatTheListSaysAndNothingElse() throws SQLException, IOException {
        Map<String, List<String>> tables = columnsOfTables();
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, String> user : USERS.entrySet()) {
            try (Connection connection =
                    DriverManager.getConnection(DATABASE.jdbcUrl(), user.getKey(), user.getValue())) {
                found.addAll(rights(user.getKey(), new Try(connection), tables));
            }
        }
        if (Boolean.getBoolean("rights.write")) {
            Files.write(LIST, found);
        }
        assertThat(found).isEqualTo(Files.readAllLines(LIST));
    }

    private static List<String> rights(String user, Try tries, Map<String, List<String>> tables) throws SQLException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            String name = table.getKey();
            List<String> columns = table.getValue();
            List<String> may = new ArrayList<>();
            may.addAll(columnwise(
                    "select", columns, column -> "SELECT " + column + " FROM " + name + " WHERE FALSE", tries));
            may.addAll(columnwise(
                    "insert",
                    columns,
                    column -> "INSERT INTO " + name + " (" + column + ") SELECT NULL FROM DUAL WHERE FALSE",
                    tries));
            may.addAll(columnwise(
                    "update", columns, column -> "UPDATE " + name + " SET " + column + " = NULL WHERE FALSE", tries));
            if (tries.may("DELETE FROM " + name + " WHERE FALSE")) {
                may.add("delete");
            }
            // Nobody has a right to these: where one is not refused, the test is red, and the database of no use any
            // more.
            for (String statement : List.of(
                    "TRUNCATE TABLE " + name,
                    "ALTER TABLE " + name + " ADD thief INT",
                    "CREATE INDEX thief ON " + name + " (" + columns.getFirst() + ")",
                    "RENAME TABLE " + name + " TO " + name + "_thief",
                    "DROP TABLE " + name)) {
                assertThat(tries.may(statement)).as(user + ": " + statement).isFalse();
            }
            found.add(user + " " + name + ": " + (may.isEmpty() ? "nothing" : String.join(", ", may)));
        }
        return found;
    }

    /** The right on the whole table, or the columns that it is for. */
    private static List<String> columnwise(
            String right, List<String> columns, UnaryOperator<String> statement, Try tries) throws SQLException {
        List<String> granted = new ArrayList<>();
        for (String column : columns) {
            if (tries.may(statement.apply("`" + column + "`"))) {
                granted.add(column);
            }
        }
        if (granted.isEmpty()) {
            return List.of();
        }
        return List.of(granted.equals(columns) ? right : right + " (" + String.join(" ", granted) + ")");
    }

    private record Try(Connection connection) {
        /** Whether it was carried out; it is written so that it changes nothing then. */
        boolean may(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return true;
            } catch (SQLException e) {
                if (DENIED.contains(e.getErrorCode())) {
                    return false;
                }
                if (GRANTED.contains(e.getErrorCode())) {
                    return true;
                }
                throw e;
            }
        }
    }
}
