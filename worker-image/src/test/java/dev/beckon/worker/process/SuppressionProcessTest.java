package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.simulator.world.Contact;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suppression list as a team keeps it, judged by whom Telegram saw contacted. */
@Tag("integration")
class SuppressionProcessTest {
    private static final String PHONE = "+4917012300";

    @TempDir
    private Path folder;

    private Site site;
    private Path people;

    @BeforeEach
    void open() throws IOException {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491701230001"}
                  - {username: bobby, phone: "+491701230002"}
                  - {username: carla}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """);
        people = Files.writeString(folder.resolve("people.csv"), "phone,username\n" + phone() + ",bobby\n");
    }

    private String phone() {
        return site.person("bobby").phone().orElseThrow();
    }

    @AfterEach
    void close() {
        site.close();
    }

    private WorkerProcess add() {
        return site.steward("suppression", "add", people.toString(), "--reason", "AskedByMail", "--by", "SUP-7");
    }

    @Test
    void whomTheTeamPutsOnTheListNobodyContactsAndTheLogSaysWhy() {
        assertThat(add().endsWith(0).out()).contains("1 person read, 2 new entries");

        Orders orders = Site.noon(site.login("alice")).people("bobby", "carla");
        site.invite(orders.build()).endsWith(0);

        assertThat(site.contacts("bobby", Contact.How.INVITE)).isEmpty();
        assertThat(site.reached("carla", Contact.How.INVITE)).isEqualTo(1);
        assertThat(site.command(java.util.Map.of(), "export", orders.campaign(), "-o", "-")
                        .endsWith(0)
                        .out())
                .contains("Skipped", "Suppressed");
    }

    @Test
    void whoWasPutThereByMistakeIsContactedAgainOnTheTeamsWord() {
        add().endsWith(0);
        WorkerProcess removed = site.steward(
                        "suppression", "remove", people.toString(), "--reason", "AddedByMistake", "--by", "SUP-8")
                .endsWith(0);
        assertThat(removed.out()).contains("2 entries removed");

        site.invite(Site.noon(site.login("alice")).people("bobby").build()).endsWith(0);

        assertThat(site.reached("bobby", Contact.How.INVITE)).isEqualTo(1);
        assertThat(site.steward("suppression", "audit").endsWith(0).out())
                .contains("Added every chat, AskedByMail, by SUP-7", "Removed every chat, AddedByMistake, by SUP-8")
                .doesNotContain("bobby", PHONE);
    }

    @Test
    void checkTellsWhyAndSinceWhenByTheLineAndNotByTheName() {
        add().endsWith(0);
        String told = site.steward("suppression", "check", people.toString())
                .endsWith(0)
                .out();
        assertThat(told).contains("person 1: every chat, AskedByMail, since 20").doesNotContain("bobby", PHONE);
    }

    @Test
    void whatIsExportedIsBroughtBack() throws IOException {
        add().endsWith(0);
        Path file = folder.resolve("suppressions.csv");
        site.steward("suppression", "export", "-o", file.toString()).endsWith(0);
        assertThat(Files.readString(file)).startsWith("beckon-suppressions,2,").doesNotContain("bobby", PHONE);
        site.steward("suppression", "remove", people.toString(), "--reason", "Restored", "--by", "test")
                .endsWith(0);

        assertThat(site.steward("suppression", "import", file.toString(), "--reason", "Backup", "--by", "ops")
                        .endsWith(0)
                        .out())
                .contains("2 of them were missing");
        assertThat(site.steward("suppression", "check", people.toString())
                        .endsWith(0)
                        .out())
                .contains("AskedByMail");
    }

    /** As the chart's CronJob does it, with a user who may read the list and nothing else. */
    @Test
    void theExportsOfAFolderAreBroughtBackTogether() throws IOException {
        add().endsWith(0);
        Path exports = Files.createDirectory(folder.resolve("exports"));
        assertThat(site.exporter("suppression", "export", "--folder", exports.toString(), "--keep", "2")
                        .endsWith(0)
                        .out())
                .contains("0 older exports removed");
        site.steward("suppression", "remove", people.toString(), "--reason", "Restored", "--by", "test")
                .endsWith(0);
        // One of a list that was restored must not hide the one before.
        site.exporter("suppression", "export", "--folder", exports.toString(), "--keep", "2")
                .endsWith(0);

        assertThat(site.steward("suppression", "import", exports.toString(), "--reason", "Backup", "--by", "ops")
                        .endsWith(0)
                        .out())
                .contains("2 of them were missing");
        Path others = Files.writeString(folder.resolve("others.csv"), "phone,username\n,carla\n");
        assertThat(site.exporter("suppression", "add", others.toString(), "--reason", "Sneaky", "--by", "exporter")
                        .endsWith(ExitCode.BAD_INPUT.code())
                        .err())
                .contains("suppress by hand")
                .doesNotContain("\tat ");
    }

    @Test
    void aBadLineCostsOnlyItselfWhenAddingAndEverythingWhenRemoving() throws IOException {
        Files.writeString(people, "phone,username\n" + phone() + ",bobby\nno phone at all,\n");
        WorkerProcess added = add().endsWith(ExitCode.BAD_INPUT.code());
        assertThat(added.out()).contains("1 person read, 2 new entries");
        assertThat(added.err()).contains("line 3: ").doesNotContain("no phone at all");

        WorkerProcess removed = site.steward(
                        "suppression", "remove", people.toString(), "--reason", "Oops", "--by", "test")
                .endsWith(ExitCode.BAD_INPUT.code());
        assertThat(removed.err()).contains("Nothing was done");
        assertThat(site.steward("suppression", "audit").endsWith(0).out()).doesNotContain("Oops");
    }

    @Test
    void aWorkersDatabaseUserCanNotTakeAnybodyOffTheList() {
        add().endsWith(0);
        WorkerProcess asWorker = site.command(
                        java.util.Map.of(),
                        "suppression",
                        "remove",
                        people.toString(),
                        "--reason",
                        "Sneaky",
                        "--by",
                        "worker")
                .endsWith(ExitCode.BAD_INPUT.code());
        assertThat(asWorker.err()).contains("take off the suppression list").doesNotContain("\tat ");
        assertThat(site.steward("suppression", "check", people.toString())
                        .endsWith(0)
                        .out())
                .contains("AskedByMail");
    }

    @Test
    void whatCanNotBeDoneIsToldInASentence() {
        assertThat(site.steward("suppression", "add", "/no/such/file", "--reason", "A", "--by", "b")
                        .endsWith(ExitCode.BAD_INPUT.code())
                        .err())
                .contains("There is no file or folder /no/such/file");
        assertThat(site.steward("suppression", "add", people.toString(), "--reason", "asked by mail", "--by", "b")
                        .endsWith(ExitCode.BAD_INPUT.code())
                        .err())
                .contains("one word in CamelCase");
        assertThat(site.steward("suppression", "add", people.toString())
                        .endsWith(ExitCode.USAGE.code())
                        .err())
                .contains("--reason", "--by");
        assertThat(site.exporter("suppression", "export", "--folder", folder.toString(), "--keep", "0")
                        .endsWith(ExitCode.BAD_INPUT.code())
                        .err())
                .contains("--keep is 1 or more");
        assertThat(site.steward("suppression", "import", folder.toString(), "--reason", "A", "--by", "b")
                        .endsWith(ExitCode.BAD_INPUT.code())
                        .err())
                .contains("There is no export in the folder");
        assertThat(site.steward("suppression").endsWith(ExitCode.USAGE.code()).err())
                .contains("COMMAND");
    }
}
