package dev.beckon.worker.command;

import com.univocity.parsers.csv.CsvWriter;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.invite.OutcomeLog.Row;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.worker.export.SafeCsv;
import dev.beckon.worker.settings.Environment;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import java.io.IOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a campaign's invite log as CSV. It holds people: whoever runs it has the keys and must guard what it writes. */
@Command(name = "export", description = "Write a campaign's invite log as CSV. It holds people's phones and names.")
public final class ExportCommand implements Callable<Integer> {
    private static final String[] HEADER = {
        "time",
        "account",
        "chat",
        "line",
        "phone",
        "username",
        "user_id",
        "first_name",
        "action",
        "status",
        "reason",
        "telegram"
    };

    @Parameters(paramLabel = "CAMPAIGN_UID", description = "metadata.uid of the InviteCampaign")
    private String campaignUid;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Answer.to(spec.commandLine().getErr(), this::export);
    }

    private ExitCode export() throws IOException {
        MountedFiles files = new MountedFiles(new Environment(Map.copyOf(System.getenv())).root());
        try (Ledger ledger = LedgerAccess.open(files, InstantSource.system())) {
            try (Writer writer = output.writer()) {
                write(ledger, writer);
            }
            return ExitCode.OK;
        }
    }

    private void write(Ledger ledger, Writer writer) {
        CsvWriter csv = SafeCsv.writer(writer);
        csv.writeHeaders(HEADER);
        ledger.outcomes().forEach(campaignUid, row -> csv.writeRow(fields(row)));
        csv.flush();
    }

    /** Each field as a spreadsheet may safely open it. */
    static String[] fields(Row row) {
        Optional<Identities> identities = row.person().map(Person::identities);
        return new String[] {
            row.at().toString(),
            text(row.account()),
            row.chatId().map(String::valueOf).orElse(""),
            Long.toString(row.ordinal()),
            of(identities, Identities::phone),
            text(identities.flatMap(Identities::username)),
            of(identities, person -> person.userId().map(String::valueOf)),
            text(row.person().flatMap(Person::firstName)),
            row.action(),
            row.status().name(),
            row.reason(),
            text(row.raw())
        };
    }

    private static String of(Optional<Identities> identities, Function<Identities, Optional<String>> field) {
        return identities.flatMap(field).orElse("");
    }

    private static String text(Optional<String> value) {
        return SafeCsv.text(value.orElse(""));
    }
}
