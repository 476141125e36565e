package dev.beckon.worker.command;

import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.audience.PeopleFile;
import dev.beckon.ledger.people.Identities;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.settings.Environment;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/**
 * How a steward's commands reach the ledger and read people: from a file or standard input and never from the command line,
 * which would stand in the pod's manifest.
 */
final class StewardAccess {
    static final String PEOPLE = "People, one a line, in an audience's form: a phone or @name, or CSV with the columns"
            + " phone, username, user_id; - is standard input.";

    /** What is done to people one by one is for people who asked, and no list. */
    private static final int MOST = 1_000;

    private StewardAccess() {}

    /** A command's work on the ledger. */
    @FunctionalInterface
    interface Work {
        ExitCode with(StewardLedger ledger) throws IOException;
    }

    static int answered(CommandSpec spec, Work work) {
        return Answer.to(spec.commandLine().getErr(), () -> {
            MountedFiles files = new MountedFiles(new Environment(Map.copyOf(System.getenv())).root());
            try (StewardLedger ledger = LedgerAccess.steward(files, InstantSource.system())) {
                return work.with(ledger);
            }
        });
    }

    static InputStream open(Path file) throws IOException {
        return file.toString().equals("-") ? System.in : Files.newInputStream(file);
    }

    /** Reads a file line by line; answers how many lines could not be read, after telling of each by its number. */
    static int read(Path file, PrintWriter err, Consumer<Identities> people) throws IOException {
        int[] bad = {0};
        try (InputStream in = open(file)) {
            PeopleFile.read(in, people, line -> {
                bad[0]++;
                err.println("line " + line.number() + ": " + line.problem());
            });
        }
        return bad[0];
    }

    /** @throws BadInput when a line can't be read, or they are more than {@value #MOST} */
    static List<Identities> everybodyIn(Path file, PrintWriter err) throws IOException {
        List<Identities> people = new ArrayList<>();
        if (read(file, err, people::add) > 0) {
            throw new BadInput("Nothing was done: mend these lines first.");
        }
        if (people.size() > MOST) {
            throw new BadInput("The file names " + people.size() + " people; at most " + MOST + " at a time.");
        }
        return people;
    }
}
