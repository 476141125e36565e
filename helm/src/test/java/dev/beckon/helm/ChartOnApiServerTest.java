package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UpgradeCommand;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart before the real API server, which knows more than a schema: unknown fields, admission, Pod Security and the rules of each kind. */
@Tag("integration")
class ChartOnApiServerTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Path TRIAL = Path.of("src/test/resources/values/trial.yaml");
    private static final String ADMIN = "an administrator's";

    private static Path folder;
    private static ChartCluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = ChartCluster.get();
        folder = cluster.folder();
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        return cluster.kubectl(arguments);
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
}
