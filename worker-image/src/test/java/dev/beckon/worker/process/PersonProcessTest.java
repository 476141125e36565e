package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.Datasets;
import dev.beckon.ledger.parser.ParsedPerson;
import dev.beckon.simulator.world.Contact;
import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone asks what is kept of them, or to be forgotten. */
@Tag("integration")
class PersonProcessTest {
    @TempDir
    private Path folder;

    private Site site;
    private Path people;
    private Orders orders;

    @BeforeEach
    void invited() throws IOException {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491701230001"}
                  - {username: bobby, phone: "+491701230002"}
                  - {username: carla}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                  - {title: Party, username: party, owner: alice}
                """);
        people = Files.writeString(folder.resolve("people.txt"), "@bobby\n");
        String account = site.login("alice");
        orders = Site.noon(account).people("bobby", "carla");
        site.invite(orders.build()).endsWith(0);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void theySeeWhatIsKeptOfThemAndNothingOfOthers() throws IOException {
        String text = site.steward("person", "export", people.toString(), "-o", "-")
                .endsWith(0)
                .out();
        JsonNode bobby = new JsonMapper().readTree(text).get(0);
        assertThat(bobby.get("username").asText()).isEqualTo("bobby");
        JsonNode campaign = bobby.get("campaigns").get(0);
        assertThat(campaign.get("uid").asText()).isEqualTo(orders.campaign());
        assertThat(campaign.get("consent").get("basis").asText()).isEqualTo("OptIn");
        assertThat(campaign.get("log").findValuesAsText("status")).containsExactly("Invited");
        JsonNode contact = bobby.get("contacts").get(0);
        assertThat(contact.get("action").asText()).isEqualTo("Invite");
        assertThat(contact.get("status").asText()).isEqualTo("Invited");
        assertThat(contact.get("campaign").asText()).isEqualTo("spring");
        assertThat(contact.get("frequencyCap").asBoolean()).isTrue();
        assertThat(contact.get("inFlight").asBoolean()).isFalse();
        assertThat(text).doesNotContain("carla");

        Path file = folder.resolve("person.json");
        site.steward("person", "export", people.toString(), "-o", file.toString())
                .endsWith(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whoIsErasedIsInNoExportAndInNoLaterCampaign() throws IOException {
        WorkerProcess erased = site.steward("person", "erase", people.toString(), "--by", "SUP-9")
                .endsWith(0);
        assertThat(erased.out()).contains("person 1: erased from 1 campaign").doesNotContain("bobby");

        assertThat(site.command(Map.of(), "export", orders.campaign(), "-o", "-")
                        .endsWith(0)
                        .out())
                .contains("Invited", "carla")
                .doesNotContain("bobby");
        site.invite(Site.noon(orders.account()).target("@party").people("bobby").build())
                .endsWith(0);
        assertThat(site.contacts("bobby", Contact.How.INVITE)).hasSize(1);
        JsonNode left = new JsonMapper()
                .readTree(site.steward("person", "export", people.toString(), "-o", "-")
                        .endsWith(0)
                        .out())
                .get(0);
        assertThat(left.get("campaigns")).isEmpty();
        assertThat(left.get("contacts"))
                .as("what keeps them from being contacted again stays")
                .hasSize(1);
        assertThat(left.get("suppressed").findValuesAsText("reason")).containsOnly("Erased");
        site.steward("person", "erase", people.toString(), "--by", "SUP-9").endsWith(0);
    }

    @Test
    void aCampaignKeepsItsPeopleForAsLongAsItsOrderSays() {
        Orders brief =
                Site.noon(orders.account()).target("@party").people("bobby").retention(Duration.ofMillis(1));
        site.invite(brief.build()).endsWith(0);

        assertThat(site.steward("retention").endsWith(0).out())
                .contains("team/spring: 1 person forgotten", "1 person of 1 campaign forgotten");

        assertThat(site.command(Map.of(), "export", brief.campaign(), "-o", "-")
                        .endsWith(0)
                        .out())
                .doesNotContain("bobby");
        assertThat(site.command(Map.of(), "export", orders.campaign(), "-o", "-")
                        .endsWith(0)
                        .out())
                .contains("bobby");
        assertThat(site.steward("retention").endsWith(0).out()).contains("0 people of 0 campaigns");
    }

    @Test
    void aPhoneThatADeadWorkerLeftInAnAddressBookIsShownAndErased() throws IOException {
        Files.writeString(people, "phone,username\n+491701230002,bobby\n");
        Ledger ledger = site.ledger();
        LeaseResult taken = ledger.leases().acquire(orders.account(), "dead", Priority.Invite, Duration.ofMinutes(1));
        Lease lease = ((LeaseResult.Acquired) taken).lease();
        var _ = ledger.importedContacts().record(lease, "+491701230002").orElseThrow();
        ledger.leases().release(lease);

        JsonNode book = new JsonMapper()
                .readTree(site.steward("person", "export", people.toString(), "-o", "-")
                        .endsWith(0)
                        .out())
                .get(0)
                .get("addressBooks")
                .get(0);
        assertThat(book.get("phone").asText()).isEqualTo("+491701230002");
        assertThat(site.steward("retention").endsWith(0).out()).contains("left in an address book");
        assertThat(ledger.importedContacts().leftBehind(lease))
                .as("the account's next worker takes it out")
                .hasSize(1);

        WorkerProcess erased = site.steward("person", "erase", people.toString(), "--by", "SUP-9")
                .endsWith(0);
        assertThat(erased.out())
                .contains("person 1: may still be a contact in Telegram of")
                .doesNotContain("+491701230002", "bobby");
        assertThat(ledger.importedContacts().leftBehind(lease)).isEmpty();
        assertThat(site.steward("person", "erase", people.toString(), "--by", "SUP-9")
                        .endsWith(0)
                        .out())
                .doesNotContain("address book");
    }

    /** A dataset in which only Bobby and Carla are; its people's time is over at once. */
    private Dataset parsed() {
        Ledger ledger = site.ledger();
        LeaseResult taken = ledger.leases().acquire(orders.account(), "parser", Priority.Parse, Duration.ofMinutes(1));
        Lease lease = ((LeaseResult.Acquired) taken).lease();
        Dataset dataset = ledger.datasets()
                .begin(
                        lease,
                        new Datasets.Beginning(
                                new Datasets.Run(
                                        "run-1", "parser-1", "team", "old-group", Optional.of(Duration.ofMillis(1))),
                                -5,
                                true,
                                "MEMBERS",
                                2))
                .orElseThrow();
        List<ParsedPerson> found = List.of(
                new ParsedPerson(901, "bobby", null, "Bobby", null, false, false, false, "Recently"),
                new ParsedPerson(902, "carla", null, "Carla", null, false, false, false, "Recently"));
        ledger.datasets()
                .append(
                        lease,
                        dataset,
                        new Datasets.Page(0, 2, true, new Dataset.Counts(2, 2, 2, 0, 0, 0, 0), found, 10));
        ledger.leases().release(lease);
        return dataset;
    }

    @Test
    void whatAParserFoundOfThemIsShownErasedAndForgotten() throws IOException {
        Dataset dataset = parsed();
        JsonNode bobby = new JsonMapper()
                .readTree(site.steward("person", "export", people.toString(), "-o", "-")
                        .endsWith(0)
                        .out())
                .get(0);
        assertThat(bobby.get("parsed").findValuesAsText("parser")).containsExactly("old-group");
        assertThat(bobby.get("parsed").findValuesAsText("user_id")).containsExactly("901");

        assertThat(site.steward("person", "erase", people.toString(), "--by", "SUP-9")
                        .endsWith(0)
                        .out())
                .contains("erased from 1 campaign, 1 row of datasets");
        List<String> left = new ArrayList<>();
        site.ledger().datasets().forEach(dataset, person -> left.add(person.username()));
        assertThat(left).containsExactly("carla");

        assertThat(site.steward("retention").endsWith(0).out()).contains("1 person of 1 dataset forgotten");
    }

    @Test
    void aFileWithABadLineErasesNobody() throws IOException {
        Files.writeString(people, "@bobby\nnobody at all\n");
        WorkerProcess refused = site.steward("person", "erase", people.toString(), "--by", "SUP-9")
                .endsWith(ExitCode.BAD_INPUT.code());
        assertThat(refused.err()).contains("line 2: ", "Nothing was done");
        assertThat(site.command(Map.of(), "export", orders.campaign(), "-o", "-")
                        .endsWith(0)
                        .out())
                .contains("bobby");
    }
}
