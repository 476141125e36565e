package dev.beckon.operator.worker;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operator keeps of a CronJob. Kubernetes' controller decides when a run is due and makes its Job, suspended; the
 * operator lets it begin when its account's turn comes.
 *
 * @param content digest of what the orders of its Jobs ask for
 * @param workOrder name of the Secret that its Jobs mount
 * @param earlierOrders names of the Secrets that its Jobs mounted before it was edited, as far as they are not removed
 * @param pods digest of what its Jobs are made of; empty when an earlier release made it
 * @param timing what decides when Jobs are made
 * @param since when it got its schedule and time zone; absent when an earlier release made it
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
        List<String> earlierOrders,
        String pods,
        Timing timing,
        Optional<Instant> since,
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
                        names(annotations.getOrDefault(Names.EARLIER_ORDERS, "")),
                        annotations.getOrDefault(Names.PODS, ""),
                        timing(cron.getSpec()),
                        Optional.ofNullable(annotations.get(Names.SINCE)).flatMap(WorkerCron::instant),
                        Optional.ofNullable(cron.getStatus())
                                .map(it -> it.getLastScheduleTime())
                                .map(Instant::parse)));
    }

    private static boolean isControlledBy(ObjectMeta meta, String uid) {
        return meta.getOwnerReferences().stream()
                .anyMatch(it -> Boolean.TRUE.equals(it.getController()) && uid.equals(it.getUid()));
    }

    /** Whether it does what the wanted one would. */
    public boolean does(CronJob wanted) {
        WorkerCron other = of(wanted).orElseThrow();
        return other.content.equals(content)
                && other.workOrder.equals(workOrder)
                && other.pods.equals(pods)
                && other.accountUid.equals(accountUid)
                && other.timing.equals(timing);
    }

    /** All orders that its Jobs mount or did before, but for one. */
    public List<String> ordersBut(String name) {
        return Stream.concat(earlierOrders.stream(), Stream.of(workOrder))
                .filter(it -> !it.isEmpty() && !it.equals(name))
                .distinct()
                .toList();
    }

    private static List<String> names(String annotation) {
        return annotation.isEmpty() ? List.of() : List.of(annotation.split(","));
    }

    /** Whether its Jobs are due at the same times. */
    public boolean isDueLike(CronJob other) {
        Timing its = timing(other.getSpec());
        return timing.schedule().equals(its.schedule()) && timing.timeZone().equals(its.timeZone());
    }

    /** Anyone can edit an annotation: what is no time counts as none. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
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
