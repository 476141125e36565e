package dev.beckon.operator.worker;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator keeps of a CronJob. Kubernetes' controller decides when a run is due and makes its Job, suspended; the
 * operator lets it begin when its account's turn comes.
 *
 * @param content digest of what the orders of its Jobs ask for
 * @param workOrder name of the Secret that its Jobs mount
 * @param timing what decides when Jobs are made
 * @param lastSchedule the last time for which a Job was made
 */
public record WorkerCron(
        String namespace,
        String name,
        String uid,
        Owner owner,
        String accountUid,
        String content,
        String workOrder,
        Timing timing,
        Optional<Instant> lastSchedule) {

    /**
     * The part of a CronJob's spec that decides when a Job is made.
     *
     * @param jobsSuspended whether its Jobs wait for the operator; one that somebody edited may not
     */
    public record Timing(
            String schedule,
            Optional<String> timeZone,
            String concurrencyPolicy,
            Optional<Long> startingDeadlineSeconds,
            boolean suspended,
            boolean jobsSuspended) {}

    /** Absent when the CronJob is none of ours, though somebody gave it our labels. */
    public static Optional<WorkerCron> of(CronJob cron) {
        ObjectMeta meta = cron.getMetadata();
        Map<String, String> labels = Optional.ofNullable(meta.getLabels()).orElse(Map.of());
        Map<String, String> annotations =
                Optional.ofNullable(meta.getAnnotations()).orElse(Map.of());
        return Owner.of(meta.getNamespace(), labels)
                .filter(owner -> isControlledBy(meta, owner.uid()))
                .map(owner -> new WorkerCron(
                        meta.getNamespace(),
                        meta.getName(),
                        meta.getUid(),
                        owner,
                        labels.getOrDefault(Names.ACCOUNT_UID, ""),
                        annotations.getOrDefault(Names.CONTENT, ""),
                        annotations.getOrDefault(Names.WORK_ORDER, ""),
                        timing(cron.getSpec()),
                        Optional.ofNullable(cron.getStatus())
                                .map(it -> it.getLastScheduleTime())
                                .map(Instant::parse)));
    }

    private static boolean isControlledBy(ObjectMeta meta, String uid) {
        return meta.getOwnerReferences().stream()
                .anyMatch(it -> Boolean.TRUE.equals(it.getController()) && uid.equals(it.getUid()));
    }

    /** Whether it does what the wanted one would; what only shows in its pods is in the digest. */
    public boolean does(CronJob wanted) {
        WorkerCron other = of(wanted).orElseThrow();
        return other.content.equals(content)
                && other.workOrder.equals(workOrder)
                && other.accountUid.equals(accountUid)
                && other.timing.equals(timing);
    }

    private static Timing timing(CronJobSpec spec) {
        return new Timing(
                spec.getSchedule(),
                Optional.ofNullable(spec.getTimeZone()),
                Optional.ofNullable(spec.getConcurrencyPolicy()).orElse("Allow"),
                Optional.ofNullable(spec.getStartingDeadlineSeconds()),
                Boolean.TRUE.equals(spec.getSuspend()),
                Boolean.TRUE.equals(spec.getJobTemplate().getSpec().getSuspend()));
    }
}
