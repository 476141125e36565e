package dev.beckon.operator.worker;

import dev.beckon.crd.WorkerTemplate;
import dev.beckon.operator.Settings;
import dev.beckon.workorder.Paths;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the pod of a run: under Pod Security {@code restricted}, without a Kubernetes token, the session in memory only. Pure.
 */
final class WorkerPods {
    static final String CONTAINER = "worker";

    private static final String SESSION = "session";
    private static final String TEMPORARY = "tmp";

    private final Settings.Worker worker;
    private final Settings.Telegram telegram;

    WorkerPods(Settings settings) {
        this.worker = settings.worker();
        this.telegram = settings.telegram();
    }

    PodSpec spec(WorkerTask task) {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(Mount.secret("work-order", directory(Paths.WORK_ORDER), task.workOrder()));
        mounts.add(Mount.secret("ledger", Paths.LEDGER, worker.secretName()));
        worker.databaseCaSecret()
                .ifPresent(name -> mounts.add(Mount.secret("database-ca", Paths.DATABASE_CA, name, Paths.CA_KEY)));
        worker.redisCaSecret()
                .ifPresent(name -> mounts.add(Mount.secret("redis-ca", Paths.REDIS_CA, name, Paths.CA_KEY)));
        mounts.addAll(task.mounts());
        Optional<WorkerTemplate> template = task.template();
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                // So that the worker is not process 1, which the kernel spares from the timer that guards its lease.
                .withShareProcessNamespace(true)
                .withTerminationGracePeriodSeconds(
                        worker.terminationGracePeriod().toSeconds())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(worker.runAsUser())
                // So that a volume can be written by a user who is not root.
                .withFsGroup(mounts.stream().allMatch(Mount::readOnly) ? null : worker.runAsUser())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withNodeSelector(template.map(WorkerTemplate::nodeSelector).orElse(Map.of()))
                .withTolerations(template.map(WorkerTemplate::tolerations).orElse(List.of()))
                .withAffinity(template.map(WorkerTemplate::affinity).orElse(null))
                .withPriorityClassName(
                        template.map(WorkerTemplate::priorityClassName).orElse(null))
                .withVolumes(volumes(mounts))
                .withContainers(container(task, mounts))
                .build();
    }

    /** The same pod, whose worker learns the uid of the Job it belongs to: by it, a Job's second pod goes on with the first's run. */
    PodSpec named(PodSpec spec) {
        return new PodSpecBuilder(spec)
                .editMatchingContainer(it -> CONTAINER.equals(it.getName()))
                .addToEnv(field("BECKON_RUN_UID", "metadata.labels['batch.kubernetes.io/controller-uid']"))
                .endContainer()
                .build();
    }

    /** The same pod as a Deployment makes it: kept at its gate until the account is free, and good for one run. */
    PodSpec gated(PodSpec spec) {
        return new PodSpecBuilder(spec)
                // Kubernetes allows a Deployment no other.
                .withRestartPolicy("Always")
                .addNewSchedulingGate(Names.TURN)
                .editMatchingContainer(it -> CONTAINER.equals(it.getName()))
                .addNewEnv()
                .withName("BECKON_ONE_RUN_PER_POD")
                .withValue("true")
                .endEnv()
                .endContainer()
                .build();
    }

    private Container container(WorkerTask task, List<Mount> mounts) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(worker.image())
                .withImagePullPolicy(worker.imagePullPolicy())
                .withArgs(task.task())
                .withEnv(environment())
                .withResources(resources(task))
                .withVolumeMounts(volumeMounts(mounts))
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .build();
    }

    private List<EnvVar> environment() {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(field("POD_NAME", "metadata.name"));
        variables.add(field("POD_NAMESPACE", "metadata.namespace"));
        variables.add(field("POD_UID", "metadata.uid"));
        telegram.proxy().ifPresent(value -> variables.add(new EnvVar("BECKON_TELEGRAM_PROXY", value, null)));
        telegram.testDc().ifPresent(value -> variables.add(new EnvVar("BECKON_TELEGRAM_TEST_DC", value, null)));
        return variables;
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef("v1", path)
                .endValueFrom()
                .build();
    }

    private ResourceRequirements resources(WorkerTask task) {
        return task.template()
                .map(WorkerTemplate::resources)
                .orElseGet(() -> new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity(worker.cpuRequest()))
                        .addToRequests("memory", new Quantity(worker.memoryRequest()))
                        .addToLimits("memory", new Quantity(worker.memoryLimit()))
                        .build());
    }

    private static List<Volume> volumes(List<Mount> mounts) {
        List<Volume> volumes = new ArrayList<>();
        mounts.forEach(mount -> volumes.add(volume(mount)));
        // The session lives in memory: it is never on a node's disk in the clear.
        volumes.add(memory(SESSION, "64Mi"));
        volumes.add(memory(TEMPORARY, "64Mi"));
        return volumes;
    }

    private static Volume memory(String name, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(new Quantity(limit))
                .endEmptyDir()
                .build();
    }

    private static Volume volume(Mount mount) {
        VolumeBuilder volume = new VolumeBuilder().withName(mount.volume());
        return switch (mount.source()) {
            case Mount.FromSecret secret ->
                volume.withNewSecret()
                        .withSecretName(secret.name())
                        .withItems(items(secret.keys()))
                        .endSecret()
                        .build();
            case Mount.FromConfigMap map ->
                volume.withNewConfigMap()
                        .withName(map.name())
                        .withItems(items(map.keys()))
                        .endConfigMap()
                        .build();
            case Mount.FromClaim claim ->
                volume.withNewPersistentVolumeClaim()
                        .withClaimName(claim.name())
                        .withReadOnly(claim.readOnly() ? true : null)
                        .endPersistentVolumeClaim()
                        .build();
        };
    }

    private static List<KeyToPath> items(List<String> keys) {
        return keys.stream().map(key -> new KeyToPath(key, null, key)).toList();
    }

    private static List<VolumeMount> volumeMounts(List<Mount> mounts) {
        List<VolumeMount> places = new ArrayList<>();
        mounts.forEach(mount -> places.add(place(mount.volume(), mount.path(), mount.readOnly())));
        places.add(place(SESSION, Paths.SESSION, false));
        places.add(place(TEMPORARY, "/tmp", false));
        return places;
    }

    private static VolumeMount place(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private static String directory(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
