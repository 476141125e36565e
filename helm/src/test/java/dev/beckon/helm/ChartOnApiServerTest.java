package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import dev.beckon.crd.apiserver.RealCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart before the real API server, which knows more than a schema: unknown fields, admission, Pod Security and the rules of each kind.
 * The worker's image is a shell here that says what it was asked to do.
 */
@Tag("integration")
class ChartOnApiServerTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Path TRIAL = Path.of("src/test/resources/values/trial.yaml");
    private static final String ADMIN = "an administrator's";

    private static Path folder;
    private static RealCluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chart-on-api-server-");
        String worker = "beckon/worker:"
                + Chart.YAML
                        .readTree(Chart.FOLDER.resolve("Chart.yaml").toFile())
                        .get("appVersion")
                        .asText();
        Path images = Files.writeString(folder.resolve("images.yaml"), """
                images:
                  "%s":
                    command: [/bin/sh, -c, 'echo "$0 $*"; env | grep ^BECKON_ | sort']
                    user: 65532
                """.formatted(worker));
        cluster = RealCluster.own(Files.createDirectory(folder.resolve("cluster")), images);
        kubectl("apply", "--server-side", "-f", "../crds/src/main/resources/crds");
        for (String name : List.of(Chart.NAMESPACE, "team", "team-a", "team-b")) {
            cluster.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                            .addToLabels("pod-security.kubernetes.io/warn", "restricted")
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        cluster.stop();
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        return cluster.command("kubectl", arguments);
    }

    /** Of Prometheus' operator, which is not installed here. */
    private static boolean isKnown(JsonNode object) {
        return !object.get("apiVersion").asText().startsWith("monitoring.coreos.com/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "everything", "trial", "namespaced"})
    void theApiServerTakesAllOfItAndWarnsOfNothing(String values) throws IOException, InterruptedException {
        Map<String, JsonNode> objects =
                Chart.rendered(Path.of("src/test/resources/values").resolve(values + ".yaml"));
        Path file = Files.writeString(
                folder.resolve(values + ".yaml"),
                objects.values().stream()
                        .filter(ChartOnApiServerTest::isKnown)
                        .map(JsonNode::toString)
                        .collect(Collectors.joining("\n---\n")));

        String said = kubectl(
                "apply",
                "--server-side",
                "--force-conflicts",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                file.toString());

        assertThat(said).doesNotContainIgnoringCase("warning");
        assertThat(said.lines()).hasSize((int)
                objects.values().stream().filter(ChartOnApiServerTest::isKnown).count());
    }

    @ParameterizedTest
    @MethodSource("dev.beckon.helm.KustomizeTest#bases")
    void kustomizeGivesTheChartsObjects(KustomizeTest.Base base) throws IOException, InterruptedException {
        Path path = KustomizeTest.FOLDER.resolve(base.folder()).toAbsolutePath();

        assertThat(Chart.objects(kubectl("kustomize", path.toString()))).isEqualTo(base.objects());
        assertThat(kubectl("apply", "--server-side", "--dry-run=server", "--validate=strict", "-k", path.toString()))
                .doesNotContainIgnoringCase("warning");
    }

    private static InstallCommand install(String name) {
        return new Helm(Chart.FOLDER)
                .install()
                .withName(name)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .set("nameOverride", name)
                .set("crds.install", false);
    }

    private static UpgradeCommand upgrade(String name) {
        return new Helm(Chart.FOLDER)
                .upgrade()
                .withName(name)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .reuseValues();
    }

    private static void uninstall(String name) {
        Helm.uninstall(name)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .call();
    }

    private static Map<String, String> secret(String namespace, String name) {
        Secret secret =
                cluster.client().secrets().inNamespace(namespace).withName(name).get();
        return new TreeMap<>(secret.getData());
    }

    @Test
    void aTrialsPasswordsAndKeysSurviveUpgradesAndEvenItsRemoval() {
        install("try").withValuesFile(TRIAL).call();
        Map<String, String> made = secret(Chart.NAMESPACE, "try-trial");
        Map<String, String> ofWorkers = secret("team", "beckon-worker");

        upgrade("try").set("operator.replicas", 3).call();
        assertThat(secret(Chart.NAMESPACE, "try-trial")).isEqualTo(made);
        assertThat(secret("team", "beckon-worker")).isEqualTo(ofWorkers);

        uninstall("try");
        assertThat(secret(Chart.NAMESPACE, "try-trial")).isEqualTo(made);
        assertThat(cluster.client()
                        .secrets()
                        .inNamespace("team")
                        .withName("beckon-worker")
                        .get())
                .isNull();

        install("try").withValuesFile(TRIAL).call();
        assertThat(secret(Chart.NAMESPACE, "try-trial")).isEqualTo(made);
        assertThat(secret("team", "beckon-worker")).isEqualTo(ofWorkers);
        uninstall("try");
    }

    @Test
    void theDatabaseIsPreparedBeforeEachReleaseAndHelmTestAsksTheParts() throws IOException {
        secretOf("beckon-bootstrap", Map.of("username", "admin", "password", ADMIN, "worker-password", "workers'"));
        secretOf("beckon-operator", Map.of("username", "beckon_operator", "password", "operators'"));
        secretOf("beckon-steward", Map.of("username", "beckon_steward", "password", "stewards'"));

        install("boot").set("bootstrap.enabled", true).withTimeout(120).call();
        // Their logs are moved there when the pod is removed: nothing with the administrator's password stays.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ran("migrate --wait PT4M"))
                        .singleElement()
                        .asString()
                        .contains(
                                "BECKON_LEDGER_JDBC_URL=jdbc:mysql://db/",
                                "BECKON_LEDGER_USERNAME=admin",
                                "BECKON_LEDGER_PASSWORD=" + ADMIN,
                                "BECKON_OPERATOR_PASSWORD=operators'",
                                "BECKON_STEWARD_PASSWORD=stewards'",
                                "BECKON_WORKER_PASSWORD=workers'"));

        upgrade("boot").set("operator.replicas", 1).withTimeout(120).call();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ran("migrate --wait PT4M")).hasSize(2));

        Helm.test("boot")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .withTimeout(120)
                .call();
        assertThat(cluster.client()
                        .pods()
                        .inNamespace(Chart.NAMESPACE)
                        .withName("boot-test")
                        .getLog())
                .contains("ready --wait=PT1M --url=http://boot-test-operator.beckon-system.svc:8080/health/ready");
        uninstall("boot");
    }

    private static void secretOf(String name, Map<String, String> data) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(Chart.NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .addToStringData("jdbc-url", "jdbc:mysql://db/")
                        .build())
                .create();
    }

    /** What containers printed whose pods are gone, and which were asked for that. */
    private static List<String> ran(String arguments) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cluster/removed-logs"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".log"))
                    .map(Chart::text)
                    .filter(text -> text.contains(arguments))
                    .toList();
        }
    }

    /**
     * Nothing of a release owns what people declared, nor what the operator made of it: no worker is ended or begun by Helm. From what the chart of
     * the release before rendered, forward and, as a rollback does it, back: what can't be changed in place is told by the API server.
     */
    @Test
    void upgradeRollbackAndRemovalTouchNoCampaignAndNoneOfItsWorkers() throws IOException, InterruptedException {
        Path previous = PreviousRelease.chart(folder.resolve("previous"));
        new Helm(previous)
                .install()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .call();
        Path file = Files.writeString(folder.resolve("running.yaml"), """
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: spring, namespace: team}
                spec:
                  target: "@spring_meetup"
                  accounts: {names: [alice]}
                  audience: {inline: [{username: bobby}]}
                  consent: {basis: OptIn, evidence: form}
                  mode: InviteOrLink
                  message: "Hi, here is the link: {{link}}"
                """);
        kubectl("apply", "-f", file.toString());
        GenericKubernetesResource campaign = campaign();
        Path children = Files.writeString(folder.resolve("worker.yaml"), """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: spring-alice-1
                  namespace: team
                  labels: {app.kubernetes.io/managed-by: beckon}
                  ownerReferences: [{apiVersion: beckon.dev/v1alpha1, kind: InviteCampaign, name: spring, uid: %s, controller: true}]
                spec:
                  suspend: true
                  template:
                    metadata: {labels: {app.kubernetes.io/managed-by: beckon}}
                    spec:
                      restartPolicy: Never
                      containers: [{name: worker, image: "beckon/worker:previous"}]
                """.formatted(
                        campaign.getMetadata().getUid()));
        kubectl("apply", "-f", children.toString());
        String before = state();

        new Helm(Chart.FOLDER)
                .upgrade()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .withValuesFile(Path.of("src/test/resources/values/everything.yaml"))
                .set("operator.image.tag", "next")
                // What is not installed here: Prometheus' operator, a database.
                .set("metrics.serviceMonitor.enabled", false)
                .set("metrics.prometheusRule.enabled", false)
                .set("bootstrap.enabled", false)
                .set("crds.install", false)
                .call();
        assertThat(state()).isEqualTo(before);
        assertThat(operatorsImage()).endsWith(":next");
        new Helm(previous)
                .upgrade()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .call();
        assertThat(state()).isEqualTo(before);
        assertThat(operatorsImage()).doesNotEndWith(":next");
        uninstall("beckon");
        assertThat(state()).isEqualTo(before);
    }

    private static String operatorsImage() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(Chart.NAMESPACE)
                .withName("beckon-operator")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private static GenericKubernetesResource campaign() {
        return cluster.client()
                .genericKubernetesResources("beckon.dev/v1alpha1", "InviteCampaign")
                .inNamespace("team")
                .withName("spring")
                .get();
    }

    private static String state() {
        HasMetadata job = cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace("team")
                .withName("spring-alice-1")
                .get();
        return Stream.of(campaign(), job)
                .map(HasMetadata::getMetadata)
                .map(it -> it.getUid() + " " + it.getGeneration() + " " + it.getDeletionTimestamp())
                .collect(Collectors.joining(", "));
    }
}
