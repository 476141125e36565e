package dev.beckon.bench.scale;

import dev.beckon.bench.stage.LedgerSeed;
import dev.beckon.bench.stage.ScaleStage;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.Labels;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import dev.beckon.workorder.WorkOrders;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Do for pods that run on nodes in name only what their workers would have done until their end: they write the ledger, tell the operator by Redis,
 * and end the pod with an exit code and a worker's last words, as a kubelet tells of them.
 */
final class FakeWorkers implements ResourceEventHandler<Pod>, AutoCloseable {
    /** Of a worker that was killed. */
    private static final int KILLED = 137;

    private static final Duration A_DAY = Duration.ofHours(20);

    private final ScaleStage stage;
    private final HintLine hints;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    // An import needs two connections: its lock holds one.
    private final ExecutorService hands = Executors.newFixedThreadPool(LedgerSeed.CONNECTIONS / 2);
    private final SharedIndexInformer<Pod> pods;

    /** They begin at once. */
    FakeWorkers(ScaleStage stage) {
        this.stage = stage;
        this.hints = new HintLine(stage.environment().redis().url());
        this.pods = stage.client()
                .pods()
                .inNamespace(ScaleStage.NAMESPACE)
                .withLabel(Labels.CAMPAIGN)
                .inform(this);
    }

    /** When the last pod of a campaign ended, as {@link System#nanoTime} tells it. */
    long endOf(String campaign) {
        return ends.get(campaign);
    }

    @Override
    public void onAdd(Pod pod) {
        look(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        look(now);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {
        // What is gone needs no worker.
    }

    private void look(Pod pod) {
        if ("Running".equals(pod.getStatus().getPhase())
                && taken.add(pod.getMetadata().getUid())) {
            hands.execute(() -> {
                try {
                    work(pod);
                } catch (RuntimeException e) {
                    // Whoever waits for the campaign waits in vain, and says so: this is why.
                    System.err.println("The worker of " + pod.getMetadata().getName() + " failed: " + e);
                }
            });
        }
    }

    private void work(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        InviteCampaign campaign = new InviteCampaign();
        campaign.setMetadata(new ObjectMetaBuilder()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(labels.get(Labels.CAMPAIGN))
                .withUid(labels.get("beckon.dev/campaign-uid"))
                .build());
        String account = labels.get("beckon.dev/account-uid");
        int number = Integer.parseInt(campaign.getMetadata()
                .getName()
                .substring(campaign.getMetadata().getName().lastIndexOf('-') + 1));
        boolean first = "1".equals(labels.get("beckon.dev/run"));
        switch (Fate.of(number)) {
            case DIES_ONCE -> {
                if (first) {
                    end(pod, KILLED, Optional.empty());
                } else {
                    succeed(pod, campaign, account, number);
                }
            }
            case SUCCEEDS -> succeed(pod, campaign, account, number);
            case WAITS -> {
                Instant until = Instant.now().plus(A_DAY).truncatedTo(ChronoUnit.SECONDS);
                stage.seed().waits(campaign, account, until);
                hints.tell("campaign", campaign.getMetadata().getUid());
                hints.tell("account", account);
                end(
                        pod,
                        0,
                        said(Ending.WAITING, Optional.of(until), "DailyLimit", "Waits for the account's next day."));
            }
        }
    }

    private void succeed(Pod pod, InviteCampaign campaign, String account, int number) {
        stage.seed().done(campaign, account, ScaleStage.username(number));
        hints.tell("campaign", campaign.getMetadata().getUid());
        hints.tell("account", account);
        end(
                pod,
                0,
                said(Ending.COMPLETED, Optional.empty(), "AllDone", "Nobody is left to contact with this account."));
    }

    private static Optional<String> said(Ending ending, Optional<Instant> resumeAt, String reason, String message) {
        return Optional.of(WorkOrders.write(new RunResult(1, ending, resumeAt, reason, message)));
    }

    private void end(Pod pod, int exitCode, Optional<String> lastWords) {
        ends.put(pod.getMetadata().getLabels().get(Labels.CAMPAIGN), System.nanoTime());
        stage.client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("status", ended(pod, exitCode, lastWords))));
    }

    private static PodStatus ended(Pod pod, int exitCode, Optional<String> lastWords) {
        Container container = pod.getSpec().getContainers().getFirst();
        return new PodStatusBuilder()
                .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID("")
                .withReady(false)
                .withStarted(false)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(exitCode == 0 ? "Completed" : "Error")
                .withMessage(lastWords.orElse(null))
                .withStartedAt(pod.getStatus().getStartTime())
                .withFinishedAt(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .endTerminated()
                .endState()
                .endContainerStatus()
                .build();
    }

    @Override
    public void close() {
        pods.close();
        hands.shutdownNow();
        hints.close();
    }
}
