package dev.beckon.operator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Bells;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.Settings;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.ledger.Outage;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.parser.ParserWorkerFactory;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.CronJobs;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.WorkerCron;
import dev.beckon.operator.worker.WorkerFleet;
import dev.beckon.operator.worker.WorkerJobs;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of before an edit go with the pass that sees the edited CronJob, not with the one that wrote it. */
class ScheduleKeeperTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static final TelegramAccount ALICE = Serialization.unmarshal("""
            apiVersion: beckon.dev/v1alpha1
            kind: TelegramAccount
            metadata: {name: alice, namespace: team, uid: a}
            spec:
              apiCredentials: {secretRef: {name: tg-app}}
              login: {method: PhoneCode, secretRef: {name: alice-login}}
            """, TelegramAccount.class);

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final FleetIndex index = new FleetIndex();
    private KubernetesClient client;
    private ScheduleKeeper keeper;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        Settings settings = TestSettings.defaults();
        OperatorMetrics metrics = new OperatorMetrics(new SimpleMeterRegistry());
        Turns turns = new Turns(index, InstantSource.fixed(NOW));
        Children children = new Children(client, metrics);
        keeper = new ScheduleKeeper(
                new WorkerJobs(settings),
                children,
                new CronJobs(client, children),
                new WorkerFleet(client, index, turns, new Bells(), metrics, TestSettings.defaults()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    /** A parser that collects so many people, as a user edited it. */
    private static ParserJob parser(int limit) {
        return Serialization.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: ParserJob
                metadata: {name: our-group, namespace: team, uid: p}
                spec: {source: "@our_group", account: {name: alice}, schedule: "0 3 * * *", limit: %d}
                """.formatted(limit), ParserJob.class);
    }

    private static RunWork work(ParserJob parser) {
        return new ParserWorkerFactory(TestSettings.defaults()).work(parser, ALICE);
    }

    private RunScene<?> scene(ParserJob parser) {
        return new RunScene<>(
                parser,
                new RunScene.Asked("alice", false, Optional.of(new RunScene.Timing("0 3 * * *", null))),
                Optional.of(ALICE),
                List.of(ALICE),
                new Reading.Asked<>(),
                RunsSeen.of(index, "p"),
                new RunScene.Before(null, null, Outage.Told.NOTHING, null, null, List.of()),
                true,
                NOW);
    }

    private RunScene<?> keep(ParserJob parser) {
        RunScene<?> scene = scene(parser);
        Optional<RunWork> work = Optional.of(work(parser));
        assertThat(keeper.keep(scene, work, keeper.wanted(scene, work))).isEmpty();
        return scene;
    }

    private void pass(ParserJob parser) {
        RunScene<?> scene = keep(parser);
        keeper.removeEarlierOrders(scene, keeper.wanted(scene, Optional.of(work(parser))));
    }

    private WorkerCron cron() {
        CronJob cron = client.batch()
                .v1()
                .cronjobs()
                .inNamespace("team")
                .list()
                .getItems()
                .getFirst();
        return WorkerCron.of(cron).orElseThrow();
    }

    private List<String> orders() {
        return client.secrets().inNamespace("team").list().getItems().stream()
                .map(secret -> secret.getMetadata().getName())
                .toList();
    }

    @Test
    void aParserThatIsEditedBackKeepsItsOrder() {
        keep(parser(100));
        String first = cron().workOrder();
        keep(parser(200));

        pass(parser(100));

        assertThat(cron().workOrder()).isEqualTo(first);
        assertThat(orders()).contains(first);
        pass(parser(100));
        assertThat(orders()).containsExactly(first);
        assertThat(cron().earlierOrders()).isEmpty();
    }

    @Test
    void twoEditsInARowForgetNoOrder() {
        keep(parser(100));
        keep(parser(200));

        pass(parser(300));
        pass(parser(300));

        assertThat(orders()).containsExactly(cron().workOrder());
        assertThat(cron().earlierOrders()).isEmpty();
    }

    /** An AutopostSchedule has a CronJob of the parser's name. */
    private CronJob namesake() {
        return client.resource(new CronJobBuilder()
                        .withNewMetadata()
                        .withNamespace("team")
                        .withName("our-group")
                        .addNewOwnerReference()
                        .withApiVersion("beckon.dev/v1alpha1")
                        .withKind("AutopostSchedule")
                        .withName("our-group")
                        .withUid("s")
                        .withController(true)
                        .endOwnerReference()
                        .endMetadata()
                        .build())
                .create();
    }

    private List<String> crons() {
        return client.batch().v1().cronjobs().inNamespace("team").list().getItems().stream()
                .map(cron -> cron.getMetadata().getName())
                .toList();
    }

    @Test
    void whoHadToTakeAnotherNameMakesNoSecondCronJobThoughTheWatchKnowsOfNone() {
        CronJob namesake = namesake();
        keep(parser(100));
        assertThat(crons()).hasSize(2);
        index.removeCron(index.cronsOf("p").getFirst().uid());
        client.resource(namesake).delete();

        keep(parser(200));

        assertThat(crons()).singleElement().asString().startsWith("our-group-");
    }
}
