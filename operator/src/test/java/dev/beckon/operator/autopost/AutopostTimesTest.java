package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
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
import org.junit.jupiter.api.Test;

/** Times are of one day, in UTC; the schedule is hourly and its deadline is 30 minutes. */
class AutopostTimesTest {
    private static final String UID = "55555555-5555-5555-5555-555555555555";

    private String schedule = "0 * * * *";
    private String more = "";
    private Instant settled;
    private Instant lastSchedule;
    private Instant since;
    private String cronSchedule = "0 * * * *";
    private final List<WorkerRun> runs = new ArrayList<>();

    @Test
    void aNewScheduleHasMissedNothing() {
        AutopostTimes times = at("12:40");

        assertThat(times.missed()).isZero();
        assertThat(times.settledUntil()).isEqualTo(time("12:40"));
        assertThat(times.next()).contains(time("13:00"));
    }

    @Test
    void aTimeThatHasComeIsDueUntilItsDeadline() {
        settled = time("11:00");

        assertThat(at("12:20").next()).contains(time("12:00"));
        assertThat(at("12:20").isDue(time("12:20"))).isTrue();
        assertThat(at("12:20").missed()).isZero();
    }

    @Test
    void afterItsDeadlineItIsMissed() {
        settled = time("11:00");

        AutopostTimes times = at("12:31");

        assertThat(times.missed()).isEqualTo(1);
        assertThat(times.lastMissed()).contains(time("12:00"));
        assertThat(times.settledUntil()).isEqualTo(time("12:00"));
        assertThat(times.next()).contains(time("13:00"));
    }

    @Test
    void aTimeThatHasItsJobIsNot() {
        settled = time("11:00");
        lastSchedule = time("12:00");

        AutopostTimes times = at("12:50");

        assertThat(times.missed()).isZero();
        assertThat(times.settledUntil()).isEqualTo(time("12:00"));
    }

    /** As Kubernetes' controller does when it comes back: it makes the last Job, and none of those before. */
    @Test
    void thoseBeforeTheLastJobAreMissedUnlessTheyHaveAJobOfTheirOwn() {
        settled = time("06:00");
        lastSchedule = time("12:00");
        runs.add(run("job-9", time("09:00"), "job-9"));

        AutopostTimes times = at("12:10");

        assertThat(times.missed()).isEqualTo(4);
        assertThat(times.lastMissed()).contains(time("11:00"));
        assertThat(times.settledUntil()).isEqualTo(time("12:00"));
        assertThat(times.next()).contains(time("13:00"));
    }

    @Test
    void anEditedScheduleIsNotHeldAgainstTheTimesBefore() {
        settled = time("06:00");
        cronSchedule = "0 18 * * *";

        assertThat(at("12:40").missed()).isZero();
        assertThat(at("12:40").settledUntil()).isEqualTo(time("12:40"));
    }

    @Test
    void norIsOneThatWasEditedInAnEarlierPass() {
        settled = time("06:00");
        since = time("10:30");

        assertThat(at("12:40").missed()).isEqualTo(2);
    }

    @Test
    void nothingMakesUpForWhatIsToBeSkipped() {
        settled = time("09:00");

        assertThat(at("12:40").makesUp(observed("12:40"))).isEmpty();
        assertThat(at("12:40").isSettled(observed("12:40"), idle())).isTrue();
    }

    @Test
    void onePostMakesUpForAllAndNothingIsSettledBeforeItHasBegun() {
        settled = time("09:00");
        more = "missedRuns: PublishOnce";
        String late = RunUids.late(UID, time("12:00"));

        assertThat(at("12:40").missed()).isEqualTo(3);
        assertThat(at("12:40").makesUp(observed("12:40"))).contains(late);
        assertThat(at("12:40").isSettled(observed("12:40"), idle())).isFalse();
        assertThat(at("12:40").isSettled(observed("12:40"), working(late))).isTrue();
        assertThat(at("12:40").isSettled(observed("12:40"), working("job-1"))).isFalse();
    }

    @Test
    void whatIsDueNowIsPublishedInItsStead() {
        settled = time("09:00");
        more = "missedRuns: PublishOnce";

        assertThat(at("13:10").makesUp(observed("13:10"))).isEmpty();
        assertThat(at("13:10").isSettled(observed("13:10"), idle())).isFalse();
    }

    /** It was begun, and the operator died before it wrote so: the same posts are not made up for again. */
    @Test
    void whatWasMadeUpForIsNotMadeUpForAgain() {
        settled = time("09:00");
        more = "missedRuns: PublishOnce";
        runs.add(run("news-alice-1", time("12:35"), RunUids.late(UID, time("12:00"))));

        assertThat(at("12:40").missed()).isZero();
        assertThat(at("12:40").settledUntil()).isEqualTo(time("12:00"));
    }

    @Test
    void aScheduleOfEveryMinuteThatSleptForAYearIsCountedToABound() {
        schedule = "* * * * *";
        cronSchedule = schedule;
        settled = Instant.parse("2025-11-23T12:00:00Z");

        AutopostTimes times = at("12:40");

        assertThat(times.missed()).isEqualTo(AutopostTimes.MOST);
        assertThat(times.settledUntil()).isEqualTo(time("12:10"));
        assertThat(times.next()).contains(time("12:11"));
    }

    private static RunCourse idle() {
        return new RunCourse.Idle(Optional.empty());
    }

    private static RunCourse working(String pursues) {
        return new RunCourse.Working(run("news-alice-1", time("12:40"), pursues), false, Optional.empty());
    }

    private AutopostTimes at(String now) {
        return AutopostTimes.of(observed(now));
    }

    private AutopostObserved observed(String now) {
        AutopostSchedule resource =
                new KubernetesSerialization().unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: team, uid: %s}
                spec:
                  schedule: "%s"
                  targets: ["@our_channel"]
                  account: {name: alice}
                  content: {configMapRef: {name: posts}}
                  startingDeadlineSeconds: 1800
                  %s
                """.formatted(UID, schedule, more), AutopostSchedule.class);
        resource.setStatus(
                AutopostScheduleStatus.builder().settledUntil(settled).build());
        WorkerCron cron = new WorkerCron(
                "team",
                "news",
                "cron-uid",
                new Owner(Owner.Kind.AUTOPOST, "team", "news", UID),
                "account-uid",
                "content",
                "order",
                List.of(),
                "pods",
                new WorkerCron.Timing(cronSchedule, Optional.of("Etc/UTC"), "Forbid", Optional.of(1800L), false, true),
                Optional.ofNullable(since),
                Optional.ofNullable(lastSchedule));
        return new AutopostObserved(
                resource,
                new RunScene<>(
                        resource,
                        new RunScene.Asked("alice", false, Optional.of(new RunScene.Timing(schedule, null))),
                        Optional.empty(),
                        List.of(),
                        new Reading.Known<>(Optional.empty(), 1, time(now)),
                        new RunsSeen(runs, Map.of(), Optional.of(cron)),
                        new RunScene.Before(null, null, Outage.Told.NOTHING, null, null, List.of()),
                        true,
                        time(now)),
                PostsSeen.NOTHING);
    }

    private static Instant time(String clock) {
        return Instant.parse("2026-11-23T" + clock + ":00Z");
    }

    private static WorkerRun run(String name, Instant due, String pursues) {
        return new WorkerRun(
                "team",
                name,
                name,
                "publish",
                "alice",
                "account-uid",
                Optional.of(new Owner(Owner.Kind.AUTOPOST, "team", "news", UID)),
                1,
                "content",
                0,
                "order",
                Phase.SUCCEEDED,
                due,
                Optional.of(due),
                pursues,
                pursues.equals(name) ? Optional.of(new WorkerRun.Schedule("cron-uid", due, "")) : Optional.empty());
    }
}
