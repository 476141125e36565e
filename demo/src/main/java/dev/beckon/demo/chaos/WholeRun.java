package dev.beckon.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.demo.Campaigns;
import dev.beckon.demo.DaytimeZone;
import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.demo.proof.EnvironmentLeaks;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One run of the whole level on an environment that is up: applies, lets the plan happen, waits for the end, collects facts. */
final class WholeRun {
    static final String NAMESPACE = "default";
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** With nothing moving for so long, nothing moves any more: longer than any wait of a run. */
    private static final Duration STUCK = Duration.ofMinutes(5);

    /** A status follows the ledger within a look of the operator. */
    private static final Duration STATUS_FOLLOWS = Duration.ofSeconds(60);

    private final WholePlan plan;
    private final Environment environment;
    private final StepJournal journal;
    private final WholeFaults faults;
    private final AccountWatch accounts;
    private final Campaigns campaigns;
    private final Progress progress = new Progress();
    private final Instant start = Instant.now();
    private volatile boolean workersDone;
    private volatile boolean over;

    WholeRun(WholePlan plan, Environment environment, StepJournal journal, WholeFaults faults) {
        this.plan = plan;
        this.environment = environment;
        this.journal = journal;
        this.faults = faults;
        this.accounts = new AccountWatch(environment.cluster().state());
        this.campaigns = new Campaigns(environment.cluster(), NAMESPACE);
    }

    /** @param scenario with the uids that the API server gave */
    record Result(Scenario scenario, WholeFacts facts) {}

    Result run(Scenario drawn) throws InterruptedException, ExecutionException {
        Scenario scenario = applied(drawn);
        try (Ledger ledger = environment.ledger();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            OptOuts optOuts = new OptOuts(scenario, ledger, journal);
            WebhookCalls webhooks = new WebhookCalls(scenario, plan.calls(), journal, environment::gatewayAddress);
            Phones phones = new Phones(
                    scenario, ledger, new ControlDoor(environment.telegram().control()));
            List<Future<Void>> helpers = List.of(
                    threads.submit(task(() -> faults.happen(() -> workersDone))),
                    threads.submit(task(() -> optOuts.happen(() -> over))),
                    threads.submit(task(() -> webhooks.happen(() -> over))),
                    threads.submit(task(() -> phones.scan(() -> over))),
                    threads.submit(task(() -> accounts.look(() -> over))));
            List<String> stuck;
            try {
                stuck = watch(scenario, helpers);
            } finally {
                workersDone = true;
                over = true;
                threads.shutdownNow();
            }
            return new Result(scenario, facts(scenario, ledger, optOuts, webhooks, stuck));
        }
    }

    private Scenario applied(Scenario drawn) {
        Manifests manifests = new Manifests(DaytimeZone.at(Instant.now()));
        environment.cluster().apply(manifests.accounts(drawn));
        environment.cluster().apply(manifests.campaigns(drawn));
        progress.say("  " + drawn.accounts().size() + " accounts and "
                + drawn.campaigns().size() + " campaigns with " + drawn.people().size()
                + " people are applied");
        Map<String, String> uids = new HashMap<>();
        for (String kind : List.of("telegramaccounts", "campaigns")) {
            items(kind)
                    .forEach(item -> uids.put(
                            item.at("/metadata/name").asText(),
                            item.at("/metadata/uid").asText()));
        }
        return WholeScenario.identified(drawn, uids);
    }

    private JsonNode items(String kind) {
        try {
            return new JsonMapper()
                    .readTree(environment.cluster().kubectl("get", kind, "-n", NAMESPACE, "-o", "json"))
                    .get("items");
        } catch (IOException e) {
            throw new IllegalStateException("kubectl printed no JSON", e);
        }
    }

    /** Until every campaign has ended after the last kill; answers what did not. */
    private List<String> watch(Scenario scenario, List<Future<Void>> helpers)
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
                List<InviteCampaign> now = campaignsIfAnswered();
                boolean allEnded = !now.isEmpty()
                        && scenario.campaigns().stream()
                                .allMatch(campaign -> WholeVerdict.named(now, campaign)
                                        .filter(it -> WholeVerdict.ended(scenario, campaign, it))
                                        .isPresent());
                workersDone = allEnded;
                if (allEnded && faults.over()) {
                    return List.of();
                }
                String state = faults.done().size() + " " + journal.calls()
                        + now.stream().map(WholeVerdict::words).toList();
                if (!now.isEmpty() && !state.equals(moved)) {
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

    /** Empty while the API server is away. */
    private List<InviteCampaign> campaignsIfAnswered() {
        try {
            return campaigns.all();
        } catch (IllegalStateException away) {
            return List.of();
        }
    }

    private WholeFacts facts(
            Scenario scenario, Ledger ledger, OptOuts optOuts, WebhookCalls webhooks, List<String> stuck)
            throws InterruptedException {
        List<String> wrongs = new ArrayList<>(stuck);
        wrongs.addAll(webhooks.wrongs());
        try {
            environment.awaitOperator();
        } catch (IllegalStateException notReady) {
            wrongs.add("the operator's replicas are not ready: " + notReady.getMessage());
        }
        Facts facts = settled(scenario, ledger, optOuts, wrongs);
        List<InviteCampaign> last = campaigns.all();
        List<String> leaks = new EnvironmentLeaks(environment).findings();
        return new WholeFacts(
                facts,
                last,
                faults.done(),
                accounts.pairs(),
                webhooks.kept(),
                webhooks.unanswered(),
                leaks,
                Duration.between(start, Instant.now()));
    }

    /** Once every status has caught up with the ledger, or had the time to. */
    private Facts settled(Scenario scenario, Ledger ledger, OptOuts optOuts, List<String> wrongs)
            throws InterruptedException {
        Instant end = Instant.now().plus(STATUS_FOLLOWS);
        while (true) {
            Facts facts = ledgerAndTruth(scenario, ledger, optOuts, wrongs);
            List<InviteCampaign> now = campaignsIfAnswered();
            boolean agree = scenario.campaigns().stream()
                    .allMatch(campaign -> WholeVerdict.named(now, campaign)
                            .filter(it -> WholeVerdict.disagreements(campaign, it, facts)
                                    .isEmpty())
                            .isPresent());
            if (agree || Instant.now().isAfter(end)) {
                return facts;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private Facts ledgerAndTruth(Scenario scenario, Ledger ledger, OptOuts optOuts, List<String> wrongs) {
        FactFinder found = new FactFinder(scenario, ledger);
        TruthDoor truth = new TruthDoor(environment.telegram().truth());
        return new Facts(
                truth.contacts(),
                truth.overlaps(),
                again(found::reports),
                again(found::standings),
                optOuts.since(),
                journal.callsCutOff(),
                wrongs,
                List.of());
    }

    /** The pool may still hold connections to a database that was killed since. */
    private static <T> T again(java.util.function.Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LedgerUnavailableException stale) {
            return reading.get();
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
