package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.Labels;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.autopost.AutopostActor.Acted;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunCourse;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunsSeen;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A word of {@code beckon.dev/publish-now} is remembered when it was answered, and not before. */
class AutopostRequestsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String UID = "55555555-5555-5555-5555-555555555555";
    private static final Reading<AutopostReport> KNOWN = new Reading.Known<>(Optional.empty(), 1, NOW);

    @Test
    void aWordThatIsRefusedBesideAnotherAnswerIsRefusedInTheNextPass() {
        AutopostObserved observed = observed(true, KNOWN, List.of());
        RunCourse rests = new RunCourse.Resting(Optional.empty());
        Said other = HumanRequests.told(Labels.ACKNOWLEDGE, "x", Reason.Acknowledged, "Done.");

        AutopostScheduleStatus first = status(observed, rests, Optional.of(other));
        AutopostScheduleStatus next = status(observed, rests, Optional.empty());

        assertThat(first.publishNow()).isNull();
        assertThat(lastAction(first)).isEqualTo("Acknowledged");
        assertThat(next.publishNow()).isEqualTo("monday");
        assertThat(lastAction(next)).isEqualTo("AnnotationRefused");
    }

    /** The operator died when it had made the Job, and the next one finds the ledger away. */
    @Test
    void aRunThatBeganUnseenIsToldWhenTheLedgerAnswers() {
        List<WorkerRun> begun = List.of(run());
        AutopostObserved blind = observed(false, new Reading.Unreachable<>(NOW, "away"), begun);
        AutopostObserved known = observed(false, KNOWN, begun);

        AutopostScheduleStatus first = status(blind, new RunCourse.Blind("away"), Optional.empty());
        AutopostScheduleStatus next =
                status(known, new RunCourse.Working(run(), false, Optional.empty()), Optional.empty());

        assertThat(first.publishNow()).isNull();
        assertThat(next.publishNow()).isEqualTo("monday");
        assertThat(lastAction(next)).isEqualTo("PublishStarted");
    }

    private static AutopostScheduleStatus status(AutopostObserved observed, RunCourse course, Optional<Said> action) {
        return new AutopostStatusFactory().status(observed, new Acted(course, List.of()), action, null);
    }

    private static String lastAction(AutopostScheduleStatus status) {
        return ConditionType.LastAction.in(status.conditions())
                .map(Condition::getReason)
                .orElse("");
    }

    private static AutopostObserved observed(boolean suspend, Reading<AutopostReport> reading, List<WorkerRun> runs) {
        AutopostSchedule schedule =
                new KubernetesSerialization().unmarshal("""
                metadata:
                  name: news
                  namespace: team
                  uid: %s
                  generation: 1
                  annotations: {beckon.dev/publish-now: monday}
                spec:
                  schedule: "0 * * * *"
                  targets: ["@our_channel"]
                  account: {name: alice}
                  content: {configMapRef: {name: posts}}
                  suspend: %s
                """.formatted(UID, suspend), AutopostSchedule.class);
        RunScene<AutopostReport> scene = new RunScene<>(
                schedule,
                new RunScene.Asked("alice", suspend, Optional.of(new RunScene.Timing("0 * * * *", null))),
                Optional.empty(),
                List.of(),
                reading,
                new RunsSeen(runs, Map.of(), Optional.empty()),
                new RunScene.Before(null, null, Outage.Told.NOTHING, null, null, List.of()),
                true,
                NOW);
        return new AutopostObserved(schedule, scene, PostsSeen.NOTHING);
    }

    private static WorkerRun run() {
        return new WorkerRun(
                "team",
                "news-alice-1",
                "job-1",
                "publish",
                "alice",
                "account-uid",
                Optional.of(new Owner(Owner.Kind.AUTOPOST, "team", "news", UID)),
                1,
                "content",
                0,
                "order",
                WorkerRun.Phase.ACTIVE,
                NOW,
                Optional.empty(),
                RunUids.now(UID, "monday"),
                Optional.empty());
    }
}
