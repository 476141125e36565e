package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release works on the tables of the next one: in the minutes of an upgrade, and after a rollback, when nothing is migrated back. */
class AdditiveMigrationsTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("integration")
    void everyMigrationFromTheFirstOnLeavesTheFormerReleaseAtWork() throws IOException, SQLException {
        int steps = 0;
        try (TestDatabase database = TestDatabase.start(folder)) {
            for (String domain : Migrations.DOMAINS) {
                String name = "beckon_" + domain;
                database.execute("DROP DATABASE " + name, "CREATE DATABASE " + name);
                MigrationInfo[] all = flyway(database, domain, "latest").info().all();
                flyway(database, domain, "1").migrate();
                for (MigrationInfo migration : Arrays.asList(all).subList(1, all.length)) {
                    Growth.Schema before = schema(database, name);
                    flyway(database, domain, migration.getVersion().getVersion())
                            .migrate();
                    assertThat(Growth.harms(before, schema(database, name)))
                            .as(domain + "/" + migration.getScript())
                            .isEmpty();
                    steps++;
                }
            }
        }
        assertThat(steps).isGreaterThan(10);
    }

    private static Growth.Schema schema(TestDatabase database, String name) throws SQLException {
        try (Connection connection = database.admin()) {
            return Growth.of(connection, name);
        }
    }

    private static Flyway flyway(TestDatabase database, String domain, String target) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl().replace("/?", "/beckon_" + domain + "?"), "root", "")
                .locations("classpath:db/" + domain)
                .target(target)
                .load();
    }

    /** Also no right is taken back: the former release's programs may need it yet. */
    @ParameterizedTest
    @ValueSource(strings = {"operator", "worker", "steward", "gateway", "exporter"})
    void grantsOnlyGive(String user) throws IOException {
        try (InputStream in = Migrations.class.getResourceAsStream("/db/grants/" + user + ".sql")) {
            List<String> statements = Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("(?m)^--.*$", "")
                            .split(";"))
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            assertThat(statements).isNotEmpty().allMatch(line -> line.startsWith("GRANT "));
        }
    }
}
