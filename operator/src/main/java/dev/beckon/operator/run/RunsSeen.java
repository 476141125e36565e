package dev.beckon.operator.run;

import dev.beckon.operator.Statuses;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerPod;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.workorder.RunResult.Ending;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resource's Jobs as the cluster has them.
 *
 * @param runs its worker Jobs, those of its CronJob included
 * @param pods of those Jobs, by the Job's name
 * @param gone Jobs that were deleted lately before they had ended, as far as this process remembers
 */
public record RunsSeen(
        List<WorkerRun> runs, Map<String, WorkerPod> pods, Optional<WorkerCron> cron, List<WorkerRun> gone) {
    /** Of which none was deleted. */
    public RunsSeen(List<WorkerRun> runs, Map<String, WorkerPod> pods, Optional<WorkerCron> cron) {
        this(runs, pods, cron, List.of());
    }

    /** As a status lists them. */
    private static final int MOST_NAMES = 16;

    /** @param ownerUid of the resource whose Jobs and CronJob they are */
    public static RunsSeen of(FleetIndex fleet, String ownerUid) {
        List<WorkerRun> runs = fleet.runsOf(ownerUid);
        Map<String, WorkerPod> pods = new HashMap<>();
        runs.forEach(run -> fleet.podOf(run).ifPresent(pod -> pods.put(run.name(), pod)));
        return new RunsSeen(runs, pods, fleet.cronsOf(ownerUid).stream().findFirst(), fleet.goneOf(ownerUid));
    }

    public Optional<WorkerRun> active() {
        return runs.stream().filter(WorkerRun::active).findFirst();
    }

    /** Jobs of our own CronJob that wait for their turn, the one due first before the others. */
    public List<WorkerRun> suspended() {
        return runs.stream()
                .filter(WorkerRun::suspended)
                .filter(run -> run.schedule()
                        .filter(it -> cron.filter(own -> own.uid().equals(it.cronJobUid()))
                                .isPresent())
                        .isPresent())
                .sorted(Comparator.comparing(WorkerRun::created).thenComparing(WorkerRun::name))
                .toList();
    }

    /** Jobs of the operator's own that stand in for one of the CronJob, and were put back before their pods had begun. */
    public List<WorkerRun> putBack() {
        return runs.stream()
                .filter(run -> run.suspended() && run.standsIn())
                .sorted(Comparator.comparing(WorkerRun::created).thenComparing(WorkerRun::name))
                .toList();
    }

    /** The same without one of the Jobs. */
    public RunsSeen without(WorkerRun run) {
        return new RunsSeen(
                runs.stream().filter(it -> !it.uid().equals(run.uid())).toList(), pods, cron, gone);
    }

    /** The Job that ended last. */
    public Optional<WorkerRun> lastEnded() {
        return runs.stream()
                .filter(WorkerRun::ended)
                .max(Comparator.comparing((WorkerRun run) -> run.finished().orElse(run.created()))
                        .thenComparingInt(WorkerRun::run));
    }

    /** The Job that ended last, if it was one of that run. */
    public Optional<WorkerRun> lastOf(String runUid) {
        return lastEnded().filter(run -> run.pursues().equals(runUid));
    }

    /** The Jobs of that run. */
    List<WorkerRun> allOf(String runUid) {
        return runs.stream().filter(run -> run.pursues().equals(runUid)).toList();
    }

    public Set<String> endedUids() {
        return runs.stream().filter(WorkerRun::ended).map(WorkerRun::uid).collect(Collectors.toUnmodifiableSet());
    }

    /** Empty when no pod of the Job is known: not made yet, or removed. */
    public Optional<WorkerPod> podOf(WorkerRun run) {
        return Optional.ofNullable(pods.get(run.name()));
    }

    /** Whether its worker said that nothing is left to do. */
    public boolean saidComplete(WorkerRun run) {
        return podOf(run)
                .flatMap(WorkerPod::result)
                .filter(it -> it.ending() == Ending.COMPLETED)
                .isPresent();
    }

    /** Of the next Job that the operator itself makes. */
    public int nextNumber() {
        return runs.stream().mapToInt(WorkerRun::run).max().orElse(0) + 1;
    }

    /** Names of the Jobs that are at work or wait for their turn after this pass. */
    public List<String> names(RunCourse course) {
        Stream<String> started =
                course instanceof RunCourse.Working(WorkerRun run, boolean outdated, Optional<String> trouble)
                        ? Stream.of(run.name())
                        : Stream.empty();
        return Stream.concat(started, runs.stream().filter(run -> !run.ended()).map(WorkerRun::name))
                .distinct()
                .sorted()
                .limit(MOST_NAMES)
                .toList();
    }

    /**
     * When the first worker was started; null before.
     *
     * @param before what the last status says of it
     */
    public Instant startTime(Instant before, RunCourse course, Instant now) {
        if (before != null) {
            return before;
        }
        boolean startedNow = course instanceof RunCourse.Working;
        return runs.stream()
                .filter(run -> !run.suspended())
                .map(WorkerRun::created)
                .min(Comparator.naturalOrder())
                .or(() -> startedNow ? Optional.of(now) : Optional.empty())
                .map(Statuses::seconds)
                .orElse(null);
    }
}
