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

    /** To each webhook, besides those whom the faults at random take. */
    private static final int COME_AT_LEAST = 8;

    /** When one protection is tried. */
    private static final int COME_TO_ONE = 4;

    /** For a short run: on top of the named steps. */
    private static final int FEW_KILLS = 10;

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
        Scenario scenario = Scenarios.draw(random, ACCOUNTS, peopleEach(kills));
        List<String> steps = Arrays.stream(KillPoint.values())
                .filter(step -> step.way() == KillPoint.Way.INVITE)
                .map(KillPoint::label)
                .toList();
        // Drawn from a source of their own: the campaigns of a seed stay what they were.
        RandomGenerator others = new SplittableRandom(~seed);
        boolean brief = kills <= FEW_KILLS;
        KindsDraw.Drawn drawn = brief ? KindsDraw.few(others, scenario) : KindsDraw.all(others, scenario);
        KindsDraw.Drawn called = HooksDraw.with(hooks(), drawn, comeByWebhook(kills));
        FaultPlan plan = FaultPlan.draw(
                        random, steps, ACCOUNTS, kills, drawn.scenario().size() / 2)
                .with(KindPlan.draw(others, called.kinds(), ACCOUNTS, kills, brief));
        return run(called.scenario(), called.kinds(), plan, "fast", steps, Optional.empty());
    }

    /** For CI: every named step, a few random kills; and one protection taken out, which must be missed. */
    Verdict brief() throws Exception {
        Verdict verdict = everything(FEW_KILLS);
        out.println("\n=== without intent, which must go wrong: " + Protection.INTENT.without() + "\n");
        return Protection.INTENT
                        .missedEverywhereBy(against(Protection.INTENT, true))
                        .isPresent()
                ? verdict
                : verdict.and(List.of("the run without intent did not show that it is needed"));
    }

    /** A fault takes two people and a half at most: on a slow machine more are contacted before it comes. */
    private static int peopleEach(int kills) {
        return PEOPLE_AT_LEAST + 5 * kills / (2 * ACCOUNTS);
    }

    /** To each webhook: a fault at random takes two of them at most. */
    static int comeByWebhook(int kills) {
        return COME_AT_LEAST + kills / 10;
    }

    /** What a protection is there for, with or without it. */
    Verdict against(Protection protection, boolean takenOut) throws Exception {
        Scenario scenario = Scenarios.draw(new SplittableRandom(seed), 2, PEOPLE_AT_LEAST);
        KindsDraw.Drawn drawn = drawnAgainst(protection, scenario);
        FaultPlan plan = FaultPlan.against(protection, 2);
        return run(
                drawn.scenario(),
                drawn.kinds(),
                plan,
                (takenOut ? "without-" : "with-") + protection.label(),
                List.of(),
                takenOut ? Optional.of(protection) : Optional.empty());
    }

    private KindsDraw.Drawn drawnAgainst(Protection protection, Scenario scenario) {
        return switch (protection) {
            case INTENT, SETTLEMENT -> {
                Kinds schedule = KindsDraw.schedule(new SplittableRandom(~seed), scenario);
                yield HooksDraw.one(hooks(), new KindsDraw.Drawn(scenario, schedule), COME_TO_ONE);
            }
            case LEASE, SUPPRESSION, FREQUENCY_CAP -> new KindsDraw.Drawn(scenario, Kinds.NONE);
        };
    }

    /** From a source of their own, too. */
    private RandomGenerator hooks() {
        return new SplittableRandom(Long.reverse(seed));
    }

    private Verdict run(
            Scenario scenario,
            Kinds kinds,
            FaultPlan plan,
            String name,
            List<String> steps,
            Optional<Protection> without)
            throws Exception {
        Path state = emptied(ChaosCommand.STATE.resolve(name));
        Path lib = Beckon.programs().worker().resolve("lib");
        FastRun.Result result = new FastRun(scenario, kinds, plan, state, lib, without, progress, lines).run(steps);
        Verdict verdict = Verdict.of(scenario, result.facts())
                .and(KindVerdict.of(scenario.accounts(), kinds, result.kinds()))
                .and(HookVerdict.of(kinds.hooks(), result.hooks()))
                .and(result.leaks().stream().map(leak -> "leak: " + leak).toList());
        if (!steps.isEmpty()) {
            verdict = verdict.and(result.carriedOut().wrongs(plan));
        }
        new Report(scenario, kinds, plan, result, verdict).print(out);
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
