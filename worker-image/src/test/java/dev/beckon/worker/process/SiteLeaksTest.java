package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search at the end of each of these tests sees what it is there to see: one leak planted in each place. */
@Tag("integration")
class SiteLeaksTest {
    private static final String PLANT = "planted_leak";

    @TempDir
    private Path folder;

    private Site site;
    private Orders orders;
    private boolean closed;

    @BeforeEach
    void aWorkerHasRun() {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - generate: {count: 2, prefix: brunhilde_}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """);
        orders = Site.noon(site.login("alice")).people("brunhilde_1");
        site.invite(orders.build()).endsWith(0);
        assertThat(site.leaks()).isEmpty();
    }

    @AfterEach
    void nothingPlantedIsLeft() {
        site.database().execute("DROP TABLE IF EXISTS beckon_audit." + PLANT);
        if (!closed) {
            site.close();
        }
    }

    @Test
    void aTestEndsRedWhenAWorkerLetSomebodyOut() throws IOException {
        Files.writeString(file("out.log"), "invited brunhilde_1", StandardOpenOption.APPEND);
        closed = true;
        assertThatThrownBy(site::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("holds a person's username");
    }

    /** The second pod is the one that invited. */
    private Path file(String name) {
        return folder.resolve("pod-2").resolve(name);
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
    void aPersonWhoLiesReadableInTheLedgerIsFound() {
        site.database()
                .execute(
                        "CREATE TABLE beckon_audit." + PLANT + " (text VARBINARY(64))",
                        "INSERT INTO beckon_audit." + PLANT + " VALUES ('to brunhilde_1')");
        assertThat(site.leaks()).containsExactly("the table beckon_audit." + PLANT + " holds a person's username");
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
