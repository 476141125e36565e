package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL commits with each DDL statement, so a migration that is killed in its middle leaves a part of it and no row that says so.
 * The next run goes on by itself.
 */
@Tag("integration")
class InterruptedMigrationTest {
    @TempDir
    private Path folder;

    private TestDatabase database;

    @Test
    void aMigrationThatWasKilledBetweenTwoStatementsIsMadeGoodByTheNextRun() throws Exception {
        try (TestDatabase own = TestDatabase.start(folder)) {
            database = own;
            List<String> whole = columns();
            for (String domain : Migrations.DOMAINS) {
                for (MigrationInfo migration : flyway(domain, "latest").info().all()) {
                    List<String> statements = statements("/db/" + domain + "/" + migration.getScript());
                    for (int ran : interesting(statements.size())) {
                        interrupt(domain, migration, statements.subList(0, ran));
                        own.migrate();
                        assertThat(columns())
                                .as("%s after %d statements", migration.getScript(), ran)
                                .isEqualTo(whole);
                    }
                }
            }
        }
    }

    @Test
    void aMigrationThatFailedIsTriedAgain() throws Exception {
        try (TestDatabase own = TestDatabase.start(folder)) {
            database = own;
            List<String> whole = columns();
            // The newest: those behind a failed one are not run.
            own.execute(
                    "UPDATE beckon_invite.flyway_schema_history SET success = 0 WHERE version = '7'",
                    "ALTER TABLE beckon_invite.webhook_door DROP COLUMN cluster_uid");
            own.migrate();
            assertThat(columns()).isEqualTo(whole);
        }
    }

    /** Every one of a short script; of a long one some. */
    private static int[] interesting(int statements) {
        return statements < 10
                ? IntStream.rangeClosed(1, statements).toArray()
                : new int[] {1, statements / 2, statements};
    }

    /** All before the migration, then its first statements, as a killed process leaves them. */
    private void interrupt(String domain, MigrationInfo migration, List<String> ran) throws SQLException {
        database.execute("DROP DATABASE beckon_" + domain, "CREATE DATABASE beckon_" + domain);
        int version = Integer.parseInt(migration.getVersion().getVersion());
        flyway(domain, String.valueOf(Math.max(1, version - 1))).migrate();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement()) {
            statement.execute("USE beckon_" + domain);
            if (version == 1) {
                leaveHistoryOnly(statement);
            }
            for (String sql : ran) {
                statement.execute(sql);
            }
        }
    }

    /** Before the first migration there is its history, and nothing in it. */
    private static void leaveHistoryOnly(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SHOW TABLES")) {
            while (row.next()) {
                tables.add(row.getString(1));
            }
        }
        statement.execute("SET foreign_key_checks = 0");
        for (String table : tables) {
            statement.execute((table.equals("flyway_schema_history") ? "DELETE FROM " : "DROP TABLE ") + table);
        }
    }

    private Flyway flyway(String domain, String target) {
        String url = database.jdbcUrl().replace("/?", "/beckon_" + domain + "?");
        return Flyway.configure()
                .dataSource(url, "root", "")
                .locations("classpath:db/" + domain)
                .target(target)
                .load();
    }

    private static List<String> statements(String script) throws IOException {
        try (InputStream in = InterruptedMigrationTest.class.getResourceAsStream(script)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("--[^\n]*", "");
            return Arrays.stream(text.split(";"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty())
                    .toList();
        }
    }

    private List<String> columns() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT table_schema, table_name, column_name, column_type,"
                        + " column_default, column_key FROM information_schema.columns"
                        + " WHERE table_schema LIKE 'beckon%' ORDER BY 1, 2, ordinal_position")) {
            while (row.next()) {
                columns.add(row.getString(1) + "." + row.getString(2) + "." + row.getString(3) + " " + row.getString(4)
                        + " " + row.getString(5) + " " + row.getString(6));
            }
        }
        return columns;
    }
}
