package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.run.RunScene;
import dev.beckon.operator.run.RunsSeen;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerRun.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * When a pass needs the API server's answer about the posts, and fails without it. It is 12:40 in UTC; the schedule is hourly and its deadline
 * is 30 minutes.
 */
class AutopostObserverTest {
    private static final String UID = "55555555-5555-5555-5555-555555555555";
    private static final Instant NOW = time("12:40");

    private String annotations = "{}";
    private String more = "";
    private Instant settled = time("12:00");
    private Optional<AutopostReport> report = Optional.empty();
    private final List<WorkerRun> runs = new ArrayList<>();

    /** An API server that does not answer. */
    private static final class Away extends Files {
        Away() {
            super(null, InstantSource.fixed(NOW));
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            throw new KubernetesClientException("The API server is away");
        }
    }

    @Test
    void postsAreLookedAtWhileTheScheduleWaitsForItsTime() {
        assertLooks();
    }

    @Test
    void aPostThatIsDueDoesNotWaitForTheAnswer() {
        runs.add(run("news-1", time("12:20"), Phase.SUSPENDED));
        assertDoesNotLook();
    }

    @Test
    void norDoesOneThatIsBeingPublished() {
        runs.add(run("news-1", time("12:00"), Phase.ACTIVE));
        assertDoesNotLook();
    }

    @Test
    void norDoesOneThatAPersonAsksFor() {
        annotations = "{beckon.dev/publish-now: monday-1}";
        assertDoesNotLook();
    }

    @Test
    void norDoesOneThatHasNotReachedAllItsTargets() {
        AutopostReport.Run unfinished = new AutopostReport.Run(
                "job-1",
                PublishRun.State.Waiting,
                false,
                Optional.of("monday.md"),
                time("12:00"),
                Optional.empty(),
                Optional.of(time("12:50")),
                Optional.empty(),
                1,
                0,
                0,
                Optional.empty());
        report = Optional.of(new AutopostReport(
                UID,
                1,
                2,
                1,
                Optional.empty(),
                1,
                0,
                0,
                Optional.empty(),
                List.of(),
                Optional.of(unfinished),
                Optional.empty(),
                List.of(unfinished),
                1));
        assertDoesNotLook();
    }

    @Test
    void norDoesOneThatMakesUpForWhatWasMissed() {
        settled = time("09:00");
        assertLooks();
        more = "missedRuns: PublishOnce";
        assertDoesNotLook();
    }

    /** Or a schedule whose posts are bad would read as if they were good while its Jobs are ended. */
    @Test
    void jobsThatAllComeTooLateAreNoReasonNotToLook() {
        runs.add(run("news-1", time("11:00"), Phase.SUSPENDED));
        assertLooks();
        more = "missedRuns: PublishOnce";
        assertDoesNotLook();
    }

    @Test
    void aSuspendedScheduleIsNotJudged() {
        more = "suspend: true";
        assertDoesNotLook();
    }

    private void assertLooks() {
        assertThatThrownBy(this::seen).isInstanceOf(KubernetesClientException.class);
    }

    private void assertDoesNotLook() {
        assertThat(seen()).isEqualTo(PostsSeen.NOTHING);
    }

    private PostsSeen seen() {
        return new AutopostObserver(null, null, new WrittenPosts(new Away(), Duration.ofSeconds(30))).seen(observed());
    }

    private AutopostObserved observed() {
        AutopostSchedule resource =
                new KubernetesSerialization().unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: team, uid: %s, generation: 1, annotations: %s}
                spec:
                  schedule: "0 * * * *"
                  targets: ["@our_channel"]
                  account: {name: alice}
                  content: {configMapRef: {name: posts}}
                  startingDeadlineSeconds: 1800
                  %s
                """.formatted(UID, annotations, more), AutopostSchedule.class);
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
                new WorkerCron.Timing("0 * * * *", Optional.of("Etc/UTC"), "Forbid", Optional.of(1800L), false, true),
                Optional.empty(),
                Optional.empty());
        return new AutopostObserved(
                resource,
                new RunScene<>(
                        resource,
                        new RunScene.Asked("alice", false, Optional.of(new RunScene.Timing("0 * * * *", null))),
                        Optional.of(account()),
                        List.of(account()),
                        new Reading.Known<>(report, 1, NOW),
                        new RunsSeen(runs, Map.of(), Optional.of(cron)),
                        new RunScene.Before(null, null, Outage.Told.NOTHING, null, null, List.of()),
                        true,
                        NOW),
                PostsSeen.NOTHING);
    }

    private static TelegramAccount account() {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(
                new ObjectMetaBuilder().withName("alice").withUid("account-uid").build());
        return account;
    }

    private static Instant time(String clock) {
        return Instant.parse("2026-11-23T" + clock + ":00Z");
    }

    private static WorkerRun run(String name, Instant due, Phase phase) {
        return new WorkerRun(
                "team",
                name,
                name,
                "publish",
                "alice",
                "account-uid",
                Optional.of(new Owner(Owner.Kind.AUTOPOST, "team", "news", UID)),
                0,
                "content",
                0,
                "order",
                phase,
                due,
                Optional.empty(),
                name,
                Optional.of(new WorkerRun.Schedule("cron-uid", due, "")));
    }
}
