package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.crd.AutopostScheduleStatusBuilder;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunsSeen;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerRun.Phase;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An hourly schedule with a deadline of 30 minutes, on one day, in UTC, as a pass sees it. */
final class ScheduleScene {
    static final String UID = "55555555-5555-5555-5555-555555555555";

    private final String more;
    private final List<WorkerRun> runs = new ArrayList<>();
    private final List<WorkerRun> gone = new ArrayList<>();
    private final List<AutopostReport.Run> unfinished = new ArrayList<>();
    private final AutopostScheduleStatusBuilder status = AutopostScheduleStatus.builder();
    private Instant lastSchedule;

    /** @param more of its spec */
    ScheduleScene(String more) {
        this.more = more;
    }

    static Instant time(String clock) {
        return Instant.parse("2026-11-23T" + clock + ":00Z");
    }

    ScheduleScene made(String clock) {
        lastSchedule = time(clock);
        return this;
    }

    ScheduleScene settled(String clock) {
        status.settledUntil(time(clock));
        return this;
    }

    ScheduleScene counted(String clock) {
        status.lastMissed(new AutopostScheduleStatus.LastMissed(time(clock), "Account", "It was missed."));
        return this;
    }

    ScheduleScene state(State state) {
        status.state(state);
        return this;
    }

    /** A Job that the CronJob made. */
    ScheduleScene job(String name, String due, Phase phase) {
        runs.add(run(name, due, phase));
        return this;
    }

    /** One that was there in the last pass. */
    ScheduleScene gone(String name, String due, Phase phase) {
        status.jobs(List.of(name));
        return goneBefore(name, due, phase);
    }

    /** One that was gone before. */
    ScheduleScene goneBefore(String name, String due, Phase phase) {
        gone.add(run(name, due, phase));
        return this;
    }

    /**
     * What the ledger has of a run.
     *
     * @param post null before its turn
     */
    ScheduleScene began(String runUid, String at, String post, int published) {
        unfinished.addFirst(new AutopostReport.Run(
                runUid,
                PublishRun.State.Waiting,
                false,
                Optional.ofNullable(post),
                time(at),
                Optional.empty(),
                Optional.empty(),
                Optional.of("FloodWait"),
                published,
                0,
                0,
                Optional.empty()));
        return this;
    }

    AutopostObserved at(String now) {
        AutopostSchedule resource =
                new KubernetesSerialization().unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: team, uid: %s}
                spec:
                  schedule: "0 * * * *"
                  targets: ["@our_channel"]
                  account: {name: alice}
                  content: {configMapRef: {name: posts}}
                  startingDeadlineSeconds: 1800
                  %s
                """.formatted(UID, more), AutopostSchedule.class);
        resource.setStatus(status.build());
        WorkerCron cron = new WorkerCron(
                "team",
                "news",
                "cron-uid",
                owner(),
                "account-uid",
                "content",
                "order",
                List.of(),
                "pods",
                new WorkerCron.Timing("0 * * * *", Optional.of("Etc/UTC"), "Forbid", Optional.of(1800L), false, true),
                Optional.empty(),
                Optional.ofNullable(lastSchedule));
        AutopostReport report = new AutopostReport(
                UID,
                1,
                9,
                1,
                Optional.empty(),
                0,
                0,
                0,
                Optional.empty(),
                List.of(),
                unfinished.stream().findFirst(),
                Optional.empty(),
                unfinished,
                1);
        return new AutopostObserved(
                resource,
                new RunScene<>(
                        resource,
                        new RunScene.Asked("alice", false, Optional.of(new RunScene.Timing("0 * * * *", null))),
                        Optional.empty(),
                        List.of(),
                        new Reading.Known<>(Optional.of(report), 1, time(now)),
                        new RunsSeen(runs, Map.of(), Optional.of(cron), gone),
                        new RunScene.Before(null, null, Outage.Told.NOTHING, null, null, List.of()),
                        true,
                        time(now)),
                PostsSeen.NOTHING);
    }

    static WorkerRun run(String name, String due, Phase phase) {
        return new WorkerRun(
                "team",
                name,
                name,
                "publish",
                "alice",
                "account-uid",
                Optional.of(owner()),
                1,
                "content",
                0,
                "order",
                phase,
                time(due),
                Optional.of(time(due)).filter(_ -> phase == Phase.FAILED || phase == Phase.SUCCEEDED),
                name,
                Optional.of(new WorkerRun.Schedule("cron-uid", time(due), "")));
    }

    private static Owner owner() {
        return new Owner(Owner.Kind.AUTOPOST, "team", "news", UID);
    }
}
