package dev.beckon.bench.campaigns;

import dev.beckon.bench.Benchmark;
import dev.beckon.bench.Effort;
import dev.beckon.bench.report.Figure;
import dev.beckon.bench.report.Goal;
import dev.beckon.bench.report.Series;
import dev.beckon.bench.stage.Arrivals;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.OperatorProcess;
import dev.beckon.bench.stage.Stages;
import dev.beckon.bench.stage.Together;
import dev.beckon.bench.stage.Waits;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** How fast campaigns that wait become Jobs. */
public final class LaunchBenchmark implements Benchmark {
    private static final String WHY =
            "for each campaign the operator also reads its ledger, looks whether the Secrets that the pod mounts"
                    + " are there and publishes an event; and it shares two cores with the API server, etcd and the"
                    + " database.";

    /** The leader's renewal, which a frozen operator misses. */
    private static final long RENEWAL_SECONDS = 3;

    private final Stages stages;

    public LaunchBenchmark(Stages stages) {
        this.stages = stages;
    }

    @Override
    public String name() {
        return "launch";
    }

    @Override
    public String title() {
        return "Campaign to Job launched";
    }

    @Override
    public String measured() {
        return "1,000 campaigns in four waves of 250, each with an account of its own, on the real API server. The operator's process is"
                + " stopped (SIGSTOP) while a wave is created and then goes on (SIGCONT); a wave ends when the API server's watch has"
                + " shown every Job and every status `Importing`, which the operator writes when the Job is there. Kubernetes' Job controller stands still meanwhile: no pod runs.";
    }

    @Override
    public String peer() {
        return "A bare fabric8 client with 16 threads, as many as the operator has. For each campaign of an equal wave, in an API group of"
                + " its own with the same schema and rules, it creates the Secret and the Job and applies the status that the operator"
                + " wrote for one of its own. It reads nothing and decides nothing.";
    }

    @Override
    public Outcome run(Effort effort) throws Exception {
        CampaignStage stage = stages.campaigns();
        stage.requireAccounts();
        stage.freezeControllers();
        KubernetesClient client = stage.client();
        definePeer(stage);
        int waves = 4;
        int wave = stage.size() / waves;
        List<Double> ours = new ArrayList<>();
        List<Double> peers = new ArrayList<>();
        Arrivals<Job> jobs = new Arrivals<>(job -> true);
        Arrivals<InviteCampaign> launched = new Arrivals<>(it -> isLaunched(it.getStatus()));
        Arrivals<PeerCampaign> peerLaunched = new Arrivals<>(it -> isLaunched(it.getStatus()));
        OperatorProcess operator = stage.operator();
        try (Watch _ = client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(CampaignStage.NAMESPACE)
                        .watch(jobs);
                Watch _ = client.resources(InviteCampaign.class)
                        .inNamespace(CampaignStage.NAMESPACE)
                        .watch(launched);
                Watch _ = client.resources(PeerCampaign.class)
                        .inNamespace(CampaignStage.NAMESPACE)
                        .watch(peerLaunched)) {
            // One that does not count is the peer's model.
            List<InviteCampaign> models = stage.newCampaigns(1);
            launched.last(names(models, ""));
            BareClient bare = new BareClient(client, reread(client, models.getFirst()));
            for (int round = 0; round < waves; round++) {
                operator.freeze();
                long frozen = System.nanoTime();
                List<InviteCampaign> campaigns = stage.newCampaigns(wave);
                long begin = System.nanoTime();
                requireLeader(begin - frozen);
                operator.thaw();
                launched.last(names(campaigns, ""));
                ours.add((Math.max(launched.last(names(campaigns, "")), jobs.last(jobNames(client, campaigns))) - begin)
                        / 1e9);
                TimeUnit.SECONDS.sleep(RENEWAL_SECONDS);
                List<PeerCampaign> others = newPeers(client, campaigns);
                operator.freeze();
                begin = System.nanoTime();
                bare.launch(others);
                peers.add((Math.max(peerLaunched.last(names(others, "")), jobs.last(names(others, "peer-"))) - begin)
                        / 1e9);
                operator.thaw();
                TimeUnit.SECONDS.sleep(RENEWAL_SECONDS);
            }
        }
        return outcome(wave, new Series(ours), new Series(peers));
    }

    private static void requireLeader(long frozenNanos) {
        if (frozenNanos > TimeUnit.SECONDS.toNanos(OperatorProcess.FROZEN_AT_MOST_SECONDS)) {
            throw new IllegalStateException(
                    "the machine is too busy: a wave took so long to create that the operator, stopped"
                            + " meanwhile, has lost its leadership");
        }
    }

    private static Outcome outcome(int wave, Series ours, Series peers) {
        return new Outcome(List.of(
                Figure.of("time for " + wave + " campaigns to be launched", "s", ours)
                        .against(peers)
                        .goal(Goal.ratioAtMost(1.3), WHY),
                Figure.of("campaigns launched per second", "/s", perSecond(wave, ours))
                        .against(perSecond(wave, peers))
                        .goal(Goal.valueAtLeast(40), WHY)));
    }

    private static Series perSecond(int wave, Series seconds) {
        return new Series(seconds.values().stream().map(it -> wave / it).toList());
    }

    private static boolean isLaunched(InviteCampaignStatus status) {
        return status != null
                && Set.of(InviteCampaignStatus.State.Importing, InviteCampaignStatus.State.Running)
                        .contains(status.state());
    }

    private static void definePeer(CampaignStage stage) throws IOException, InterruptedException {
        stage.environment()
                .cluster()
                .apply(PeerCampaign.definition(
                        Files.readString(stage.programs().crds().resolve("invitecampaigns.beckon.dev.yaml"))));
        Waits.until("the peer's kind is served", () -> isServed(stage.client()));
    }

    private static boolean isServed(KubernetesClient client) {
        CustomResourceDefinition definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("invitecampaigns." + PeerCampaign.GROUP)
                .get();
        // A new one has no conditions at first.
        return definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(it -> it.getType().equals("Established")
                                && it.getStatus().equals("True"));
    }

    private static List<PeerCampaign> newPeers(KubernetesClient client, List<InviteCampaign> like) {
        return Together.map(0, like.size(), like::get, model -> {
            PeerCampaign peer = new PeerCampaign();
            peer.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(model.getMetadata().getNamespace())
                    .withName(model.getMetadata().getName())
                    .build());
            peer.setSpec(model.getSpec());
            return client.resource(peer).create();
        });
    }

    private static InviteCampaign reread(KubernetesClient client, InviteCampaign campaign) {
        return client.resource(campaign).get();
    }

    private static Set<String> names(List<? extends HasMetadata> objects, String prefix) {
        return objects.stream().map(it -> prefix + it.getMetadata().getName()).collect(Collectors.toSet());
    }

    /** The operator chooses the names of its Jobs. */
    private static Set<String> jobNames(KubernetesClient client, List<InviteCampaign> campaigns) {
        Set<String> owners = names(campaigns, "");
        return client
                .batch()
                .v1()
                .jobs()
                .inNamespace(CampaignStage.NAMESPACE)
                .withLabel("beckon.dev/campaign")
                .list()
                .getItems()
                .stream()
                .filter(job -> owners.contains(job.getMetadata().getLabels().get("beckon.dev/campaign")))
                .map(job -> job.getMetadata().getName())
                .collect(Collectors.toSet());
    }
}
