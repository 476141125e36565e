package dev.beckon.demo.chaos;

import dev.beckon.demo.Progress;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.environment.Servers;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.OperatorLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** The fast level: real worker processes, database, Redis and data centre; what the operator does is played. */
final class FastRun {
    private static final Duration AT_MOST = Duration.ofMinutes(40);
    private static final Duration FIRST_LOGIN_AT_MOST = Duration.ofMinutes(2);

    private final Scenario scenario;
    private final Kinds kinds;
    private final FaultPlan plan;
    private final Path state;
    private final Path workerLib;
    private final Optional<Protection> without;
    private final Progress progress;
    private final IntFunction<ProgressLine> lines;
    private final StepJournal journal;
    private final Queue<String> stuck = new ConcurrentLinkedQueue<>();

    /**
     * @param state an empty folder
     * @param workerLib the class path of the built worker
     */
    FastRun(
            Scenario scenario,
            Kinds kinds,
            FaultPlan plan,
            Path state,
            Path workerLib,
            Optional<Protection> without,
            Progress progress,
            IntFunction<ProgressLine> lines) {
        this.scenario = scenario;
        this.kinds = kinds;
        this.plan = plan;
        this.state = state.toAbsolutePath();
        this.workerLib = workerLib;
        this.without = without;
        this.progress = progress;
        this.lines = lines;
        this.journal = new StepJournal(this.state.resolve("steps.log"));
    }

    /** What happened: for the verdict, and for the table. */
    record Result(
            Facts facts, KindFacts kinds, HookFacts hooks, CarriedOut carriedOut, List<String> leaks, Duration took) {}

    Result run(List<String> steps) throws Exception {
        Path world = state.resolve("world.yaml");
        Files.writeString(world, WorldYaml.of(scenario, kinds));
        Servers servers = new Servers(state, world);
        try (AtExit _ = new AtExit(servers::down)) {
            servers.up(progress);
            return run(servers, steps);
        }
    }

    private Result run(Servers servers, List<String> steps) throws Exception {
        Instant start = Instant.now();
        ServerFaults faults = new ServerFaults(plan.servers(), servers, journal);
        try (Ledger ledger = servers.ledger();
                GatewayLedger gateway = servers.gatewayLedger();
                Workers workers = workers(servers, ledger);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            HookCalls hooks = hooks(servers, ledger, gateway);
            OptOuts optOuts = new OptOuts(scenario, ledger, journal);
            List<AccountLife> accounts = scenario.accounts().stream()
                    .map(account -> life(account, workers, hooks, start.plus(AT_MOST)))
                    .toList();
            List<Future<Void>> lives =
                    accounts.stream().map(life -> threads.submit(lived(life))).toList();
            Future<Void> people = threads.submit(task(() -> optOuts.happen(() -> allDone(lives))));
            Phones phones = new Phones(
                    scenario, ledger, new ControlDoor(servers.telegram().control()));
            Future<Void> callers = threads.submit(task(() -> hooks.happen(() -> allDone(lives))));
            Future<Void> scans = threads.submit(task(() -> phones.scan(() -> allDone(lives))));
            Future<Void> serverKills = threads.submit(task(() -> faults.happen(() -> allDone(lives))));
            try {
                watch(lives, List.of(people, callers, scans, serverKills), faults, start);
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e;
            }
            for (Future<Void> life : lives) {
                life.get();
            }
            people.get();
            callers.get();
            scans.get();
            serverKills.get();
            FactFinder ledgerFacts = new FactFinder(scenario, ledger);
            TruthDoor truth = new TruthDoor(servers.telegram().truth());
            List<String> fired = journal.firedSteps();
            Facts facts = new Facts(
                    truth.contacts(),
                    truth.overlaps(),
                    ledgerFacts.reports(),
                    ledgerFacts.standings(),
                    together(optOuts.since(), hooks.optedOut()),
                    journal.callsCutOff(),
                    List.copyOf(stuck),
                    steps.stream().filter(step -> !fired.contains(step)).toList());
            KindFacts kindFacts = new KindFinder(scenario.accounts(), kinds, ledger, truth, state)
                    .facts(accounts, journal.postsCutOff());
            CarriedOut carriedOut = new CarriedOut(
                    fired,
                    accounts.stream().flatMap(life -> life.left().stream()).toList(),
                    faults.done(),
                    accounts.stream()
                            .flatMap(life -> life.terminations().stream())
                            .toList(),
                    truth.faults());
            List<String> leaks = new FastLeaks(scenario, kinds, state, servers).findings();
            return new Result(
                    facts, kindFacts, hooks.facts(), carriedOut, leaks, Duration.between(start, Instant.now()));
        }
    }

    /** More than a hundred processes start in a run: the first, which nothing happens to, keeps its classes for the others. */
    private Workers workers(Servers servers, Ledger ledger) throws InterruptedException {
        WorkerProgram program = WorkerProgram.of(
                workerLib,
                state,
                state.resolve("steps.log"),
                servers.telegram().library(),
                servers.telegram().proxy(),
                without);
        Path archive = state.resolve("worker.jsa");
        try (Workers first = new Workers(
                        state, program.keepingClasses(archive), servers.workerSecret(), ledger::leases, journal);
                WorkerProcess login = first.login(scenario.accounts().getFirst(), "first-login", Optional.empty())) {
            login.ends(FIRST_LOGIN_AT_MOST);
        }
        return new Workers(state, program.withClasses(archive), servers.workerSecret(), ledger::leases, journal);
    }

    /** The webhooks, open: who is posted before a worker is there waits. */
    private HookCalls hooks(Servers servers, Ledger ledger, GatewayLedger gateway) {
        HookCalls hooks = new HookCalls(kinds.hooks(), ledger, gateway, journal);
        try (OperatorLedger operator = servers.operatorLedger()) {
            hooks.open(operator, gateway.seal());
        }
        return hooks;
    }

    private static Map<Long, Instant> together(Map<Long, Instant> waiting, Map<Long, Instant> coming) {
        Map<Long, Instant> all = new HashMap<>(waiting);
        all.putAll(coming);
        return Map.copyOf(all);
    }

    private AccountLife life(Account account, Workers workers, HookQueues queues, Instant giveUp) {
        return new AccountLife(account, scenario, kinds, plan, workers, queues, giveUp);
    }

    private Callable<Void> lived(AccountLife life) {
        return task(() -> {
            try {
                life.live();
            } catch (AccountLife.Stuck e) {
                stuck.add(e.getMessage());
            }
        });
    }

    private static boolean allDone(List<Future<Void>> lives) {
        return lives.stream().allMatch(Future::isDone);
    }

    /** Until the workers are done. A helper of ours that failed, such as a server that does not start again, ends the run. */
    private void watch(List<Future<Void>> lives, List<Future<Void>> helpers, ServerFaults faults, Instant start)
            throws InterruptedException, ExecutionException {
        try (ProgressLine line = lines.apply(plan.size())) {
            while (!allDone(lives)) {
                for (Future<Void> helper : helpers) {
                    if (helper.isDone()) {
                        helper.get();
                    }
                }
                line.show(journal.firedSteps().size() + faults.done(), journal.calls(), start);
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static Callable<Void> task(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }
}
