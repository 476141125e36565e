package dev.beckon.demo.chaos;

import dev.beckon.demo.Campaigns.Everything;
import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.demo.proof.EnvironmentLeaks;
import dev.beckon.demo.proof.KindEvidence;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.workorder.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One run of the whole level on an environment that is up: applies, lets the plan happen, waits for the end, collects facts. */
final class WholeRun {
    static final String NAMESPACE = "default";
    private static final Duration LOOK = Duration.ofSeconds(2);

    /**
     * With nothing moving for so long, nothing moves any more: longer than any wait of a run. The longest is that of a worker which
     * hangs before it holds a lease: it ends itself after five minutes ({@code BECKON_START_SECONDS}), and its successor needs time to
     * get going.
     */
    private static final Duration STUCK = Duration.ofMinutes(7);

    /** A status follows the ledger within a look of the operator. */
    private static final Duration STATUS_FOLLOWS = Duration.ofSeconds(60);

    private final WholePlan plan;
    private final Environment environment;
    private final StepJournal journal;
    private final WholeFaults faults;
    private final AccountWatch accounts;
    private final WholeResources resources;
    private final Progress progress = new Progress();
    private final Instant start = Instant.now();
    private volatile Set<Priority> left = WholeWork.all();
    private volatile boolean over;

    WholeRun(WholePlan plan, Environment environment, StepJournal journal, WholeFaults faults) {
        this.plan = plan;
        this.environment = environment;
        this.journal = journal;
        this.faults = faults;
        this.accounts = new AccountWatch(environment.cluster().state());
        this.resources = new WholeResources(environment.cluster(), NAMESPACE);
    }

    /** @param work with the uids that the API server gave */
    record Result(WholeWork work, WholeFacts facts) {}

    Result run(Scenario drawn, WholeKinds kinds) throws InterruptedException, ExecutionException {
        Scenario scenario = resources.apply(drawn, kinds);
        progress.say("  " + scenario.accounts().size() + " accounts, "
                + scenario.campaigns().size() + " campaigns with "
                + scenario.people().size() + " people and "
                + Count.of(kinds.postings().size(), "schedule") + " are applied; "
                + Count.of(kinds.parsers().size(), "parser") + " will be");
        WholeWork work = new WholeWork(scenario, kinds);
        try (Ledger ledger = environment.ledger();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            OptOuts optOuts = new OptOuts(scenario, ledger, journal);
            WebhookCalls webhooks = new WebhookCalls(scenario, plan.calls(), journal, environment::gatewayAddress);
            Phones phones = new Phones(
                    scenario, ledger, new ControlDoor(environment.telegram().control()));
            LateParsers parsers = new LateParsers(kinds.parsers(), plan.calls(), journal, resources::apply);
            List<Future<Void>> helpers = List.of(
                    threads.submit(task(() -> faults.happen(new WorkLeft(() -> left, parsers::now)))),
                    threads.submit(task(() -> optOuts.happen(() -> over))),
                    threads.submit(task(() -> webhooks.happen(() -> over))),
                    threads.submit(task(() -> phones.scan(() -> over))),
                    threads.submit(task(() -> parsers.happen(() -> over))),
                    threads.submit(task(() -> accounts.look(() -> over))));
            List<String> wrongs = new ArrayList<>();
            try {
                wrongs.addAll(watch(work, helpers));
            } finally {
                left = Set.of();
                over = true;
                threads.shutdownNow();
            }
            wrongs.addAll(webhooks.wrongs());
            return result(work, new WholeFinder(ledger, truth(), journal), optOuts, webhooks, wrongs);
        }
    }

    private TruthDoor truth() {
        return new TruthDoor(environment.telegram().truth());
    }

    /** Until everything has ended after the last kill; answers what did not. */
    private List<String> watch(WholeWork work, List<Future<Void>> helpers)
            throws InterruptedException, ExecutionException {
        String moved = "";
        Instant movedAt = Instant.now();
        try (ProgressLine line = new ProgressLine(plan.faults().size())) {
            while (true) {
                for (Future<Void> helper : helpers) {
                    if (helper.isDone()) {
                        helper.get();
                    }
                }
                Optional<Everything> now = resources.ifAnswered();
                left = now.map(work::left).orElse(WholeWork.all());
                if (left.isEmpty() && faults.over()) {
                    return List.of();
                }
                String state = faults.done().size() + " " + journal.calls()
                        + now.map(WholeWork::words).orElse("");
                if (now.isPresent() && !state.equals(moved)) {
                    moved = state;
                    movedAt = Instant.now();
                }
                if (Duration.between(movedAt, Instant.now()).compareTo(STUCK) > 0) {
                    return List.of("nothing moved for " + STUCK.toMinutes() + " minutes");
                }
                line.show(faults.done().size(), journal.calls(), start);
                TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            }
        }
    }

    private Result result(
            WholeWork work, WholeFinder finder, OptOuts optOuts, WebhookCalls webhooks, List<String> wrongs)
            throws InterruptedException {
        try {
            environment.awaitOperator();
        } catch (IllegalStateException notReady) {
            wrongs.add("the operator's replicas are not ready: " + notReady.getMessage());
        }
        Settled settled = settled(work, finder, optOuts, wrongs);
        WholeKinds kinds = settled.kinds();
        KindFacts kindFacts = finder.kinds(work.scenario(), kinds, settled.evidence());
        List<String> leaks = new EnvironmentLeaks(environment).findings();
        WholeFacts facts = new WholeFacts(
                settled.facts(),
                kindFacts,
                settled.evidence(),
                settled.seen().campaigns(),
                faults.done(),
                accounts.pairs(),
                webhooks.kept(),
                webhooks.unanswered(),
                leaks,
                Duration.between(start, Instant.now()));
        return new Result(new WholeWork(work.scenario(), kinds), facts);
    }

    private static Map<String, String> uids(Everything seen) {
        return WholeResources.uids(Stream.concat(seen.parsers().stream(), seen.schedules().stream()));
    }

    /**
     * What Kubernetes, ledger and Telegram say at the end.
     *
     * @param kinds with the uids that the API server gave
     */
    private record Settled(Everything seen, WholeKinds kinds, Facts facts, KindEvidence evidence) {
        boolean agrees(Scenario scenario) {
            return scenario.campaigns().stream()
                            .allMatch(campaign -> WholeVerdict.named(seen.campaigns(), campaign)
                                    .filter(it -> WholeVerdict.disagreements(campaign, it, facts)
                                            .isEmpty())
                                    .isPresent())
                    && WholeKindVerdict.disagreements(kinds, evidence).isEmpty();
        }
    }

    /** Once every status has caught up with the ledger, or had the time to. */
    private Settled settled(WholeWork work, WholeFinder finder, OptOuts optOuts, List<String> wrongs)
            throws InterruptedException {
        Instant end = Instant.now().plus(STATUS_FOLLOWS);
        while (true) {
            boolean last = Instant.now().isAfter(end);
            Optional<Everything> seen = last ? Optional.of(resources.seen()) : resources.ifAnswered();
            if (seen.isPresent()) {
                Settled now = new Settled(
                        seen.get(),
                        work.kinds().identified(uids(seen.get())),
                        finder.facts(work.scenario(), optOuts, wrongs),
                        finder.evidence(seen.get()));
                if (last || now.agrees(work.scenario())) {
                    return now;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    /** An interrupt is how the run ends its helpers. */
    private static Callable<Void> task(Task task) {
        return () -> {
            task.run();
            return null;
        };
    }
}
