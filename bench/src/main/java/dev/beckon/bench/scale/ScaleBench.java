package dev.beckon.bench.scale;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.beckon.bench.report.Json;
import dev.beckon.bench.stage.Machines;
import dev.beckon.bench.stage.ScaleStage;
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
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code make bench-scale}. */
@Command(
        name = "bench-scale",
        description =
                "Measures one operator with thousands of campaigns, schedules and accounts, and writes docs/scale.md.",
        mixinStandardHelpOptions = true)
public final class ScaleBench implements Callable<Integer> {
    /** With these the page is written. */
    private static final List<Integer> ALL = List.of(500, 1_000, 2_500, 5_000);

    private static final Path STATE = Path.of(".build/scale");
    private static final int LARGE = 1_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofSeconds(20);

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            description =
                    "How many campaigns, schedules and accounts, each; growing. By others than the usual ones no page is written.")
    private List<Integer> sizes = ALL;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        // The client says of each of our kinds that its version is unstable.
        ((Logger) LoggerFactory.getLogger("io.fabric8")).setLevel(Level.ERROR);
        System.exit(Beckon.commandLine(new ScaleBench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        requireGrowing();
        StateLock.hold(STATE, "make bench-scale");
        Path kwok = Path.of(System.getProperty("beckon.kwok", ""));
        double others = Machines.percentInUse();
        Instant begin = Instant.now();
        ScaleStage stage = new ScaleStage(STATE.resolve("stage"), Beckon.programs(), kwok);
        List<Step> steps = new ArrayList<>();
        try (AtExit _ = new AtExit(stage::close)) {
            stage.up(largestStep());
            stage.environment()
                    .cluster()
                    .apply(Requests.schemas(ScaleStage.OPERATORS_NAMESPACE, ScaleStage.OPERATORS_NAME));
            try (FakeWorkers workers = new FakeWorkers(stage)) {
                ScaleRun run = new ScaleRun(stage, workers, STATE, sizes.getLast() < LARGE ? MOMENT : MINUTE);
                int from = 0;
                for (int size : sizes) {
                    System.out.printf("%n== %d campaigns, %d schedules, %d accounts%n", size, size, size);
                    steps.add(run.step(from, size));
                    from = size;
                    // Whatever ends the run later, this is kept.
                    keep(STATE, result(steps, begin, others));
                }
            }
        }
        ScaleResult result = result(steps, begin, others);
        System.out.println("\n" + ScalePage.table(result));
        if (sizes.equals(ALL)) {
            Path docs = Beckon.checkout().resolve("docs");
            write(docs.resolve("scale.md"), ScalePage.markdown(result));
            write(docs.resolve("scale.svg"), ScalePage.picture(result));
            Json.write(Beckon.checkout().resolve("bench/results/scale.json"), result);
        }
        return 0;
    }

    private static ScaleResult result(List<Step> steps, Instant begin, double others) {
        return new ScaleResult(
                steps,
                begin,
                Duration.between(begin, Instant.now()).toMillis() / 1000.0,
                others,
                Machines.withFakeNodes());
    }

    private static void keep(Path folder, ScaleResult result) throws IOException {
        Json.write(folder.resolve("scale.json"), result);
        write(folder.resolve("scale.md"), ScalePage.markdown(result));
        write(folder.resolve("scale.svg"), ScalePage.picture(result));
    }

    private void requireGrowing() {
        int before = 0;
        for (int size : sizes) {
            if (size <= before) {
                throw new ParameterException(
                        spec.commandLine(), "Sizes grow, from one on, such as 200 or 500,1000: not " + sizes);
            }
            before = size;
        }
    }

    private int largestStep() {
        int before = 0;
        int largest = 0;
        for (int size : sizes) {
            largest = Math.max(largest, size - before);
            before = size;
        }
        return largest;
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        System.out.println("Written: " + file);
    }
}
