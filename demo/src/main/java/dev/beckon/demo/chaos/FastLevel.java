package dev.beckon.demo.chaos;

import dev.beckon.demo.Beckon;
import dev.beckon.demo.Progress;
import dev.beckon.worker.KillPoint;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Draws fast runs, carries them out, prints what came of them. */
final class FastLevel {
    private static final int ACCOUNTS = 8;
    private static final int PEOPLE_AT_LEAST = 6;

    /** For a short run: on top of the named steps. */
    private static final int FEW_KILLS = 10;

    private static final Path STATE = Path.of(".build/chaos");

    private final long seed;
    private final PrintStream out;
    private final Progress progress;
    private final IntFunction<ProgressLine> lines;

    FastLevel(long seed) {
        this(seed, System.out, new Progress(), ProgressLine::new);
    }

    private FastLevel(long seed, PrintStream out, Progress progress, IntFunction<ProgressLine> lines) {
        this.seed = seed;
        this.out = out;
        this.progress = progress;
        this.lines = lines;
    }

    /** The same runs, told to {@code out}: for two at once. */
    FastLevel tellingTo(PrintStream other) {
        return new FastLevel(seed, other, new Progress(other), planned -> new ProgressLine(planned, other));
    }

    /** Every named step, {@code kills} random ones, everything that Telegram does wrong. */
    Verdict everything(int kills) throws Exception {
        RandomGenerator random = new SplittableRandom(seed);
        Scenario scenario = Scenarios.draw(random, ACCOUNTS, PEOPLE_AT_LEAST + 2 * kills / ACCOUNTS);
        List<String> steps = Arrays.stream(KillPoint.values())
                .filter(step -> step.way() == KillPoint.Way.INVITE)
                .map(KillPoint::label)
                .toList();
        FaultPlan plan = FaultPlan.draw(random, steps, ACCOUNTS, kills, scenario.size() / 2);
        return run(scenario, plan, "fast", steps, Optional.empty());
    }

    /** For CI: every named step, a few random kills; and one protection taken out, which must be missed. */
    Verdict brief() throws Exception {
        Verdict verdict = everything(FEW_KILLS);
        out.println("\n=== without intent, which must go wrong: " + Protection.INTENT.without() + "\n");
        return Protection.INTENT.missedBy(against(Protection.INTENT, true)).isPresent()
                ? verdict
                : verdict.and(List.of("the run without intent did not show that it is needed"));
    }

    /** What a protection is there for, with or without it. */
    Verdict against(Protection protection, boolean takenOut) throws Exception {
        Scenario scenario = Scenarios.draw(new SplittableRandom(seed), 2, PEOPLE_AT_LEAST);
        FaultPlan plan = FaultPlan.against(protection, 2);
        return run(
                scenario,
                plan,
                (takenOut ? "without-" : "with-") + protection.label(),
                List.of(),
                takenOut ? Optional.of(protection) : Optional.empty());
    }

    private Verdict run(
            Scenario scenario, FaultPlan plan, String name, List<String> steps, Optional<Protection> without)
            throws Exception {
        Path state = emptied(STATE.resolve(name));
        Path lib = Beckon.programs().worker().resolve("lib");
        FastRun.Result result = new FastRun(scenario, plan, state, lib, without, progress, lines).run(steps);
        Verdict verdict = Verdict.of(scenario, result.facts())
                .and(result.leaks().stream().map(leak -> "leak: " + leak).toList());
        if (!steps.isEmpty()) {
            verdict = verdict.and(result.carriedOut().wrongs(plan));
        }
        new Report(scenario, plan, result, verdict).print(out);
        return verdict;
    }

    private static Path emptied(Path folder) {
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of an earlier run, " + folder + ", can't be emptied", e);
        }
    }
}
