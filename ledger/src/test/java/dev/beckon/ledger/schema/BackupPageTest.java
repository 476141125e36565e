package dev.beckon.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The database's commands of docs/backup.md, on a server of its own. The whole procedure, with everything at work, is {@code make drill}. */
@Tag("integration")
@DisabledIfSystemProperty(
        named = "beckon.test.database",
        matches = "mysql",
        disabledReason = "the page's programs are MariaDB's")
class BackupPageTest {
    private static final Path PAGE = Path.of("../docs/backup.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|sql)\n(.*?)^```");
    /** A dump holds ciphertexts as they are. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final LedgerKeys KEYS = LedgerKeys.generate();

    @TempDir
    private Path folder;

    private static String block(String with) throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(2))
                .filter(text -> text.contains(with))
                .findFirst()
                .orElseThrow();
    }

    /** All but the worker's own command, which the test does itself. */
    private void typed(String commands) throws IOException, InterruptedException {
        int code = code(commands.replace(" &&\nworker migrate", ""));
        assertThat(code).as(Files.readString(folder.resolve("said"))).isZero();
    }

    private int code(String script) throws IOException, InterruptedException {
        // As a person's shell, which goes on after a line that failed.
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment()
                .merge("PATH", folder.resolve("database/base/bin").toString(), (path, own) -> own + ":" + path);
        Process process = shell.redirectOutput(folder.resolve("said").toFile()).start();
        return process.waitFor();
    }

    private void administrator(TestDatabase database) throws IOException {
        database.execute(
                "CREATE USER 'drill'@'%' IDENTIFIED BY 'drill'",
                "GRANT ALL PRIVILEGES ON `beckon\\_%`.* TO 'drill'@'%' WITH GRANT OPTION",
                "GRANT CREATE USER ON *.* TO 'drill'@'%'");
        Files.writeString(
                folder.resolve("backup.cnf"),
                "[client]\nhost=127.0.0.1\nport=" + database.port() + "\nuser=drill\npassword=drill\nskip-ssl\n");
    }

    private static long entries(TestDatabase database) throws SQLException {
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM beckon_invite.suppression")) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void theDumpBringsBackWhatWasThereAndNothingThatCameSince() throws IOException, InterruptedException, SQLException {
        try (TestDatabase database = TestDatabase.start(folder.resolve("database"));
                Ledger ledger = database.ledger(KEYS, InstantSource.system())) {
            administrator(database);
            suppress(ledger, "bobby");
            long before = ledger.reports().sequence();
            typed(block("mariadb-dump"));

            suppress(ledger, "carol");
            database.execute("CREATE TABLE beckon_invite.of_a_later_release (id BIGINT)");
            assertThat(entries(database)).isEqualTo(2);
            typed(block("mariadb --defaults"));
            database.migrate();

            assertThat(entries(database)).isEqualTo(1);
            assertThat(ledger.reports().sequence()).isLessThanOrEqualTo(before);
            assertThat(tables(database)).doesNotContain("of_a_later_release");
            // The service's user works as before.
            suppress(ledger, "dora");

            assertThat(ledger.reports().restoredAt()).isEmpty();
            database.execute(block("beckon_audit.restored").strip().replace(";", ""));
            assertThat(ledger.reports().restoredAt()).isPresent();
        }
    }

    /** The load ends in the midst of the last database: whatever came back is known to be older than what was told since. */
    @Test
    void aRestoreThatEndsHalfWayIsKnownAsAnOlderLedger() throws IOException, InterruptedException, SQLException {
        try (TestDatabase database = TestDatabase.start(folder.resolve("database"));
                Ledger ledger = database.ledger(KEYS, InstantSource.system())) {
            administrator(database);
            suppress(ledger, "bobby");
            typed(block("mariadb-dump"));
            suppress(ledger, "carol");
            long told = ledger.reports().sequence();
            typed("gunzip --force --keep beckon.sql.gz");
            String dump = Files.readString(folder.resolve("beckon.sql"), BYTES);
            int cut = dump.indexOf("CREATE TABLE", dump.indexOf("USE `beckon_content`"));
            Files.writeString(folder.resolve("cut.sql"), dump.substring(0, cut), BYTES);

            typed("mariadb --defaults-extra-file=backup.cnf < cut.sql");

            assertThat(entries(database)).isEqualTo(1);
            assertThat(ledger.reports().sequence()).isLessThan(told);
        }
    }

    /** What took yesterday's place would be no backup. */
    @Test
    void aDumpThatIsNotWholeReplacesNone() throws IOException, InterruptedException {
        Path kept = folder.resolve("beckon.sql.gz");
        Files.writeString(kept, "yesterday's");
        Files.createDirectories(folder.resolve("database/base/bin"));
        Path dies = folder.resolve("database/base/bin/mariadb-dump");
        Files.writeString(dies, "#!/bin/sh\necho 'CREATE TABLE' > beckon.sql.new\nexit 2\n");
        assertThat(dies.toFile().setExecutable(true)).isTrue();

        assertThat(code(block("mariadb-dump"))).isNotZero();

        assertThat(kept).hasContent("yesterday's");
        assertThat(folder.resolve("beckon.sql")).doesNotExist();
    }

    private static void suppress(Ledger ledger, String username) {
        ledger.suppressions().add(List.of(Identities.ofUsername(username)), OptionalLong.empty(), "Left");
    }

    private static List<String> tables(TestDatabase database) throws SQLException {
        try (Connection connection = database.admin();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW TABLES FROM beckon_invite")) {
            List<String> tables = new ArrayList<>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }
}
