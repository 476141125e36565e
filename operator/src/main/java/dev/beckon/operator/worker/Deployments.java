package dev.beckon.operator.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Scales workers' Deployments between none and one pod. Kubernetes replaces a pod that was deleted, or whose node was drained, before the
 * old one has ended; so each is made with a gate at which it waits, and nothing of it runs, until the operator lets it in.
 */
@ApplicationScoped
public class Deployments {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KubernetesClient client;
    private final Children children;
    private final WorkerFleet fleet;
    private final InstantSource clock;

    public Deployments(KubernetesClient client, Children children, WorkerFleet fleet, InstantSource clock) {
        this.client = client;
        this.children = children;
        this.fleet = fleet;
        this.clock = clock;
    }

    /**
     * Makes the Deployment, or has the one that is there begin a run by what is wanted now; under another name if another of Beckon's
     * resources has one of that name.
     */
    public Made<Deployment> begin(WorkerTask task, Function<WorkerTask, Deployment> wanted) {
        return begin(wanted.apply(task)).orApart(() -> begin(wanted.apply(task.apart(ChildNames.LONGEST_DEPLOYMENT))));
    }

    private Made<Deployment> begin(Deployment wanted) {
        Made<Deployment> made = children.create(wanted, Deployment.class);
        if (!(made instanceof Made.Ours<Deployment>(Deployment existing, boolean fresh)) || fresh) {
            return made;
        }
        Deployment begun = new DeploymentBuilder(existing)
                .editMetadata()
                .addToLabels(wanted.getMetadata().getLabels())
                .addToAnnotations(wanted.getMetadata().getAnnotations())
                .removeFromAnnotations(Names.ENDED_AT)
                .removeFromAnnotations(Names.EXIT_CODE)
                .removeFromAnnotations(Names.RESULT)
                .endMetadata()
                .withSpec(wanted.getSpec())
                .build();
        // With the version that was read: whoever wrote meanwhile is not overwritten, and the pass is repeated.
        return new Made.Ours<>(client.resource(begun).update(), false);
    }

    /**
     * Takes the pod of a run away, which is asked to end by SIGTERM, and keeps how the run ended. Nothing happens when another
     * Deployment has the name by now.
     *
     * @param pod what the run's pod told; absent when it was stopped from outside
     */
    public void rest(WorkerRun run, Optional<WorkerPod> pod) {
        patch(
                        run,
                        Map.of(
                                "metadata",
                                Map.of("uid", run.uid(), "annotations", DeployedRun.ending(pod, clock.instant())),
                                "spec",
                                Map.of("replicas", 0)))
                .ifPresent(fleet::started);
    }

    private Optional<Deployment> patch(WorkerRun run, Map<String, Object> merge) {
        return Children.unlessGone(() -> client.apps()
                .deployments()
                .inNamespace(run.namespace())
                .withName(run.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), json(merge)));
    }

    /** Removes the Deployment of a campaign that has ended. */
    public void remove(WorkerRun run) {
        Children.remove(
                client.apps().deployments().inNamespace(run.namespace()).withName(run.name()),
                found -> found.getMetadata().getUid().equals(run.uid()));
    }

    /** Lets the pod of a run in, once no other pod of its account may still run. */
    public void admit(WorkerRun run) {
        if (!fleet.blind()) {
            fleet.toAdmit(run).flatMap(this::admit).ifPresent(fleet::admitted);
        }
    }

    private Optional<Pod> admit(WorkerPod pod) {
        return Children.unlessGone(() -> client.pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .edit(found -> pod.uid().equals(found.getMetadata().getUid()) ? withoutGate(found) : found));
    }

    private static Pod withoutGate(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .removeMatchingFromSchedulingGates(gate -> Names.TURN.equals(gate.getName()))
                .endSpec()
                .build();
    }

    private static String json(Map<String, Object> merge) {
        try {
            return JSON.writeValueAsString(merge);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of strings can always be written", e);
        }
    }
}
