package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.simulator.world.Caller;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.PublishOrders;
import dev.beckon.workorder.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The search at the end of each of these tests sees what it is there to see: one leak planted in each place. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteLeaksTest {
    private static final String PLANT = "planted_leak";
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - generate: {count: 2, prefix: brunhilde_}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;
    private static final String MESSAGE = "Dear {{first_name}}, the spring meetup begins at seven: {{link}}";
    private static final String POST = "**Bring** your own *chairs*, there are too few.";

    @TempDir
    private static Path folder;

    private Site site;
    private String account;
    private Orders orders;
    private PublishOrders schedule;

    @BeforeAll
    void workersHaveRun() {
        site = new Site(folder.resolve("site"), WORLD);
        account = site.login("alice");
        orders = Site.noon(account).people("brunhilde_1").message(MESSAGE);
        site.invite(orders.build()).endsWith(0);
        schedule = PublishOrders.of(account).targets("@meetup").post("monday", POST);
        site.publish(schedule.build()).endsWith(0);
        assertThat(site.leaks()).isEmpty();
    }

    @AfterEach
    void nothingPlantedIsLeft() {
        site.database().execute("DROP TABLE IF EXISTS beckon_audit." + PLANT);
    }

    @AfterAll
    void nothingOfTheSiteIsLeft() {
        site.close();
    }

    @Test
    void aTestEndsRedWhenAWorkerLetSomebodyOut() throws IOException {
        Path other = folder.resolve("other");
        Site red = new Site(other, WORLD);
        red.login("alice");
        Files.writeString(other.resolve("pod-1/out.log"), "invited brunhilde_1", StandardOpenOption.APPEND);
        assertThatThrownBy(red::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("holds a person's username");
    }

    /** The second pod is the one that invited. */
    private Path file(String name) {
        return folder.resolve("site/pod-2").resolve(name);
    }

    private void isFound(Path file, String text, String kind) throws IOException {
        String before = Files.readString(file);
        Files.writeString(file, text + "\n", StandardOpenOption.APPEND);
        assertThat(site.leaks()).containsExactly("the log " + file + " holds " + kind);
        Files.writeString(file, before);
    }

    @Test
    void aPersonInTheLogIsFound() throws IOException {
        isFound(file("out.log"), "invited brunhilde_1", "a person's username");
    }

    @Test
    void anAccountsPhoneInWhatIsPrintedAsAnErrorIsFound() throws IOException {
        isFound(file("err.log"), "logs in as 491700000001", "a person's phone");
    }

    @Test
    void aPersonInTheResultDocumentIsFound() throws IOException {
        isFound(file(Paths.RESULT.substring(1)), "{\"message\": \"brunhilde_2\"}", "a person's username");
    }

    @Test
    void anAuthKeyInTheLogIsFound() throws IOException {
        byte[] key = site.world().truth().authKeys().getFirst().key().toArray();
        isFound(file("out.log"), Base64.getEncoder().encodeToString(key), "an auth key");
    }

    @Test
    void aSavedSessionInTheLogIsFound() throws IOException {
        List<byte[]> sessions = site.savedSessions(account);
        assertThat(sessions).isNotEmpty();
        isFound(file("err.log"), HexFormat.of().formatHex(sessions.getFirst()), "a saved session");
    }

    @Test
    void theTextOfAMessageThatWasNotSentIsFound() throws IOException {
        isFound(file("out.log"), "writes: Dear Hilde, the spring meetup begins at seven: x", "message text");
    }

    @Test
    void theTextOfAMessageThatWasSentIsFound() throws IOException {
        long alice = site.person("alice").id();
        Caller caller = new Caller(site.world().logins().keysOf(alice).getFirst(), alice);
        site.world().messages().sendToPerson(caller, site.person("brunhilde_2").id(), "Come as you are, all of you", 1);
        isFound(file("err.log"), "sent 'Come as you are, all of you'", "message text");
    }

    /** As it was published, and as a person had written it. */
    @Test
    void theTextOfAPostIsFound() throws IOException {
        isFound(file("out.log"), "published Bring your own chairs, there are too few.", "message text");
        isFound(file("out.log"), "takes " + POST, "message text");
    }

    /** Its beginning is kept for the status, where it may be read. */
    @Test
    void theBeginningOfTheLastPostLiesReadableInTheLedgerAndIsNoFind() throws SQLException {
        try (Connection admin = site.database().admin();
                PreparedStatement kept = admin.prepareStatement(
                        "SELECT last_post_text FROM beckon_content.schedule WHERE schedule_uid = ?")) {
            kept.setString(1, schedule.schedule());
            try (ResultSet rows = kept.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).startsWith("Bring your own chairs");
            }
        }
        assertThat(site.leaks()).isEmpty();
    }

    @Test
    void aPersonWhoLiesReadableInTheLedgerIsFound() {
        liesInTheLedger("to brunhilde_1");
        assertThat(site.leaks()).containsExactly("the table beckon_audit." + PLANT + " holds a person's username");
    }

    @Test
    void aMessageThatLiesReadableInTheLedgerIsFound() {
        liesInTheLedger("Dear Hilde, the spring meetup begins at seven: x");
        assertThat(site.leaks()).containsExactly("the table beckon_audit." + PLANT + " holds message text");
    }

    private void liesInTheLedger(String text) {
        site.database()
                .execute(
                        "CREATE TABLE beckon_audit." + PLANT + " (text VARBINARY(64))",
                        "INSERT INTO beckon_audit." + PLANT + " VALUES ('" + text + "')");
    }

    @Test
    void whoAsksForAnExportMaySeePeople() {
        assertThat(site.command(Map.of(), "export", orders.campaign(), "-o", "-")
                        .endsWith(0)
                        .out())
                .contains("brunhilde_1");
        assertThat(site.leaks()).isEmpty();
    }
}
