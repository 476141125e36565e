package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that people type: what they print, and the sentence and exit code for what is wrong. */
@Tag("integration")
class CommandLineTest {
    @TempDir
    private Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """);
    }

    @AfterEach
    void close() {
        site.close();
    }

    private WorkerProcess worker(String... command) {
        return site.command(Map.of(), command);
    }

    private static void refused(WorkerProcess process, ExitCode code, String... words) {
        process.endsWith(code.code());
        assertThat(process.err()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
    }

    private Orders finished() {
        Orders orders = Site.noon(site.login("alice")).people("bobby", "no such name");
        site.invite(orders.build()).endsWith(0);
        return orders;
    }

    private static List<String[]> csv(String text) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setHeaderExtractionEnabled(false);
        return new CsvParser(settings).parseAll(new StringReader(text));
    }

    @Test
    void exportWritesOneRowAnAttempt() {
        WorkerProcess export =
                worker("export", finished().campaign(), "-o", "-").endsWith(0);
        List<String[]> rows = csv(export.out());
        assertThat(rows.getFirst()).startsWith("time", "account", "chat", "line", "phone", "username");
        assertThat(rows.stream().map(Arrays::asList))
                .anyMatch(row -> row.contains("bobby") && row.contains("Invited"))
                .anyMatch(row -> row.contains("BadLine") && row.contains("3"));
        assertThat(export.err()).isEmpty();
    }

    @Test
    void exportIntoAFileLetsOnlyItsOwnerReadIt() throws IOException {
        Path file = folder.resolve("log.csv");
        worker("export", finished().campaign(), "-o", file.toString()).endsWith(0);
        assertThat(csv(Files.readString(file))).hasSizeGreaterThan(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void exportRefusesWhatItCanNotDo() {
        refused(
                worker("export", "nobody-knows-it", "-o", "-"),
                ExitCode.BAD_INPUT,
                "The ledger knows no campaign nobody-knows-it");
        refused(
                worker("export", finished().campaign(), "-o", "/no/such/folder/log.csv"),
                ExitCode.BAD_INPUT,
                "/no/such/folder/log.csv can't be written");
        refused(worker("export", "-o", "-"), ExitCode.USAGE, "CAMPAIGN_UID");
        // Nobody's people get into a pod's log because something was left out.
        refused(worker("export", finished().campaign()), ExitCode.USAGE, "Missing required option: '--output=FILE'");
        refused(
                site.command(Map.of("BECKON_ROOT", folder.resolve("empty").toString()), "export", "x", "-o", "-"),
                ExitCode.BAD_INPUT,
                "has no key 'jdbc-url'");
    }

    @Test
    void keysAreMadeAndRotated() throws IOException {
        String keys = worker("keys").endsWith(0).out();
        assertThat(keys).contains("\"aead\"", "\"lookup\"");
        Path file = Files.writeString(folder.resolve("keys.json"), keys);
        String rotated = worker("keys", "--rotate", file.toString()).endsWith(0).out();
        assertThat(rotated.length()).isGreaterThan(keys.length());
    }

    @Test
    void keysRefusesWhatIsNone() throws IOException {
        refused(worker("keys", "--rotate", "/no/such/keys.json"), ExitCode.BAD_INPUT, "/no/such/keys.json");
        Path file = Files.writeString(folder.resolve("other.json"), "{\"version\": 7}");
        refused(worker("keys", "--rotate", file.toString()), ExitCode.BAD_INPUT, "keys.json must have \"version\": 1.");
        Files.writeString(file, "not json");
        refused(worker("keys", "--rotate", file.toString()), ExitCode.BAD_INPUT, "keys.json is no JSON document");
    }

    @Test
    void migrateMayBeRepeated() {
        Map<String, String> administrator = Map.of(
                "BECKON_LEDGER_JDBC_URL",
                site.database().jdbcUrl(),
                "BECKON_LEDGER_USERNAME",
                "root_of_test",
                "BECKON_LEDGER_PASSWORD",
                "root's",
                "BECKON_OPERATOR_PASSWORD",
                TestDatabase.OPERATOR_PASSWORD,
                "BECKON_WORKER_PASSWORD",
                TestDatabase.WORKER_PASSWORD);
        site.database()
                .execute(
                        "CREATE OR REPLACE USER 'root_of_test'@'%' IDENTIFIED BY 'root''s'",
                        "GRANT ALL ON *.* TO 'root_of_test'@'%' WITH GRANT OPTION");
        assertThat(site.command(administrator, "migrate").endsWith(0).out()).contains("The ledger is up to date");
    }

    @Test
    void migrateRefusesWhatItCanNotDo() {
        refused(worker("migrate"), ExitCode.USAGE, "--jdbc-url", "--username");
        Map<String, String> someone = Map.of("BECKON_LEDGER_USERNAME", "nobody", "BECKON_LEDGER_PASSWORD", "wrong");
        refused(
                site.command(Map.of(), "migrate", "--jdbc-url", site.database().jdbcUrl(), "--username", "root"),
                ExitCode.BAD_INPUT,
                "BECKON_LEDGER_PASSWORD is not set");
        refused(
                site.command(someone, "migrate", "--jdbc-url", "jdbc:mysql://127.0.0.1:1/"),
                ExitCode.LEDGER_UNAVAILABLE,
                "can't be reached");
        WorkerProcess wrongUser =
                site.command(someone, "migrate", "--jdbc-url", site.database().jdbcUrl());
        refused(wrongUser, ExitCode.BAD_INPUT, "refuses the administrator's name or password");
        refused(
                site.command(someone, "migrate", "--jdbc-url", "jdbc:postgresql://127.0.0.1/"),
                ExitCode.BAD_INPUT,
                "jdbc:mysql:");
    }

    @Test
    void whatIsNoCommandIsToldWithTheUsage() {
        refused(worker("invit"), ExitCode.USAGE, "invit");
        refused(worker(), ExitCode.USAGE, "COMMAND");
        WorkerProcess without = worker("invite").endsWith(ExitCode.BAD_INPUT.code());
        assertThat(without.told().message()).contains("There is no work order at");
    }
}
