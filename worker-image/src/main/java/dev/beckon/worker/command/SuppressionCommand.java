package dev.beckon.worker.command;

import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.steward.Change;
import dev.beckon.ledger.steward.Decision;
import dev.beckon.ledger.steward.Suppressed;
import dev.beckon.worker.BadInput;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The suppression list in a team's hands. People are read from files and answered by their number, never by a name.
 */
@Command(
        name = "suppression",
        description = "Keep the list of those who are never contacted. Needs the ledger's user beckon_steward;"
                + " to export, beckon_exporter is enough.",
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class SuppressionCommand {
    private static final int BATCH = 1_000;

    @Spec
    private CommandSpec spec;

    /** On whose word, and why. */
    static final class Word {
        @Option(names = "--reason", required = true, description = "A word in CamelCase, such as AskedByMail.")
        private String reason;

        @Option(names = "--by", required = true, description = "Who decided: a team or a ticket, such as SUP-1234.")
        private String by;

        private Decision decision() {
            return new Decision(reason, by);
        }
    }

    @Command(name = "add", description = "Put people on the list: nobody contacts them from now on.")
    int add(
            @Parameters(paramLabel = "FILE", description = StewardAccess.PEOPLE) Path file,
            @ArgGroup(exclusive = false, multiplicity = "1") Word word,
            @Option(names = "--chat", description = "Only for this chat's id; else for every chat.") Long chat) {
        return StewardAccess.answered(spec, ledger -> {
            Decision decision = word.decision();
            List<Identities> batch = new ArrayList<>();
            long[] count = {0, 0};
            int bad = StewardAccess.read(file, spec.commandLine().getErr(), person -> {
                batch.add(person);
                count[0]++;
                if (batch.size() == BATCH) {
                    count[1] += ledger.suppressions().add(batch, chat(chat), decision);
                    batch.clear();
                }
            });
            count[1] += ledger.suppressions().add(batch, chat(chat), decision);
            out().println(Count.people(count[0]) + " read, " + Count.of(count[1], "new entry", "new entries")
                    + " (one a name).");
            return bad == 0 ? ExitCode.OK : ExitCode.BAD_INPUT;
        });
    }

    @Command(
            name = "remove",
            description = "Take people off the list, by the names in the file only: give every name they are known by."
                    + " Nothing is removed when a line of the file can't be read.")
    int remove(
            @Parameters(paramLabel = "FILE", description = StewardAccess.PEOPLE) Path file,
            @ArgGroup(exclusive = false, multiplicity = "1") Word word,
            @Option(names = "--chat", description = "The entries of this chat's id; else those for every chat.")
                    Long chat) {
        return StewardAccess.answered(spec, ledger -> {
            Decision decision = word.decision();
            List<Identities> people =
                    StewardAccess.everybodyIn(file, spec.commandLine().getErr());
            int removed = ledger.suppressions().remove(people, chat(chat), decision);
            out().println(Count.people(people.size()) + " read, " + Count.of(removed, "entry", "entries")
                    + " removed.");
            return ExitCode.OK;
        });
    }

    @Command(
            name = "check",
            description = "Tell of each line's person whether, why and since when they are on the list.")
    int check(@Parameters(paramLabel = "FILE", description = StewardAccess.PEOPLE) Path file) {
        return StewardAccess.answered(spec, ledger -> {
            int number = 0;
            for (Identities person :
                    StewardAccess.everybodyIn(file, spec.commandLine().getErr())) {
                number++;
                List<Suppressed> entries = ledger.suppressions().of(person);
                if (entries.isEmpty()) {
                    out().println("person " + number + ": not on the list");
                }
                for (Suppressed entry : entries) {
                    out().println("person " + number + ": " + where(entry) + ", " + entry.reason() + ", since "
                            + entry.since());
                }
            }
            return ExitCode.OK;
        });
    }

    @Command(name = "export", description = "Write the list as a file to keep beside the backups. It holds no names.")
    int export(
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "Write here instead of standard output.")
                    Path output,
            @Option(
                            names = "--folder",
                            paramLabel = "FOLDER",
                            description = "Write a new file in this folder instead, and remove the oldest ones.")
                    Path folder,
            @Option(
                            names = "--keep",
                            paramLabel = "N",
                            defaultValue = "30",
                            description = "With --folder: how many exports stay, 1 or more. Default: ${DEFAULT-VALUE}")
                    int keep) {
        return StewardAccess.answered(spec, ledger -> {
            if (folder != null) {
                require(output == null, "Choose one: --output writes one file, --folder one more in a folder.");
                require(keep >= 1, "--keep is 1 or more: else nothing would be left.");
                ExportFolder exports = new ExportFolder(folder);
                long count = exports.write(
                        InstantSource.system().instant(),
                        writer -> ledger.file().write(ledger.suppressions(), writer));
                int removed = exports.keepNewest(keep);
                out().println(entries(count) + " written, " + Count.of(removed, "older export", "older exports")
                        + " removed.");
                return ExitCode.OK;
            }
            if (output == null) {
                ledger.file().write(ledger.suppressions(), out());
                return ExitCode.OK;
            }
            try (Writer writer = OwnerOnly.newWriter(output)) {
                out().println(entries(ledger.file().write(ledger.suppressions(), writer)) + " written.");
            }
            return ExitCode.OK;
        });
    }

    @Command(
            name = "import",
            description = "Bring back the entries of an export, as after an older backup was restored.")
    int restore(
            @Parameters(
                            paramLabel = "FILE",
                            description = "What export wrote; a folder: all that it wrote there; - is standard input.")
                    Path file,
            @ArgGroup(exclusive = false, multiplicity = "1") Word word) {
        return StewardAccess.answered(spec, ledger -> {
            Decision decision = word.decision();
            List<Path> files = Files.isDirectory(file) ? new ExportFolder(file).oldestFirst() : List.of(file);
            require(!files.isEmpty(), "There is no export in the folder " + file + ".");
            long[] count = {0, 0};
            for (Path each : files) {
                try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(StewardAccess.open(each), StandardCharsets.UTF_8))) {
                    ledger.file().read(in, entries -> {
                        count[0] += entries.size();
                        count[1] += ledger.suppressions().restore(entries, decision);
                    });
                }
            }
            out().println(entries(count[0]) + " read, "
                    + Count.of(count[1], "of them was missing", "of them were missing") + ".");
            return ExitCode.OK;
        });
    }

    @Command(
            name = "audit",
            description = "Tell every change by hand: when, what, why, on whose word. It holds no names.")
    int audit() {
        return StewardAccess.answered(spec, ledger -> {
            ledger.suppressions().audit(change -> out().println(line(change)));
            return ExitCode.OK;
        });
    }

    private static String line(Change change) {
        return change.at() + " " + change.action() + " " + where(change.entry()) + ", "
                + change.decision().reason() + ", by " + change.decision().by();
    }

    private static String where(Suppressed entry) {
        return entry.chatId().isPresent() ? "chat " + entry.chatId().getAsLong() : "every chat";
    }

    private static String entries(long count) {
        return Count.of(count, "entry", "entries");
    }

    private static void require(boolean so, String sentence) {
        if (!so) {
            throw new BadInput(sentence);
        }
    }

    private static OptionalLong chat(Long chat) {
        return chat == null ? OptionalLong.empty() : OptionalLong.of(chat);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
