package dev.beckon.bench.campaigns;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.LedgerSeed;
import dev.beckon.bench.stage.Proc;
import dev.beckon.bench.stage.Sleepers;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Statements;
import dev.beckon.bench.stage.Together;
import dev.beckon.bench.stage.Waits;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.Ledger;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What campaigns cost that only wait. */
public final class WaitingBenchmark implements Benchmark {
    private static final int SLEEPERS = 5;

    private final Stages stages;

    public WaitingBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public String title() {
        return "1,000 campaigns that wait";
    }

    @Override
    public String measured() {
        return "1,000 campaigns whose next person is due hours from now: their pods, and the operator's processor time, database statements"
                + " and memory while nothing happens, minute by minute.";
    }

    @Override
    public String peer() {
        return "The old way keeps a process for each campaign. " + SLEEPERS
                + " Python processes with Telethon, connected and asleep, are measured; 1,000 of them are extrapolated from their private"
                + " memory only, without what they share, so in their favour.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        CampaignStage stage = stages.campaigns();
        stage.freezeControllers();
        stage.requireCampaigns();
        putToSleep(stage);
        stage.replaceControllers();
        int minutes = effort.rounds(2);
        int seconds = effort.size(60, 5);
        List<Double> cpu = new ArrayList<>();
        List<Double> statements = new ArrayList<>();
        List<Double> pods = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        // What it still has to do after its start is no waiting.
        TimeUnit.SECONDS.sleep(effort.size(30, 2));
        try (Statements database = new Statements(stage.environment().admin())) {
            for (int minute = 0; minute < minutes; minute++) {
                ProcessHandle operator = stage.operator().process();
                Duration before = Proc.cpu(operator);
                long asked = database.sinceStart();
                TimeUnit.SECONDS.sleep(seconds);
                statements.add((database.sinceStart() - asked - 1) * 60.0 / seconds);
                cpu.add(Proc.cpu(operator).minus(before).toNanos() / 1e9 / seconds * 100);
                memory.add(Proc.memory(operator.pid()).proportionalMib());
                pods.add((double) stage.client()
                        .pods()
                        .inNamespace(CampaignStage.NAMESPACE)
                        .list()
                        .getItems()
                        .size());
            }
        }
        stage.stopOperator();
        double asleep = Sleepers.privateMib(stages.peers(), stage.environment().telegram(), SLEEPERS);
        List<Double> peer = memory.stream().map(_ -> asleep * stage.size()).toList();
        return new Outcome(
                List.of(
                        Figure.of("pods of 1,000 waiting campaigns", "", new Series(pods))
                                .goal(Goal.valueAtMost(0)),
                        Figure.of("operator while 1,000 campaigns wait, of one core", "%", new Series(cpu))
                                .goal(
                                        Goal.valueAtMost(1),
                                        "the JVM's own threads, the leader's renewal every 2 s and the watches that the API server keeps alive."),
                        Figure.of("its database statements", "/min", new Series(statements)),
                        Figure.of("memory of 1,000 waiting campaigns", "MiB", new Series(memory))
                                .against(new Series(peer))),
                List.of(String.format(
                        java.util.Locale.ROOT,
                        "One sleeping Python process has %.1f MiB of its own (mean of %d); the peer's figure is that times 1,000.",
                        asleep,
                        SLEEPERS)));
    }

    /** Every campaign has a person left and waits for hours; whatever runs still is deleted. */
    private static void putToSleep(CampaignStage stage) throws InterruptedException {
        stage.stopOperator();
        Map<String, String> accounts = stage
                .client()
                .resources(TelegramAccount.class)
                .inNamespace(CampaignStage.NAMESPACE)
                .list()
                .getItems()
                .stream()
                .collect(Collectors.toMap(
                        it -> it.getMetadata().getName(), it -> it.getMetadata().getUid()));
        List<InviteCampaign> campaigns = stage.allCampaigns();
        Instant later = Instant.now().plus(Duration.ofHours(6));
        try (Ledger ledger = stage.environment().ledger()) {
            LedgerSeed seed = new LedgerSeed(ledger);
            Together.each(
                    // An import needs two connections: its lock holds one.
                    LedgerSeed.CONNECTIONS / 2,
                    campaigns,
                    it -> seed.waits(
                            it, accounts.get(it.getSpec().accounts().names().getFirst()), later));
        }
        stage.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(CampaignStage.NAMESPACE)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        stage.operator();
        Waits.until(
                "all campaigns wait",
                () -> stage.allCampaigns().stream()
                        .allMatch(it -> it.getStatus() != null
                                && it.getStatus().state() == InviteCampaignStatus.State.Waiting));
    }
}
