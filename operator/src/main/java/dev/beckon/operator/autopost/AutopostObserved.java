package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleSpec;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunsSeen;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All a pass knows of a schedule.
 *
 * @param posts as they are written; looked at only when no run is at work or next, or when every post was used and another would be news
 */
public record AutopostObserved(AutopostSchedule schedule, RunScene<AutopostReport> scene, PostsSeen posts) {

    AutopostScheduleSpec spec() {
        return schedule.getSpec();
    }

    /** What the last pass wrote; empty on the first. */
    public AutopostScheduleStatus before() {
        return before(schedule);
    }

    static AutopostScheduleStatus before(AutopostSchedule schedule) {
        return schedule.getStatus() == null ? AutopostScheduleStatus.builder().build() : schedule.getStatus();
    }

    RunsSeen seen() {
        return scene.seen();
    }

    Instant now() {
        return scene.now();
    }

    Optional<AutopostReport> report() {
        return scene.report();
    }

    /** The same once a person's acceptance of a restored ledger is written. */
    AutopostObserved accepted() {
        return new AutopostObserved(schedule, scene.accepted(), posts);
    }

    /** What the ledger has of a run; it tells of the newest one and of those that have not ended. */
    Optional<AutopostReport.Run> runInLedger(String runUid) {
        return report().stream()
                .flatMap(it -> Stream.concat(it.newest().stream(), it.unfinished().stream()))
                .filter(it -> it.runUid().equals(runUid))
                .findFirst();
    }

    /** How long after its time a run may begin. */
    Duration deadline() {
        return Duration.ofSeconds(spec().startingDeadlineSeconds());
    }

    boolean isTooLate(Instant due) {
        return due.plus(deadline()).isBefore(now());
    }

    /**
     * When a run was due, or its worker began, where the ledger alone remembers it; empty when nothing is left of it.
     *
     * @return of one that makes up for others, when the last of these was due; of one that a person asked for, when it was begun
     */
    Optional<Instant> due(String runUid) {
        return RunUids.missed(scene.uid(), runUid)
                .or(() -> Stream.concat(seen().runs().stream(), seen().gone().stream())
                        .filter(run -> run.uid().equals(runUid) || run.pursues().equals(runUid))
                        .map(AutopostObserved::due)
                        .min(Instant::compareTo))
                .or(() -> runInLedger(runUid).map(AutopostReport.Run::startedAt));
    }

    static Instant due(WorkerRun run) {
        return run.schedule().map(WorkerRun.Schedule::due).orElse(run.created());
    }

    /** Whether every post that the newest run found was used, and nothing of a post is left to be done. */
    boolean mayBeExhausted() {
        return spec().whenExhausted() == AutopostScheduleSpec.WhenExhausted.Stop
                && report().filter(it -> it.remaining() <= 0)
                        .filter(it -> it.unfinished().stream()
                                .noneMatch(run -> run.post().isPresent()))
                        .flatMap(AutopostReport::newest)
                        .filter(it -> it.state() == PublishRun.State.Complete)
                        .isPresent();
    }

    /** Whether there are no others now: then a run would find nothing to publish, and none is begun. */
    boolean isExhausted() {
        return mayBeExhausted()
                && posts.digest().isPresent()
                && posts.digest().equals(report().flatMap(AutopostReport::postsDigest));
    }

    /** Whether there were no others when the last pass looked: what was due since then, was so while there was nothing to publish. */
    boolean wasExhausted() {
        return before().state() == State.Exhausted;
    }

    /** Jobs that its CronJob made, or that stand in for one of these, and that wait for their turn. */
    List<WorkerRun> suspended() {
        return Stream.concat(seen().suspended().stream(), seen().putBack().stream())
                .toList();
    }

    /** The same without one of the Jobs. */
    AutopostObserved without(WorkerRun run) {
        return new AutopostObserved(schedule, scene.with(seen().without(run)), posts);
    }
}
