package dev.beckon.worker.command;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.invite.Erasure;
import dev.beckon.ledger.invite.Suppressions;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.steward.Decision;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.stream.Collectors;
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
                FoundPerson found = found(ledger, all.size() + 1, person);
                PersonDocument.write(all.addObject(), ledger, found);
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
                            + " taken back. What keeps them from being contacted again stays, as HMACs: see docs/personal-data.md.")
    int erase(
            @Parameters(paramLabel = "FILE", description = StewardAccess.PEOPLE) Path file,
            @Option(names = "--by", required = true, description = "Who decided: a team or a ticket, such as SUP-1234.")
                    String by) {
        return StewardAccess.answered(spec, ledger -> {
            Decision decision = new Decision(Suppressions.ERASED, by);
            int number = 0;
            int inFlight = 0;
            for (Identities person : StewardAccess.everybodyIn(file, err())) {
                number++;
                inFlight += erase(ledger, number, found(ledger, number, person), decision) ? 0 : 1;
            }
            if (inFlight > 0) {
                err().println("A call to Telegram is under way for " + Count.people(inFlight)
                        + ". They are on the suppression list; do this again when it is settled.");
                return ExitCode.LEASE_HELD;
            }
            return ExitCode.OK;
        });
    }

    private FoundPerson found(StewardLedger ledger, int number, Identities person) {
        FoundPerson found = FoundPerson.in(ledger, person);
        if (found.unreadable() > 0) {
            err().println("person " + number + ": " + Count.of(found.unreadable(), "phone")
                    + " of address books can't be read with this keys.json, and theirs may be among them: use the"
                    + " installation's keys.json, with its older keys in it.");
        }
        return found;
    }

    /** First of all: whatever ends this process now, nobody contacts them, and the next try finds the rest. */
    private static FoundPerson suppressed(StewardLedger ledger, FoundPerson found, Decision decision) {
        ledger.suppressions().erased(found.names(), decision);
        // A page that a parser was writing may have read the list before, and bring a row, and a name, of which nobody
        // knew.
        ledger.datasets().awaitPages();
        FoundPerson again = FoundPerson.in(ledger, found.asked());
        return found.names().containsAll(again.names()) ? again : suppressed(ledger, again, decision);
    }

    /** @return false when a call about them is under way, and something is left for the next time */
    private boolean erase(StewardLedger ledger, int number, FoundPerson asked, Decision decision) {
        FoundPerson found = suppressed(ledger, asked, decision);
        found.parsed().forEach(ledger.datasets()::erase);
        long left = found.kept().stream()
                .filter(row -> ledger.erasure().erase(row) == Erasure.Erased.InFlight)
                .count();
        out().println("person " + number + ": erased from "
                + Count.of(found.kept().size() - left, "campaign")
                + (left > 0 ? ", in flight in " + left + " more" : "")
                + (found.parsed().isEmpty()
                        ? ""
                        : ", " + Count.of(found.parsed().size(), "row") + " of datasets"));
        // Whose call is under way may just have been imported: that worker takes them out of the address book, if it
        // lives.
        if (left == 0 && !found.stranded().isEmpty()) {
            forgetStranded(ledger, number, found);
        }
        return left == 0;
    }

    private void forgetStranded(StewardLedger ledger, int number, FoundPerson found) {
        found.stranded().forEach(ledger.stranded()::forget);
        String accounts = found.stranded().stream()
                .map(contact ->
                        contact.namespace().orElse("") + "/" + contact.account().orElse("?"))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        out().println(
                        "person " + number + ": may still be a contact in Telegram of " + accounts
                                + ", where a worker ended before it took them out. Nobody takes them out any more: do it in Telegram's app.");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
