package dev.beckon.demo.chaos;

import dev.beckon.demo.Beckon;
import dev.beckon.demo.Progress;
import dev.beckon.demo.chaos.testbuild.StepTrap;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Programs;
import dev.beckon.demo.environment.SimulatorProcess;
import dev.beckon.demo.environment.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Draws a whole run, carries it out on the real environment, and prints what came of it. */
final class WholeLevel {
    private static final String WORLD = "world.yaml";
    private static final Path STATE = ChaosCommand.STATE.resolve("whole");

    /** The product's paces, made for campaigns of days; these are for campaigns of minutes. */
    private static final Map<String, String> HURRIED_OPERATOR = Map.of(
            "BECKON_PACE_SLICE", "20s",
            "BECKON_PACE_PROGRESS", "1s",
            "BECKON_PACE_LOOK", "3s",
            "BECKON_PACE_RECHECK", "5s",
            "BECKON_PACE_FIRST_BACK_OFF", "1s",
            "BECKON_PACE_LONGEST_BACK_OFF", "10s");

    /** Of an account's own campaign: kills come by count of calls, and few find anything to kill when there are more of them than of these. */
    private static final int KILLS_A_PERSON = 4;

    private static final int PEOPLE_AT_LEAST = 6;

    private static final Duration MAIN_LETS_GO = Duration.ofSeconds(20);

    private final long seed;
    private final Progress progress = new Progress();
    private final Path state = STATE.toAbsolutePath();
    /** Where this run and its workers tell each other something; seen in every worker's pod. */
    private final Path signals = state.resolve("signals");

    private final Path forAnybody = signals.resolve("sabotage");

    WholeLevel(long seed) {
        this.seed = seed;
    }

    /** Every kind of kill several times. */
    Verdict everything(int kills) throws Exception {
        return everything(kills, Optional.empty());
    }

    /** Every kind once, with few people: for CI. */
    Verdict once() throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = WholeScenario.draw(random.split(), 3, 6);
        WholeKinds kinds = KindsDraw.wholeFew(new SplittableRandom(~seed), scenario);
        return run(
                scenario.with(kinds.bots()),
                kinds,
                plan(random, WholeFault.Kind.values().length, scenario),
                Optional.empty());
    }

    /** The same without a protection of the worker: must end red. */
    Verdict without(Protection protection, int kills) throws Exception {
        return everything(kills, Optional.of(protection));
    }

    private Verdict everything(int kills, Optional<Protection> without) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = WholeScenario.draw(random.split(), 5, Math.max(PEOPLE_AT_LEAST, kills / KILLS_A_PERSON));
        // Drawn from a source of their own: the campaigns of a seed stay what they were.
        WholeKinds kinds = KindsDraw.whole(new SplittableRandom(~seed), scenario);
        return run(scenario.with(kinds.bots()), kinds, plan(random, kills, scenario), without);
    }

    private static WholePlan plan(SplittableRandom random, int kills, Scenario scenario) {
        return WholePlan.draw(random.split(), kills, scenario.size() * 2 / 3);
    }

    private Verdict run(Scenario scenario, WholeKinds kinds, WholePlan plan, Optional<Protection> without)
            throws Exception {
        Programs programs = Beckon.programs();
        RedRun.keep(state, () -> new Environment(state, state.resolve(WORLD), programs).down(progress));
        Files.createDirectories(signals);
        RedRun.begin(state);
        Path world = Files.writeString(state.resolve(WORLD), WorldYaml.of(scenario, kinds.kinds()));
        Environment environment = new Environment(
                state,
                world,
                programs,
                new Variant(Optional.of(it -> worker(programs, it, without)), HURRIED_OPERATOR));
        environment.forget();
        environment.check();
        Files.deleteIfExists(forAnybody);
        StepJournal journal = new StepJournal(state.resolve("steps.log"));
        WorkerAmbush ambush = new WorkerAmbush(journal, forAnybody);
        WholeFaults faults = new WholeFaults(plan, environment, journal, ambush);
        CountDownLatch letGo = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        AtExit down = new AtExit(() -> {
            faults.close();
            if (Thread.currentThread() != main) {
                main.interrupt();
                await(letGo);
            }
            environment.down(progress);
        });
        WholeRun.Result result;
        try (down;
                JournalPipe _ = new JournalPipe(pipe(), state.resolve("steps.log"), ambush::forget)) {
            environment.up(progress);
            environment.openGateway(progress);
            result = new WholeRun(plan, environment, journal, faults).run(scenario, kinds);
        } finally {
            letGo.countDown();
        }
        Verdict verdict = WholeVerdict.of(result.work(), plan, result.facts());
        verdict = withLeftOvers(verdict, environment);
        new WholeReport(result.work(), plan, result.facts(), verdict).print(System.out);
        if (verdict.green()) {
            RedRun.forget(state);
        }
        return verdict;
    }

    private static void await(CountDownLatch letGo) {
        try {
            // It may be in the middle of starting something, which must not come after the end.
            if (!letGo.await(MAIN_LETS_GO.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("What was being started is stopped all the same.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Verdict withLeftOvers(Verdict verdict, Environment environment) {
        long left = PodProcess.leftOvers(environment.cluster().state());
        if (left == 0) {
            return verdict;
        }
        List<String> wrongs = new ArrayList<>(verdict.wrongs());
        wrongs.add(left + " processes outlived the cluster");
        return new Verdict(List.copyOf(wrongs));
    }

    private Path pipe() {
        return signals.resolve("steps");
    }

    /** The test build, which tells its steps over the pipe: a pod can write to no file of this machine. */
    private Variant.Program worker(Programs programs, SimulatorProcess telegram, Optional<Protection> without) {
        WorkerProgram program = WorkerProgram.of(
                programs.worker().resolve("lib"), state, pipe(), telegram.library(), telegram.proxy(), without);
        Map<String, String> environment = new HashMap<>(program.environment());
        environment.put(StepTrap.RUN, "$(HOSTNAME)");
        environment.put(StepTrap.FOR_ANYBODY, forAnybody.toString());
        return new Variant.Program(
                program.start(),
                environment,
                List.of(programs.worker(), WorkerProgram.rewritten(state), signals, Path.of(telegram.library())));
    }
}
