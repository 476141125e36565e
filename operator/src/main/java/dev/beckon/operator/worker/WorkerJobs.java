package dev.beckon.operator.worker;

import dev.beckon.crd.Labels;
import dev.beckon.crd.WorkerTemplate;
import dev.beckon.operator.Settings;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.Paths;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the Job or Deployment and the work-order Secret of a run. Pure: the same task always gives the same objects. */
public final class WorkerJobs {
    /** How many finished Jobs of each kind a CronJob keeps, for their logs. */
    private static final int HISTORY = 3;

    private final WorkerPods pods;

    public WorkerJobs(Settings settings) {
        this.pods = new WorkerPods(settings);
    }

    /** The order, in a Secret that can't be changed and whose name is the hash of its content. */
    public Secret workOrder(HasMetadata owner, String name, String json) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .withOwnerReferences(controlledBy(owner))
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .addToStringData(fileName(Paths.WORK_ORDER), json)
                .build();
    }

    /** The Job. It makes one pod; who comes after a failure is the operator's decision, never the Job's. */
    public Job job(WorkerTask task) {
        Map<String, String> labels = labels(task);
        Map<String, String> annotations = annotations(task);
        return new JobBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(task.owner().getMetadata().getNamespace())
                        .withName(task.jobName())
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .withOwnerReferences(controlledBy(task.owner()))
                        .build())
                .withNewSpec()
                .withBackoffLimit(0)
                .withCompletions(1)
                .withParallelism(1)
                .withPodReplacementPolicy("Failed")
                .withPodFailurePolicy(podFailurePolicy())
                .withTtlSecondsAfterFinished((int) Math.min(task.ttl().toSeconds(), Integer.MAX_VALUE))
                .withNewTemplate()
                .withMetadata(new ObjectMetaBuilder()
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .build())
                .withSpec(pods.spec(task))
                .endTemplate()
                .endSpec()
                .build();
    }

    /**
     * The Deployment that begins a run of the task, with one pod. What an update would replace ends first ({@code Recreate});
     * every other pod that Kubernetes makes waits at its gate for the operator.
     */
    public Deployment deployment(WorkerTask task) {
        Map<String, String> labels = labels(task);
        labels.put(Names.DEPLOYMENT, task.jobName());
        Map<String, String> annotations = annotations(task);
        // What changes from run to run is none of the pods' business: they stay the same until the campaign is edited.
        Map<String, String> ofPods = new LinkedHashMap<>(annotations);
        ofPods.remove(Names.FAILURES);
        return new DeploymentBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(task.owner().getMetadata().getNamespace())
                        .withName(task.jobName())
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .withOwnerReferences(controlledBy(task.owner()))
                        .build())
                .withNewSpec()
                .withReplicas(1)
                .withRevisionHistoryLimit(0)
                // A pod may wait for its turn as long as it takes: that is no failed roll-out.
                .withProgressDeadlineSeconds(Integer.MAX_VALUE)
                .withNewStrategy()
                .withType("Recreate")
                .endStrategy()
                .withNewSelector()
                // No uid: a selector can't change, and an account may be made anew under its name.
                .addToMatchLabels(Names.DEPLOYMENT, task.jobName())
                .addToMatchLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .endSelector()
                .withNewTemplate()
                .withMetadata(new ObjectMetaBuilder()
                        .withLabels(labels)
                        .withAnnotations(ofPods)
                        .build())
                .withSpec(pods.gated(pods.spec(task)))
                .endTemplate()
                .endSpec()
                .build();
    }

    /** When a CronJob makes its Jobs. */
    public record Schedule(
            String cron,
            Optional<String> timeZone,
            ConcurrencyPolicy concurrencyPolicy,
            Optional<Duration> startingDeadline,
            boolean suspended) {}

    /** What becomes of a run that is due while the one before it has not ended, as Kubernetes names it. */
    public enum ConcurrencyPolicy {
        Allow,
        Forbid,
        Replace
    }

    /**
     * The CronJob that makes a Job of the task whenever one is due. Each begins suspended: the operator lets it go on when the
     * account is free. Its worker knows which run it is by the uid of its Job.
     */
    public CronJob cronJob(WorkerTask task, Schedule schedule) {
        Job template = job(task);
        JobSpec spec = template.getSpec();
        spec.setSuspend(true);
        spec.getTemplate().setSpec(pods.named(spec.getTemplate().getSpec()));
        // What shows only in the pods, such as the image of another release, must reach a CronJob that is there
        // already.
        template.getMetadata().getAnnotations().put(Names.PODS, PodsDigest.of(template));
        return new CronJobBuilder()
                .withMetadata(template.getMetadata())
                .withNewSpec()
                .withSchedule(schedule.cron())
                .withTimeZone(schedule.timeZone().orElse(null))
                .withConcurrencyPolicy(schedule.concurrencyPolicy().name())
                .withStartingDeadlineSeconds(
                        schedule.startingDeadline().map(Duration::toSeconds).orElse(null))
                .withSuspend(schedule.suspended())
                .withSuccessfulJobsHistoryLimit(HISTORY)
                .withFailedJobsHistoryLimit(HISTORY)
                .withNewJobTemplate()
                .withNewMetadata()
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .endMetadata()
                .withSpec(spec)
                .endJobTemplate()
                .endSpec()
                .build();
    }

    /**
     * An exit code of the worker's contract ends the Job at once; a pod that the cluster took away (a drained node) is no
     * failure, and its replacement starts only when it is gone.
     */
    private static PodFailurePolicy podFailurePolicy() {
        List<Integer> codes = Arrays.stream(ExitCode.values())
                .map(ExitCode::code)
                .filter(code -> code != 0)
                .sorted()
                .toList();
        return new PodFailurePolicyBuilder()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(WorkerPods.CONTAINER)
                .withOperator("In")
                .withValues(codes)
                .endOnExitCodes()
                .endRule()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .build();
    }

    private static Map<String, String> labels(WorkerTask task) {
        Map<String, String> labels =
                new LinkedHashMap<>(task.template().map(WorkerTemplate::labels).orElse(Map.of()));
        labels.put(Labels.MANAGED_BY, Labels.MANAGER);
        labels.put(Labels.ACCOUNT, task.account().name());
        labels.put(Names.ACCOUNT_UID, task.account().uid());
        labels.put(Names.TASK, task.task());
        labels.put(Names.RUN, Integer.toString(task.run()));
        Owner.of(task.owner()).ifPresent(owner -> labels.putAll(owner.labels()));
        return labels;
    }

    private static Map<String, String> annotations(WorkerTask task) {
        Map<String, String> annotations = new LinkedHashMap<>(
                task.template().map(WorkerTemplate::annotations).orElse(Map.of()));
        annotations.put(Names.WORK_ORDER, task.workOrder());
        annotations.put(Names.CONTENT, task.content());
        annotations.put(Names.FAILURES, Integer.toString(task.failures()));
        task.pursues().ifPresent(run -> annotations.put(Names.PURSUES, run));
        task.due().ifPresent(at -> annotations.put(Names.DUE, at.toString()));
        return annotations;
    }

    private static OwnerReference controlledBy(HasMetadata owner) {
        return new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
