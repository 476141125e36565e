package dev.beckon.operator.worker;

import dev.beckon.crd.Labels;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator keeps of a worker Job, or of a Deployment: a small record instead of the whole object, for there may be thousands.
 *
 * @param owner absent for a login
 * @param content digest of what its order asks for
 * @param failures how many runs before this one failed in a row
 * @param workOrder name of its Secret
 * @param pursues which run of the owner the Job begins or goes on with: its own uid, if it is a run of its own
 * @param schedule absent when the operator itself made the Job, unless it stands in for one of a CronJob
 * @param deployed only of a Deployment, which stands for all runs of its owner and account, one after the other
 */
public record WorkerRun(
        String namespace,
        String name,
        String uid,
        String task,
        String accountName,
        String accountUid,
        Optional<Owner> owner,
        int run,
        String content,
        int failures,
        String workOrder,
        Phase phase,
        Instant created,
        Optional<Instant> finished,
        String pursues,
        Optional<Schedule> schedule,
        Optional<Deployed> deployed) {
    /** A Job. */
    public WorkerRun(
            String namespace,
            String name,
            String uid,
            String task,
            String accountName,
            String accountUid,
            Optional<Owner> owner,
            int run,
            String content,
            int failures,
            String workOrder,
            Phase phase,
            Instant created,
            Optional<Instant> finished,
            String pursues,
            Optional<Schedule> schedule) {
        this(
                namespace,
                name,
                uid,
                task,
                accountName,
                accountUid,
                owner,
                run,
                content,
                failures,
                workOrder,
                phase,
                created,
                finished,
                pursues,
                schedule,
                Optional.empty());
    }

    private static final String SCHEDULED_AT = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    /**
     * That a CronJob made the Job, or one in whose place it stands.
     *
     * @param cronJobUid of the CronJob that controls it; empty when the operator made it
     * @param due the time for which it was made
     * @param pods digest of what it was made of; empty when an earlier release made it
     */
    public record Schedule(String cronJobUid, Instant due, String pods) {}

    /**
     * That it is a Deployment.
     *
     * @param generation grows with each change of what is wanted: an older one that is heard of late is no news
     * @param last what the pod of its last run told; empty while one is at work
     */
    public record Deployed(long generation, Optional<WorkerPod> last) {}

    /**
     * What was written after that, the worker has not read: one retry too many costs less than a mended file that nobody reads. Of the
     * runs of a Deployment only the end is known.
     */
    public Instant readAfter() {
        return deployed.isPresent() ? finished.orElse(created) : created;
    }

    /** How a person calls what it runs in. */
    public String called() {
        return (deployed.isPresent() ? "Deployment " : "Job ") + name;
    }

    /** Where a Job stands. */
    public enum Phase {
        /** It was made to wait for the operator, and has no pod; one of an earlier attempt may still be ending. */
        SUSPENDED,
        /** It has a pod, will have one, or had one that is still ending. */
        ACTIVE,
        SUCCEEDED,
        FAILED
    }

    public boolean active() {
        return phase == Phase.ACTIVE;
    }

    /** Whether it will have no pod any more. */
    public boolean ended() {
        return phase == Phase.SUCCEEDED || phase == Phase.FAILED;
    }

    /** Whether it waits for its account's turn. */
    public boolean suspended() {
        return phase == Phase.SUSPENDED;
    }

    /** Absent when the Job is none of a worker, though somebody gave it our label. */
    public static Optional<WorkerRun> of(Job job) {
        ObjectMeta meta = job.getMetadata();
        Map<String, String> labels = meta.getLabels() == null ? Map.of() : meta.getLabels();
        Map<String, String> annotations = meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
        String accountUid = labels.get(Names.ACCOUNT_UID);
        if (accountUid == null) {
            return Optional.empty();
        }
        return Optional.of(new WorkerRun(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                labels.getOrDefault(Names.TASK, ""),
                labels.getOrDefault(Labels.ACCOUNT, ""),
                accountUid,
                Owner.of(meta.getNamespace(), labels),
                number(labels.get(Names.RUN)),
                annotations.getOrDefault(Names.CONTENT, ""),
                number(annotations.get(Names.FAILURES)),
                annotations.getOrDefault(Names.WORK_ORDER, ""),
                phase(job),
                instant(meta.getCreationTimestamp()).orElse(Instant.EPOCH),
                finished(job),
                annotations.getOrDefault(Names.PURSUES, meta.getUid()),
                schedule(meta, annotations)));
    }

    /**
     * The conditions Complete and Failed are set when all pods of the Job have ended (Kubernetes, "Job termination and
     * cleanup", since 1.31), so a Job with one of them uses no session any more.
     */
    private static Phase phase(Job job) {
        if (condition(job, "Complete").isPresent()) {
            return Phase.SUCCEEDED;
        }
        if (condition(job, "Failed").isPresent()) {
            return Phase.FAILED;
        }
        boolean suspended =
                job.getSpec() != null && Boolean.TRUE.equals(job.getSpec().getSuspend());
        return suspended ? Phase.SUSPENDED : Phase.ACTIVE;
    }

    /** The controller writes the annotation since Kubernetes 1.32; {@code kubectl create job --from} writes none. */
    private static Optional<Schedule> schedule(ObjectMeta meta, Map<String, String> annotations) {
        return meta.getOwnerReferences().stream()
                .filter(it -> "CronJob".equals(it.getKind()) && Boolean.TRUE.equals(it.getController()))
                .map(it -> new Schedule(
                        it.getUid(),
                        due(annotations.get(SCHEDULED_AT))
                                .or(() -> instant(meta.getCreationTimestamp()))
                                .orElse(Instant.EPOCH),
                        annotations.getOrDefault(Names.PODS, "")))
                .findFirst()
                .or(() -> due(annotations.get(Names.DUE)).map(due -> new Schedule("", due, "")));
    }

    /** Whether the operator made it in the place of one that a CronJob had made. */
    public boolean standsIn() {
        return schedule.filter(it -> it.cronJobUid().isEmpty()).isPresent();
    }

    /** Written with the offset of the schedule's time zone. Anyone can edit it: what is no time counts as none. */
    private static Optional<Instant> due(String text) {
        try {
            return Optional.ofNullable(text).map(it -> OffsetDateTime.parse(it).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> finished(Job job) {
        return condition(job, "Complete").or(() -> condition(job, "Failed")).flatMap(WorkerRun::instant);
    }

    private static Optional<String> condition(Job job, String type) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return job.getStatus().getConditions().stream()
                .filter(it -> type.equals(it.getType()) && "True".equals(it.getStatus()))
                .map(it -> Optional.ofNullable(it.getLastTransitionTime()).orElse(""))
                .findFirst();
    }

    static Optional<Instant> instant(String text) {
        return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    }

    /** Labels can be edited by anyone: what is no number counts as none. */
    static int number(String text) {
        return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** The latest of them. */
    public static Optional<WorkerRun> latest(List<WorkerRun> runs) {
        return runs.stream()
                .max(java.util.Comparator.comparingInt(WorkerRun::run).thenComparing(WorkerRun::created));
    }
}
