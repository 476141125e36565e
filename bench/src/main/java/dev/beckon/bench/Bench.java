package dev.beckon.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.beckon.bench.audience.ImportBenchmark;
import dev.beckon.bench.campaigns.LaunchBenchmark;
import dev.beckon.bench.campaigns.OperatorStartBenchmark;
import dev.beckon.bench.campaigns.SchedulesBenchmark;
import dev.beckon.bench.campaigns.WaitingBenchmark;
import dev.beckon.bench.campaigns.WritesBenchmark;
import dev.beckon.bench.people.EngineBenchmark;
import dev.beckon.bench.people.HandoverBenchmark;
import dev.beckon.bench.people.MembersBenchmark;
import dev.beckon.bench.people.PeopleBenchmark;
import dev.beckon.bench.people.WorkerStartBenchmark;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Page;
import dev.beckon.bench.report.Result;
import dev.beckon.bench.report.Store;
import dev.beckon.bench.soak.SoakBenchmark;
import dev.beckon.bench.stage.Machines;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.webhook.CallBenchmark;
import dev.beckon.bench.webhook.WebhookBenchmark;
import dev.beckon.demo.Beckon;
import dev.beckon.demo.chaos.AtExit;
import dev.beckon.demo.environment.StateLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code make bench}. */
@Command(
        name = "bench",
        description = "Measures Beckon against what it replaces, prints ratios, and writes docs/benchmarks.md.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    private static final Path STATE = Path.of(".build/bench");

    /** Committed: the page shows all rows although one was measured anew elsewhere. */
    private static final Path RESULTS = Path.of("bench/results");

    @Option(names = "--only", split = ",", paramLabel = "NAME", description = "Only these, by name.")
    private List<String> only = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured.")
    private Integer rounds;

    @Option(names = "--quick", description = "Everything small: shows that it works, and writes no page.")
    private boolean quick;

    @Option(names = "--judge", description = "Exit with 1 when a goal of what was measured is missed.")
    private boolean judge;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        // The client says of each of our kinds that its version is unstable.
        ((Logger) LoggerFactory.getLogger("io.fabric8")).setLevel(Level.ERROR);
        System.exit(Beckon.commandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        StateLock.hold(STATE, "make bench");
        Stages stages = new Stages(STATE, Beckon.checkout(), quick);
        List<Benchmark> all = all(stages);
        List<Benchmark> chosen = chosen(all);
        Effort effort = new Effort(rounds == null ? OptionalInt.empty() : OptionalInt.of(rounds), quick);
        double others = Machines.percentInUse();
        Store store = new Store(quick ? STATE.resolve("quick") : RESULTS);
        boolean missed = false;
        try (AtExit _ = new AtExit(stages::close)) {
            for (Benchmark benchmark : chosen) {
                Result result = measured(benchmark, effort, others);
                store.keep(result);
                missed |= result.figures().stream().anyMatch(figure -> figure.judgement() == Figure.Judgement.MISSED);
            }
        }
        List<Result> results = store.of(all.stream().map(Benchmark::name).toList());
        System.out.println("\n"
                + Page.table(
                        results.stream().flatMap(it -> it.figures().stream()).toList()));
        if (!quick) {
            write(Beckon.checkout().resolve("docs/benchmarks.md"), Page.markdown(results));
        }
        return judge && missed ? 1 : 0;
    }

    private static List<Benchmark> all(Stages stages) {
        return List.of(
                new WritesBenchmark(stages),
                new CallBenchmark(stages),
                new LaunchBenchmark(stages),
                new OperatorStartBenchmark(stages),
                new WaitingBenchmark(stages),
                new SchedulesBenchmark(stages),
                // Those whose workers keep the day's limits come before those that invite without any: the ledger
                // counts these, too.
                new WorkerStartBenchmark(stages),
                new MembersBenchmark(stages),
                new HandoverBenchmark(stages),
                new PeopleBenchmark(stages),
                new EngineBenchmark(stages),
                new SoakBenchmark(stages, STATE.resolve("soak")),
                new ImportBenchmark(stages),
                new WebhookBenchmark(stages));
    }

    private List<Benchmark> chosen(List<Benchmark> all) {
        List<String> names = all.stream().map(Benchmark::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no benchmark '" + name + "': choose one of " + String.join(", ", names));
            }
        }
        return all.stream()
                .filter(it -> only.isEmpty() || only.contains(it.name()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Result measured(Benchmark benchmark, Effort effort, double others) throws Exception {
        System.out.println("\n== " + benchmark.name() + ": " + benchmark.title());
        Instant begin = Instant.now();
        Benchmark.Outcome outcome = benchmark.run(effort);
        Result result = new Result(
                benchmark.name(),
                benchmark.title(),
                benchmark.measured(),
                benchmark.peer(),
                outcome.figures(),
                outcome.notes(),
                begin,
                Duration.between(begin, Instant.now()).toMillis() / 1000.0,
                others,
                Machines.here());
        System.out.println("\n" + Page.table(result.figures()));
        return result;
    }

    private static void write(Path page, String text) throws IOException {
        Files.writeString(page, text);
        System.out.println("Written: " + page);
    }
}
