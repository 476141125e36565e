package dev.beckon.operator.worker;

import dev.beckon.crd.Labels;
import dev.beckon.operator.worker.WorkerRun.Deployed;
import dev.beckon.operator.worker.WorkerRun.Phase;
import dev.beckon.workorder.WorkOrders;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Deployment as a run: at work while it wants a pod, at rest while it wants none. A pod of it is gone soon after its run, so
 * what it told stands in annotations meanwhile, written in the same step that takes the pod away. Pure.
 */
final class DeployedRun {
    private DeployedRun() {}

    /** Absent when the Deployment is none of a worker, though somebody gave it our label. */
    static Optional<WorkerRun> of(Deployment deployment) {
        ObjectMeta meta = deployment.getMetadata();
        Map<String, String> labels = Optional.ofNullable(meta.getLabels()).orElse(Map.of());
        Map<String, String> annotations =
                Optional.ofNullable(meta.getAnnotations()).orElse(Map.of());
        String accountUid = labels.get(Names.ACCOUNT_UID);
        Optional<Owner> owner = Owner.of(meta.getNamespace(), labels);
        if (accountUid == null
                || owner.filter(it -> isControlledBy(meta, it.uid())).isEmpty()) {
            return Optional.empty();
        }
        boolean atWork = Optional.ofNullable(deployment.getSpec())
                .map(spec -> spec.getReplicas() == null || spec.getReplicas() > 0)
                .orElse(true);
        Optional<WorkerPod> last = atWork ? Optional.empty() : Optional.of(lastPod(meta, accountUid, annotations));
        return Optional.of(new WorkerRun(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                labels.getOrDefault(Names.TASK, ""),
                labels.getOrDefault(Labels.ACCOUNT, ""),
                accountUid,
                owner,
                WorkerRun.number(labels.get(Names.RUN)),
                annotations.getOrDefault(Names.CONTENT, ""),
                WorkerRun.number(annotations.get(Names.FAILURES)),
                annotations.getOrDefault(Names.WORK_ORDER, ""),
                last.map(DeployedRun::phase).orElse(Phase.ACTIVE),
                WorkerRun.instant(meta.getCreationTimestamp()).orElse(Instant.EPOCH),
                last.isPresent() ? endedAt(annotations) : Optional.empty(),
                meta.getUid(),
                Optional.empty(),
                Optional.of(
                        new Deployed(Optional.ofNullable(meta.getGeneration()).orElse(0L), last))));
    }

    private static boolean isControlledBy(ObjectMeta meta, String uid) {
        return meta.getOwnerReferences().stream()
                .anyMatch(it -> Boolean.TRUE.equals(it.getController()) && uid.equals(it.getUid()));
    }

    private static Phase phase(WorkerPod last) {
        return last.exitCode().orElse(0) == 0 ? Phase.SUCCEEDED : Phase.FAILED;
    }

    private static WorkerPod lastPod(ObjectMeta meta, String accountUid, Map<String, String> annotations) {
        return new WorkerPod(
                meta.getNamespace(),
                "",
                "",
                accountUid,
                meta.getName(),
                false,
                false,
                Optional.ofNullable(annotations.get(Names.EXIT_CODE)).map(WorkerRun::number),
                Optional.ofNullable(annotations.get(Names.RESULT)).flatMap(WorkerPod::result),
                Optional.empty(),
                Optional.empty());
    }

    /** Anyone can edit it: what is no time counts as none. */
    private static Optional<Instant> endedAt(Map<String, String> annotations) {
        try {
            return WorkerRun.instant(annotations.get(Names.ENDED_AT));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * The annotations that keep how a run ended.
     *
     * @param pod absent when the run was stopped from outside
     */
    static Map<String, String> ending(Optional<WorkerPod> pod, Instant now) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(Names.ENDED_AT, now.toString());
        pod.flatMap(WorkerPod::exitCode).ifPresent(code -> annotations.put(Names.EXIT_CODE, code.toString()));
        pod.flatMap(WorkerPod::result).ifPresent(result -> annotations.put(Names.RESULT, WorkOrders.write(result)));
        return annotations;
    }
}
