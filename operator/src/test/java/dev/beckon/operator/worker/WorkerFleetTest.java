package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.crd.Labels;
import dev.beckon.operator.Bells;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.TestSettings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is gone is told by what was known of it: the watch itself keeps little more than names. */
class WorkerFleetTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-27T12:00:00Z"));
    private static final ResourceID SPRING = new ResourceID("spring", "team");
    private static final ResourceID ALICE = new ResourceID("alice", "team");

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final Bells bells = new Bells();
    private final Queue<ResourceID> rung = new ConcurrentLinkedQueue<>();
    private KubernetesClient client;
    private WorkerFleet fleet;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        bells.on(Owner.Kind.CAMPAIGN, rung::add);
        bells.on(Owner.Kind.PARSER, rung::add);
        bells.onAccount(rung::add);
        FleetIndex index = new FleetIndex();
        fleet = new WorkerFleet(
                client,
                index,
                new Turns(index, CLOCK),
                bells,
                new OperatorMetrics(new SimpleMeterRegistry()),
                TestSettings.defaults());
    }

    @AfterEach
    void stop() {
        fleet.stop();
        client.close();
        server.destroy();
    }

    private static Map<String, String> labels(String ownerLabel, String uidLabel) {
        return Map.of(
                ownerLabel, "spring", uidLabel, "uid-of-spring", Labels.ACCOUNT, "alice", Names.ACCOUNT_UID, "uid-a");
    }

    private void isToldWhenGone(HasMetadata object, ResourceID... whom) {
        HasMetadata made = client.resource(object).create();
        fleet.start();
        await().untilAsserted(() -> assertThat(rung).contains(whom));
        rung.clear();

        client.resource(made).delete();

        await().untilAsserted(() -> assertThat(rung).contains(whom));
    }

    @Test
    void aJobThatIsGoneIsToldToItsOwnerAndItsAccount() {
        isToldWhenGone(
                new JobBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("spring-1")
                        .withLabels(labels(Labels.CAMPAIGN, Names.CAMPAIGN_UID))
                        .endMetadata()
                        .build(),
                SPRING,
                ALICE);
    }

    @Test
    void aPodThatIsGoneIsToldToTheOwnerOfItsJob() {
        client.resource(new JobBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("spring-1")
                        .withLabels(labels(Labels.CAMPAIGN, Names.CAMPAIGN_UID))
                        .endMetadata()
                        .build())
                .create();
        isToldWhenGone(
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("spring-1-x")
                        .withLabels(Map.of(Names.ACCOUNT_UID, "uid-a", "batch.kubernetes.io/job-name", "spring-1"))
                        .endMetadata()
                        .build(),
                SPRING);
    }

    @Test
    void aCronJobThatIsGoneIsToldToItsOwner() {
        isToldWhenGone(
                new CronJobBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("spring")
                        .withLabels(labels(Labels.PARSER, Names.PARSER_UID))
                        .addNewOwnerReference()
                        .withApiVersion("beckon.dev/v1alpha1")
                        .withKind("ParserJob")
                        .withName("spring")
                        .withUid("uid-of-spring")
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withNewSpec()
                        .withSchedule("0 3 * * *")
                        .withNewJobTemplate()
                        .withNewSpec()
                        .endSpec()
                        .endJobTemplate()
                        .endSpec()
                        .build(),
                SPRING);
    }
}
