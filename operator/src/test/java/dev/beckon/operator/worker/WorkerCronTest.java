package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.WorkerTemplate;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.worker.WorkerJobs.ConcurrencyPolicy;
import dev.beckon.operator.worker.WorkerJobs.Schedule;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerCronTest {
    private static final WorkerCron KEPT = WorkerCron.of(kept(cron("1.0", "tg-app", template("100m", Map.of()))))
            .orElseThrow();

    @Test
    void aCronJobThatIsAsWantedIsLeftAlone() {
        assertThat(KEPT.does(cron("1.0", "tg-app", template("100m", Map.of())))).isTrue();
    }

    @Test
    void theImageOfAnotherReleaseReachesACronJobThatIsThereAlready() {
        assertThat(KEPT.does(cron("1.1", "tg-app", template("100m", Map.of())))).isFalse();
    }

    @Test
    void soDoTheAccountsRenamedSecretAndTheWorkersResourcesAndLabels() {
        assertThat(KEPT.does(cron("1.0", "tg-app-2", template("100m", Map.of()))))
                .isFalse();
        assertThat(KEPT.does(cron("1.0", "tg-app", template("200m", Map.of())))).isFalse();
        assertThat(KEPT.does(cron("1.0", "tg-app", template("100m", Map.of("team", "events")))))
                .isFalse();
    }

    /** The order of a map differs from process to process: an operator that was restarted would write all CronJobs anew. */
    @Test
    void theDigestKnowsNoOrderOfLabels() {
        Map<String, String> forth = new LinkedHashMap<>(Map.of("a", "1"));
        forth.put("b", "2");
        Map<String, String> back = new LinkedHashMap<>(Map.of("b", "2"));
        back.put("a", "1");

        assertThat(PodsDigest.of(job(forth)))
                .isEqualTo(PodsDigest.of(job(back)))
                .hasSize(16);
    }

    private static Job job(Map<String, String> labels) {
        return new JobBuilder()
                .withMetadata(new ObjectMetaBuilder().withLabels(labels).build())
                .withNewSpec()
                .endSpec()
                .build();
    }

    @Test
    void aCronJobOfAnEarlierReleaseIsWrittenAnew() {
        CronJob old = kept(cron("1.0", "tg-app", template("100m", Map.of())));
        old.getMetadata().getAnnotations().remove(Names.PODS);

        assertThat(WorkerCron.of(old).orElseThrow().does(cron("1.0", "tg-app", template("100m", Map.of()))))
                .isFalse();
    }

    private static CronJob kept(CronJob wanted) {
        return new CronJobBuilder(wanted)
                .editMetadata()
                .withUid("cron-uid")
                .endMetadata()
                .build();
    }

    private static WorkerTemplate template(String cpu, Map<String, String> labels) {
        return new WorkerTemplate(
                new ResourceRequirementsBuilder()
                        .addToRequests("cpu", new Quantity(cpu))
                        .build(),
                Map.of(),
                List.of(),
                null,
                null,
                labels,
                Map.of());
    }

    private static CronJob cron(String release, String secret, WorkerTemplate template) {
        ParserJob parser = new ParserJob();
        parser.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("our-group")
                .withUid("parser-uid")
                .build());
        WorkerTask task = new WorkerTask(
                "parse",
                "our-group",
                parser,
                new WorkerTask.AccountId("alice", "account-uid"),
                0,
                "content",
                0,
                "order",
                List.of(Mount.secret("telegram-app", "/var/run/beckon/telegram-app", secret)),
                Optional.of(template),
                Optional.empty(),
                Duration.ofHours(1));
        return new WorkerJobs(TestSettings.with(Map.of("beckon.worker.image", "beckon/worker:" + release)))
                .cronJob(
                        task,
                        new Schedule(
                                "0 3 * * *",
                                Optional.of("Etc/UTC"),
                                ConcurrencyPolicy.Forbid,
                                Optional.empty(),
                                false));
    }
}
