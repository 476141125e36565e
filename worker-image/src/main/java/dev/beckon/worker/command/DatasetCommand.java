package dev.beckon.worker.command;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.DatasetReader;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.export.DatasetFormat;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.ParseOrder.Format;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What parsers found, for a steward who fetches it. */
@Command(
        name = "dataset",
        description = "List what parsers found, or write it out. Needs the ledger's user beckon_steward.",
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class DatasetCommand {
    @Spec
    private CommandSpec spec;

    /** One of the two. */
    static final class Which {
        @Option(
                names = "--parser",
                paramLabel = "NAMESPACE/NAME",
                description = "The newest complete one of this ParserJob.")
        private String parser;

        @Option(names = "--dataset", paramLabel = "UID", description = "This one, as `list` tells it.")
        private String dataset;

        private Dataset in(DatasetReader datasets) {
            Dataset found = (dataset != null ? datasets.find(dataset) : newest(datasets))
                    .orElseThrow(() -> new BadInput(
                            dataset != null
                                    ? "There is no dataset " + dataset + ": `worker dataset list` tells which there are"
                                    : "There is no complete dataset of " + parser
                                            + ": `worker dataset list` tells which there are"));
            if (found.state() != Dataset.State.Complete) {
                throw new BadInput("The dataset " + found.uid() + " is not complete: its run goes on");
            }
            return found;
        }

        private Optional<Dataset> newest(DatasetReader datasets) {
            String[] names = parser.split("/", -1);
            if (names.length != 2) {
                throw new BadInput("--parser is NAMESPACE/NAME, such as team/our-group");
            }
            return datasets.newest(names[0], names[1]);
        }
    }

    @Command(name = "list", description = "One line a dataset, the newest first; names nobody.")
    int list() {
        return StewardAccess.answered(spec, ledger -> {
            PrintWriter out = spec.commandLine().getOut();
            out.println("uid,parser,state,people,listed,chat_total,administered,started,completed,sha256");
            for (DatasetReader.Named named : ledger.datasetReader().all()) {
                Dataset dataset = named.dataset();
                out.println(String.join(
                        ",",
                        dataset.uid(),
                        named.namespace() + "/" + named.name(),
                        dataset.state().name(),
                        Long.toString(dataset.people()),
                        Long.toString(dataset.counts().listed()),
                        Long.toString(dataset.counts().chatTotal()),
                        Boolean.toString(dataset.administered()),
                        dataset.startedAt().toString(),
                        dataset.completedAt().map(Instant::toString).orElse(""),
                        dataset.sha256().orElse("")));
            }
            return ExitCode.OK;
        });
    }

    @Command(name = "export", description = "Write a complete dataset. It holds people.")
    int export(
            @ArgGroup(multiplicity = "1") Which which,
            @Option(names = "--format", defaultValue = "csv", description = "csv (default) or ndjson.") String format,
            @Mixin Output output) {
        return StewardAccess.answered(spec, ledger -> {
            DatasetReader datasets = ledger.datasetReader();
            Format wanted = format(format);
            Dataset dataset = which.in(datasets);
            try (OutputStream out = output.stream()) {
                DatasetFormat.write(datasets, dataset, wanted, out);
            }
            return ExitCode.OK;
        });
    }

    private static Format format(String text) {
        return Arrays.stream(Format.values())
                .filter(format -> format.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new BadInput("--format is one of "
                        + Arrays.stream(Format.values())
                                .map(format -> format.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
