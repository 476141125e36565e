package dev.beckon.ledger.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a migration made of a database, judged by those who do not know it: the programs of the release before, which go on meanwhile. */
final class Growth {
    private Growth() {}

    /** @param optional whether a row may be written without it */
    record Column(String type, boolean nullable, boolean optional) {}

    /**
     * @param columns by {@code table.column}
     * @param unique by {@code table: column column}
     */
    record Schema(Map<String, Column> columns, Set<String> unique) {
        private boolean has(String table) {
            return columns.keySet().stream().anyMatch(column -> column.startsWith(table + "."));
        }
    }

    /** What would stop a program that was written for the schema before; nothing when it only grew. Pure. */
    static List<String> harms(Schema before, Schema after) {
        List<String> harms = new ArrayList<>();
        before.columns().forEach((name, column) -> {
            Column now = after.columns().get(name);
            if (now == null) {
                harms.add(name + " is gone");
            } else if (!now.type().equals(column.type())) {
                harms.add(name + " was " + column.type() + " and is " + now.type());
            } else if (column.nullable() && !now.nullable()) {
                harms.add(name + " takes no NULL any more");
            } else if (column.optional() && !now.optional()) {
                harms.add(name + " has to be written now");
            }
        });
        after.columns().forEach((name, column) -> {
            String table = name.substring(0, name.indexOf('.'));
            if (!before.columns().containsKey(name) && before.has(table) && !column.optional()) {
                harms.add(name + " is new, and a row without it is refused");
            }
        });
        for (String key : after.unique()) {
            if (!before.unique().contains(key) && before.has(key.substring(0, key.indexOf(':')))) {
                harms.add(key + " is a new unique key");
            }
        }
        return harms;
    }

    /** A database as it is now, without the history of its migrations. */
    static Schema of(Connection connection, String database) throws SQLException {
        Map<String, Column> columns = new TreeMap<>();
        Map<String, List<String>> keys = new TreeMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT table_name, column_name, column_type, is_nullable,"
                    + " column_default, extra FROM information_schema.columns WHERE table_schema = '" + database
                    + "' AND table_name <> 'flyway_schema_history'")) {
                while (row.next()) {
                    boolean nullable = row.getString(4).equals("YES");
                    columns.put(
                            row.getString(1) + "." + row.getString(2),
                            new Column(
                                    row.getString(3),
                                    nullable,
                                    nullable
                                            || row.getString(5) != null
                                            || row.getString(6).contains("auto_increment")));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT table_name, index_name, column_name FROM"
                    + " information_schema.statistics WHERE non_unique = 0 AND table_schema = '" + database
                    + "' AND table_name <> 'flyway_schema_history' ORDER BY 1, 2, seq_in_index")) {
                while (row.next()) {
                    keys.computeIfAbsent(row.getString(1) + "/" + row.getString(2), _ -> new ArrayList<>())
                            .add(row.getString(3));
                }
            }
        }
        Set<String> unique = new TreeSet<>();
        keys.forEach((name, of) -> unique.add(name.substring(0, name.indexOf('/')) + ": " + String.join(" ", of)));
        return new Schema(columns, unique);
    }
}
