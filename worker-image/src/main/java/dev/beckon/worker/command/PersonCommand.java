package dev.beckon.worker.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.Erasure;
import dev.beckon.ledger.invite.PersonRecords;
import dev.beckon.ledger.parser.DatasetErasure;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.steward.Decision;
import dev.beckon.ledger.steward.Suppressed;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is kept of people, for whoever asks to see or erase it (GDPR articles 15 and 17). */
@Command(
        name = "person",
        description = "See or erase what is kept of people. Needs the ledger's user beckon_steward.",
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class PersonCommand {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Command(name = "export", description = "Write what is kept of the file's people as JSON. It holds people.")
    int export(@Parameters(paramLabel = "FILE", description = StewardAccess.PEOPLE) Path file, @Mixin Output output) {
        return StewardAccess.answered(spec, ledger -> {
            ArrayNode all = JSON.createArrayNode();
            for (Identities person : StewardAccess.everybodyIn(file, err())) {
                all.add(document(ledger, person));
            }
            try (Writer writer = output.writer()) {
                writer.write(JSON.writeValueAsString(all) + "\n");
            }
            if (!output.isStandardOutput()) {
                out().println(Count.people(all.size()) + " written.");
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "erase",
            description =
                    "Erase the file's people from every campaign and dataset and put them on the suppression list. It can't be"
                            + " taken back.")
    int erase(
            @Parameters(paramLabel = "FILE", description = StewardAccess.PEOPLE) Path file,
            @Option(names = "--by", required = true, description = "Who decided: a team or a ticket, such as SUP-1234.")
                    String by) {
        return StewardAccess.answered(spec, ledger -> {
            Decision decision = new Decision("Erased", by);
            int number = 0;
            int inFlight = 0;
            for (Identities person : StewardAccess.everybodyIn(file, err())) {
                number++;
                List<PersonRecords.Kept> kept = ledger.people().find(person);
                List<DatasetErasure.Kept> parsed = ledger.datasets().find(person);
                // First of all: whatever ends this process now, nobody contacts them, and the next try finds the rest.
                ledger.suppressions().add(names(person, kept, parsed), OptionalLong.empty(), decision);
                parsed.forEach(ledger.datasets()::erase);
                long left = kept.stream()
                        .filter(row -> ledger.erasure().erase(row) == Erasure.Erased.InFlight)
                        .count();
                inFlight += left > 0 ? 1 : 0;
                out().println("person " + number + ": erased from " + Count.of(kept.size() - left, "campaign")
                        + (left > 0 ? ", in flight in " + left + " more" : "")
                        + (parsed.isEmpty() ? "" : ", " + Count.of(parsed.size(), "row") + " of datasets"));
            }
            if (inFlight > 0) {
                err().println("A call to Telegram is under way for " + Count.people(inFlight)
                        + ". They are on the suppression list; do this again when it is settled.");
                return ExitCode.LEASE_HELD;
            }
            return ExitCode.OK;
        });
    }

    private static List<Identities> names(
            Identities person, List<PersonRecords.Kept> kept, List<DatasetErasure.Kept> parsed) {
        List<Identities> names = new ArrayList<>(List.of(person));
        kept.forEach(row -> names.add(row.person().identities()));
        parsed.forEach(row -> names.add(row.person().identities()));
        return names;
    }

    private static ObjectNode document(StewardLedger ledger, Identities person) {
        ObjectNode document = named(JSON.createObjectNode(), person);
        ArrayNode campaigns = document.putArray("campaigns");
        List<PersonRecords.Kept> kept = ledger.people().find(person);
        for (PersonRecords.Kept row : kept) {
            campaigns.add(campaign(ledger, row));
        }
        ArrayNode datasets = document.putArray("parsed");
        List<DatasetErasure.Kept> parsed = ledger.datasets().find(person);
        for (DatasetErasure.Kept row : parsed) {
            datasets.addObject()
                    .put("namespace", row.namespace())
                    .put("parser", row.parser())
                    .set("row", JSON.valueToTree(row.person()));
        }
        ArrayNode suppressed = document.putArray("suppressed");
        names(person, kept, parsed).stream()
                .flatMap(name -> ledger.suppressions().of(name).stream())
                .distinct()
                .forEach(entry -> suppressed.add(suppression(entry)));
        return document;
    }

    private static ObjectNode campaign(StewardLedger ledger, PersonRecords.Kept row) {
        Person person = row.person();
        ObjectNode node = named(JSON.createObjectNode(), person.identities());
        put(node, "namespace", row.namespace());
        put(node, "campaign", row.campaign());
        node.put("uid", row.campaignUid()).put("line", row.ordinal());
        put(node, "firstName", person.firstName());
        put(node, "locale", person.locale());
        ObjectNode consent =
                node.putObject("consent").put("basis", person.consent().basis().name());
        put(consent, "evidence", person.consent().evidence());
        put(consent, "at", person.consent().at());
        node.put("state", row.state()).put("status", row.status()).put("reason", row.reason());
        ArrayNode log = node.putArray("log");
        for (PersonRecords.Attempt attempt : ledger.people().log(row)) {
            ObjectNode line = log.addObject().put("time", attempt.at().toString());
            put(line, "account", attempt.account());
            attempt.chatId().ifPresent(chat -> line.put("chat", chat));
            line.put("action", attempt.action()).put("status", attempt.status()).put("reason", attempt.reason());
            put(line, "telegram", attempt.raw());
        }
        return node;
    }

    private static ObjectNode suppression(Suppressed entry) {
        ObjectNode node = JSON.createObjectNode()
                .put("reason", entry.reason())
                .put("since", entry.since().toString());
        entry.chatId().ifPresent(chat -> node.put("chat", chat));
        return node;
    }

    private static ObjectNode named(ObjectNode node, Identities person) {
        put(node, "phone", person.phone());
        put(node, "username", person.username());
        person.userId().ifPresent(id -> node.put("userId", id));
        return node;
    }

    private static void put(ObjectNode node, String field, Optional<String> value) {
        value.ifPresent(text -> node.put(field, text));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
