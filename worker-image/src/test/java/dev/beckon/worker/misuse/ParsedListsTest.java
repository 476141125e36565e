package dev.beckon.worker.misuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.parser.DatasetReader;
import dev.beckon.ledger.people.Identities;
import dev.beckon.simulator.world.Act;
import dev.beckon.simulator.world.Contact.How;
import dev.beckon.worker.Ending;
import dev.beckon.worker.export.DatasetFormat;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.parse.ParseRun;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.ParseOrders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.worker.stage.Stage;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.InviteOrder.Mode;
import dev.beckon.workorder.ParseOrder.Format;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that a parser made: of chats that are somebody else's nobody is contacted, and of our own only who may be. */
class ParsedListsTest extends Misuse {
    @BeforeEach
    void members() {
        for (String chat : List.of("Foreign", "Second")) {
            for (String person : List.of("bobby", "carol")) {
                stage.world()
                        .acts()
                        .perform(new Act.Join(
                                stage.chatId(chat), stage.person(person).id()));
            }
        }
    }

    private Ending parse(ParseOrders orders) {
        return stage.pod().run(workshop -> new ParseRun(workshop, orders.build(), Hints.NONE).run());
    }

    private ParseOrders parsed(String source) {
        ParseOrders orders = ParseOrders.of(alice).source(source);
        assertThat(parse(orders).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return orders;
    }

    private Orders campaign(ParseOrders parser) {
        return links().parsed(parser.parser()).consent("ExistingMember");
    }

    private void nobody() {
        assertThat(stage.world().truth().contacts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ExistingMember, InviteOrLink",
        "ExistingMember, LinkOnly",
        "OptIn, InviteOrLink",
        "OptIn, InviteAndMessage",
        "Contract, LinkOnly"
    })
    void aForeignChatsMembersWhateverTheCampaignSaysOfTheirConsent(String basis, Mode mode) {
        Orders orders = campaign(parsed("@foreign_chat")).consent(basis).mode(mode);
        Ending ending = run(orders);
        assertThat(ending.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ending.result().reason()).isEqualTo("SourceNotAdministered");
        nobody();
    }

    /** The file that a run of the parser writes, as its owner finds it on the volume. */
    private String exported(String source) throws IOException {
        Pod pod = stage.pod();
        Path file = pod.root().resolve(Paths.EXPORT.substring(1)).resolve("members.csv");
        Files.createDirectories(file.getParent());
        ParseOrders orders = ParseOrders.of(alice).source(source).export(Format.Csv, "members.csv");
        Ending ending = pod.run(workshop -> new ParseRun(workshop, orders.build(), Hints.NONE).run());
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        return Files.readString(file);
    }

    /** The same by {@code worker dataset export}. */
    private String downloaded(String source) throws IOException {
        ParseOrders orders = parsed(source);
        DatasetReader datasets = stage.ledger().datasets();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DatasetFormat.write(datasets, datasets.find(orders.dataset()).orElseThrow(), Format.Csv, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Ending runAsFile(Orders orders, String csv) {
        return stage.pod()
                .mount(Paths.AUDIENCE + "/members.csv", csv)
                .run(Stage.inviting(orders.file("members.csv").build()));
    }

    private static String withConsentInEachLine(String csv) {
        return csv.lines()
                .map(line -> line
                        + (line.startsWith("user_id")
                                ? ",consent_basis,consent_evidence,consent_at"
                                : ",OptIn,form,2026-10-05"))
                .collect(Collectors.joining("\n"));
    }

    private void nobodyOf(Orders orders) {
        nobody();
        assertThat(calls("bobby") + calls("carol")).isZero();
        assertThat(reasons(orders)).containsExactly("SourceNotAdministered");
        assertThat(pending(orders)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"OptIn, InviteOrLink", "ExistingMember, InviteAndMessage", "Contract, LinkOnly"})
    void aForeignChatsMembersAsTheParsersOwnFile(String basis, Mode mode) throws IOException {
        Orders orders = links().consent(basis).mode(mode);
        assertThat(runAsFile(orders, exported("@foreign_chat")).result().ending())
                .isEqualTo(RunResult.Ending.COMPLETED);
        nobodyOf(orders);
    }

    @Test
    void aForeignChatsMembersAsAFileWithConsentOfItsOwnInEachLine() throws IOException {
        Orders orders = links().consent("OptIn");
        runAsFile(orders, withConsentInEachLine(exported("@foreign_chat")));
        nobodyOf(orders);
    }

    @Test
    void aForeignChatsMembersAsAFileThatASpreadsheetSaved() throws IOException {
        Orders orders = links().consent("OptIn");
        runAsFile(orders, downloaded("@foreign_chat").replace(",", ";").replace("false", "FALSE"));
        nobodyOf(orders);
    }

    @Test
    void ourOwnChatsMembersAsAFileAreContacted() throws IOException {
        Orders orders = links().consent("ExistingMember");
        runAsFile(orders, exported("@second_meetup"));
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(calls("carol")).isEqualTo(1);
        assertThat(reasons(orders)).doesNotContain("SourceNotAdministered");
    }

    @Test
    void aForeignChatsAuthors() {
        ParseOrders authors = ParseOrders.of(alice).source("@foreign_chat").authors();
        parse(authors);
        Ending ending = run(campaign(authors));
        assertThat(ending.result().ending()).isNotEqualTo(RunResult.Ending.COMPLETED);
        nobody();
    }

    @Test
    void byAnAccountThatAdministersTheTargetOnly() {
        ParseOrders parser = ParseOrders.of(alice).source("@foreign_chat");
        parse(parser);
        Orders orders = Orders.of(stage.login("zoey"))
                .mode(Mode.LinkOnly)
                .parsed(parser.parser())
                .consent("ExistingMember");
        assertThat(run(orders).result().reason()).isEqualTo("SourceNotAdministered");
        nobody();
    }

    @Test
    void aParserThatReadOurChatFirstAndAForeignOneThen() {
        ParseOrders parser = parsed("@second_meetup");
        parse(parser.source("@foreign_chat").run(UUID.randomUUID().toString()));
        assertThat(run(campaign(parser)).result().reason()).isEqualTo("SourceNotAdministered");
        nobody();
    }

    @Test
    void aForeignChatThatIsTheCampaignsOwnTarget() {
        Orders orders =
                campaign(parsed("@foreign_chat")).target("@foreign_chat").mode(Mode.InviteOrLink);
        assertThat(run(orders).result().reason()).isEqualTo("SourceNotAdministered");
        nobody();
    }

    @Test
    void ourOwnChatsMembersAreContactedOnceHoweverOftenItIsParsed() {
        ParseOrders parser = parsed("@second_meetup");
        run(campaign(parser));
        assertThat(stage.reached(stage.person("bobby"), How.MESSAGE)).hasSize(1);
        parse(parser.run(UUID.randomUUID().toString()));
        pass(NEXT_WEEK);
        Orders again = campaign(parser);
        run(again);
        assertThat(calls("bobby")).isEqualTo(1);
        assertThat(calls("carol")).isEqualTo(1);
    }

    @Test
    void whoOptedOutAndIsParsedAllTheSame() {
        stage.ledger().suppressions().add(List.of(Identities.ofUsername("bobby")), OptionalLong.empty(), "AskedByMail");
        Orders orders = campaign(parsed("@second_meetup"));
        run(orders);
        assertThat(calls("bobby")).isZero();
        assertThat(calls("carol")).isEqualTo(1);
        assertThat(reasons(orders)).contains("Suppressed");
    }

    @Test
    void whoOptsOutBetweenTheParsersRunAndTheCampaign() {
        ParseOrders parser = parsed("@second_meetup");
        leaves("bobby");
        Orders orders = campaign(parser);
        run(orders);
        assertThat(calls("bobby")).isZero();
        assertThat(calls("carol")).isEqualTo(1);
    }

    @Test
    void aParsersDatasetOfAnotherTeamsParserIsNone() {
        Orders orders = links().parsed(UUID.randomUUID().toString()).consent("ExistingMember");
        Ending ending = stage.pod().withoutTelegram().run(Stage.inviting(orders.build()));
        assertThat(ending.result().reason()).isEqualTo("ParserNotReady");
        nobody();
    }
}
