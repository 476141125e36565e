package dev.beckon.operator.worker;

import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.WorkOrders;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the operator keeps of a worker's pod.
 *
 * @param job name of its Job or Deployment
 * @param live whether its container may still run: only a terminal phase is proof that it does not, a deletion timestamp is
 *     none; a pod that is kept at its gate has none yet
 * @param gated whether it waits for the operator before any node may take it
 * @param exitCode how the container ended
 * @param result what the worker wrote as its last words
 * @param waitsSince when its node took it, or when it was made, while its container has not begun
 * @param trouble why it does not start, in Kubernetes' words
 */
public record WorkerPod(
        String namespace,
        String name,
        String uid,
        String accountUid,
        String job,
        boolean live,
        boolean gated,
        Optional<Integer> exitCode,
        Optional<RunResult> result,
        Optional<Instant> waitsSince,
        Optional<String> trouble) {

    private static final Set<String> TROUBLES = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    /** Absent when the pod is none of a worker. */
    public static Optional<WorkerPod> of(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        String accountUid = labels == null ? null : labels.get(Names.ACCOUNT_UID);
        if (accountUid == null) {
            return Optional.empty();
        }
        PodStatus status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
        boolean ended = "Succeeded".equals(status.getPhase()) || "Failed".equals(status.getPhase());
        boolean gated = gated(pod);
        Optional<ContainerStateTerminated> terminated = terminated(status);
        return Optional.of(new WorkerPod(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                accountUid,
                Stream.of("batch.kubernetes.io/job-name", "job-name", Names.DEPLOYMENT)
                        .flatMap(label -> Stream.ofNullable(labels.get(label)))
                        .findFirst()
                        .orElse(""),
                !ended && !gated,
                gated,
                terminated.map(ContainerStateTerminated::getExitCode),
                terminated.map(ContainerStateTerminated::getMessage).flatMap(WorkerPod::result),
                ended || gated || begun(status)
                        ? Optional.empty()
                        : Optional.ofNullable(status.getStartTime())
                                .or(() -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()))
                                .map(Instant::parse),
                gated ? Optional.empty() : trouble(status)));
    }

    /** Whether its worker ended while the pod lives on, as a Deployment's does: its container is started again, and does nothing. */
    public boolean hasHadItsRun() {
        return live && exitCode.isPresent();
    }

    private static boolean gated(Pod pod) {
        return pod.getSpec() != null
                && pod.getSpec().getSchedulingGates() != null
                && pod.getSpec().getSchedulingGates().stream().anyMatch(gate -> Names.TURN.equals(gate.getName()));
    }

    /** The first end counts: what a container did when it was started again was to wait for the pod's removal. */
    private static Optional<ContainerStateTerminated> terminated(PodStatus status) {
        Stream<ContainerState> last = status.getContainerStatuses() == null
                ? Stream.empty()
                : status.getContainerStatuses().stream()
                        .flatMap(container -> Stream.ofNullable(container.getLastState()));
        return Stream.concat(last, states(status))
                .map(ContainerState::getTerminated)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static boolean begun(PodStatus status) {
        return states(status).anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
    }

    private static Stream<ContainerState> states(PodStatus status) {
        return status.getContainerStatuses() == null
                ? Stream.empty()
                : status.getContainerStatuses().stream().flatMap(container -> Stream.ofNullable(container.getState()));
    }

    /** A worker that was killed wrote nothing, and a worker of another release may write what we can't read. */
    static Optional<RunResult> result(String message) {
        try {
            return message.isBlank() ? Optional.empty() : Optional.of(WorkOrders.readResult(message));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> trouble(PodStatus status) {
        Optional<String> waiting = states(status)
                .map(ContainerState::getWaiting)
                .flatMap(Stream::ofNullable)
                .map(ContainerStateWaiting::getReason)
                .filter(reason -> reason != null && TROUBLES.contains(reason))
                .findFirst();
        return waiting.or(() -> status.getConditions() == null
                ? Optional.empty()
                : status.getConditions().stream()
                        .filter(it -> "PodScheduled".equals(it.getType()) && "Unschedulable".equals(it.getReason()))
                        .map(it -> "Unschedulable: " + it.getMessage())
                        .findFirst());
    }
}
