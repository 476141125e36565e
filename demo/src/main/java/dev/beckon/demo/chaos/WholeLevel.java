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
        return run(5, 12, kills, Optional.empty());
    }

    /** Every kind once, with few people: for CI. */
    Verdict once() throws Exception {
        return run(3, 6, WholeFault.Kind.values().length, Optional.empty());
    }

    /** The same without a protection of the worker: must end red. */
    Verdict without(Protection protection, int kills) throws Exception {
        return run(5, 12, kills, Optional.of(protection));
    }

    private Verdict run(int accounts, int peopleEach, int kills, Optional<Protection> without) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Scenario scenario = WholeScenario.draw(random.split(), accounts, peopleEach);
        WholePlan plan = WholePlan.draw(random.split(), kills, scenario.size() * 2 / 3);
        Programs programs = Beckon.programs();
        RedRun.keep(state, () -> new Environment(state, state.resolve(WORLD), programs).down(progress));
        Files.createDirectories(signals);
        RedRun.begin(state);
        Path world = Files.writeString(state.resolve(WORLD), WorldYaml.of(scenario));
        Environment environment = new Environment(
                state,
                world,
                programs,
                new Variant(Optional.of(it -> worker(programs, it, without)), HURRIED_OPERATOR));
        environment.forget();
        environment.check();
        Files.deleteIfExists(forAnybody);
        StepJournal journal = new StepJournal(state.resolve("steps.log"));
        WholeFaults faults = new WholeFaults(plan, environment, journal, forAnybody);
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
                JournalPipe _ = new JournalPipe(pipe(), state.resolve("steps.log"), faults::forget)) {
            environment.up(progress);
            environment.openGateway(progress);
            result = new WholeRun(plan, environment, journal, faults).run(scenario);
        } finally {
            letGo.countDown();
        }
        Verdict verdict = WholeVerdict.of(result.scenario(), plan, result.facts());
        verdict = withLeftOvers(verdict, environment);
        new WholeReport(result.scenario(), plan, result.facts(), verdict).print(System.out);
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
