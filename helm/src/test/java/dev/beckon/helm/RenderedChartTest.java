package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RenderedChartTest {
    private static final Path EVERYTHING = Path.of("src/test/resources/values/everything.yaml");
    private static final Path CRDS = Path.of("../crds/src/main/resources/crds");
    private static final List<Path> MANIFESTS =
            List.of(Path.of("../operator/src/main/kubernetes"), Path.of("../gateway/src/main/kubernetes"));

    @Test
    void helmHasNothingAgainstIt() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
    }

    @Test
    void isOfThisRelease() throws IOException {
        String version = Chart.YAML
                .readTree(Chart.FOLDER.resolve("Chart.yaml").toFile())
                .get("appVersion")
                .asText();

        assertThat(Path.of("../pom.xml")).content().contains("<version>" + version + "</version>");
    }

    /** What the chart has beside the manifests is named here, and nothing else may differ. */
    @TestFactory
    Stream<DynamicTest> isWhatTheManifestsForKubectlAre() throws IOException {
        Map<String, JsonNode> chart = Chart.withoutTests(Chart.rendered(Map.of(
                "operator.image.tag", "dev",
                "gateway.image.tag", "dev",
                "worker.image.tag", "dev",
                "gateway.enabled", true,
                "operator.podDisruptionBudget.enabled", false,
                "gateway.podDisruptionBudget.enabled", false,
                "crds.install", false)));
        Map<String, JsonNode> manifests = manifests();
        // A namespace that helm is given is not the chart's.
        manifests.remove("Namespace/" + Chart.NAMESPACE);
        assertThat(chart.keySet()).isEqualTo(manifests.keySet());
        return manifests.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(bare(chart.get(entry.getKey()))).isEqualTo(bare(entry.getValue()))));
    }

    private static Map<String, JsonNode> manifests() throws IOException {
        Map<String, JsonNode> manifests = new TreeMap<>();
        for (Path folder : MANIFESTS) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> manifests.putAll(Chart.objects(Chart.text(file))));
            }
        }
        return manifests;
    }

    /** Without the chart's labels, its spread, and what it tells the operator of workers. */
    private static JsonNode bare(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        Stream.of("/metadata", "/spec/template/metadata", "/spec/jobTemplate/spec/template/metadata")
                .map(copy::at)
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .forEach(RenderedChartTest::withoutLabels);
        if (copy.at("/spec/template/spec") instanceof ObjectNode pod) {
            pod.remove("topologySpreadConstraints");
        }
        // The default, which kubectl leaves out.
        if (copy.get("kind").asText().equals("Service") && copy.get("spec") instanceof ObjectNode spec) {
            spec.remove("type");
        }
        if (copy.at("/spec/template/spec/containers/0/env") instanceof ArrayNode env) {
            env.removeIf(variable -> variable.get("name").asText().startsWith("BECKON_WORKER_"));
        }
        return copy;
    }

    private static void withoutLabels(ObjectNode metadata) {
        if (metadata.get("labels") instanceof ObjectNode labels) {
            labels.remove(List.of(
                    "app.kubernetes.io/name",
                    "app.kubernetes.io/part-of",
                    "app.kubernetes.io/instance",
                    "app.kubernetes.io/version",
                    "app.kubernetes.io/managed-by",
                    "helm.sh/chart"));
            if (labels.isEmpty()) {
                metadata.remove("labels");
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> bringsTheCustomResourcesAsTheyAreAndKeepsThem() throws IOException {
        Map<String, JsonNode> kept = Chart.rendered(Map.of());
        Map<String, JsonNode> notKept = Chart.rendered(Map.of("crds.keep", false));
        try (Stream<Path> files = Files.list(CRDS)) {
            return files
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                        JsonNode crd = Chart.YAML.readTree(file.toFile());
                        String key = "CustomResourceDefinition/"
                                + crd.at("/metadata/name").asText();
                        assertThat(notKept.get(key)).isEqualTo(crd);
                        ObjectNode withPolicy = crd.deepCopy();
                        withPolicy.withObject("/metadata/annotations").put("helm.sh/resource-policy", "keep");
                        assertThat(kept.get(key)).isEqualTo(withPolicy);
                    }))
                    .toList()
                    .stream();
        }
    }

    @Test
    void leavesThemAwayWhereTheyAreInstalledApart() {
        assertThat(Chart.rendered(Map.of("crds.install", false)).keySet())
                .noneMatch(key -> key.startsWith("CustomResourceDefinition/"));
    }

    @Test
    void hasEverythingWhenEverythingIsAskedFor() {
        assertThat(Chart.rendered(EVERYTHING).keySet())
                .filteredOn(key -> !key.matches("(CustomResourceDefinition|PrometheusRule|ConfigMap)/.*"))
                .containsExactly(
                        "ClusterRole/beckon-edit",
                        "ClusterRole/beckon-operator",
                        "ClusterRole/beckon-view",
                        "ClusterRoleBinding/beckon-operator",
                        "CronJob/beckon-retention",
                        "CronJob/beckon-suppression-export",
                        "Deployment/beckon-gateway",
                        "Deployment/beckon-operator",
                        "Ingress/beckon-gateway",
                        "Job/beckon-bootstrap",
                        "NetworkPolicy/beckon-bootstrap",
                        "NetworkPolicy/beckon-gateway",
                        "NetworkPolicy/beckon-operator",
                        "NetworkPolicy/beckon-retention",
                        "NetworkPolicy/beckon-suppression-export",
                        "NetworkPolicy/beckon-test",
                        "NetworkPolicy/beckon-test-to-parts",
                        "NetworkPolicy/beckon-workers/team-a",
                        "NetworkPolicy/beckon-workers/team-b",
                        "PersistentVolumeClaim/beckon-suppression-export",
                        "Pod/beckon-test",
                        "PodDisruptionBudget/beckon-gateway",
                        "PodDisruptionBudget/beckon-operator",
                        "Role/beckon-operator",
                        "RoleBinding/beckon-operator",
                        "Service/beckon-gateway",
                        "Service/beckon-operator-metrics",
                        "Service/beckon-test-operator",
                        "ServiceAccount/beckon-gateway",
                        "ServiceAccount/beckon-operator",
                        "ServiceMonitor/beckon-gateway",
                        "ServiceMonitor/beckon-operator");
    }

    @Test
    void canBeCalledSomethingElse() {
        assertThat(Chart.rendered(Map.of("nameOverride", "invites", "gateway.enabled", true))
                        .keySet())
                .filteredOn(key -> !key.startsWith("CustomResourceDefinition/"))
                .allMatch(key -> key.contains("/invites-"));
    }

    @Test
    void oneReplicaHasNoBudgetThatForbidsItsDrain() {
        assertThat(Chart.rendered(Map.of("operator.replicas", 1, "gateway.enabled", true, "gateway.replicas", 1))
                        .keySet())
                .noneMatch(key -> key.startsWith("PodDisruptionBudget/"));
    }

    @Test
    void settingsAndImagesReachThePods() {
        Map<String, JsonNode> chart = Chart.rendered(EVERYTHING);
        JsonNode operator = container(chart.get("Deployment/beckon-operator"));

        assertThat(operator.get("image").asText()).isEqualTo("registry.example/beckon/operator:1.2.3");
        assertThat(env(operator))
                .containsEntry("BECKON_PACE_LOOK", "30s")
                .containsEntry("BECKON_WORKER_RUN_AS_USER", "2000")
                .containsEntry(
                        "BECKON_WORKER_IMAGE",
                        "registry.example/beckon/worker@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        assertThat(env(container(chart.get("Deployment/beckon-gateway")))).containsEntry("BECKON_WEBHOOK_LOOK", "1s");
    }

    private static Map<String, String> env(JsonNode container) {
        Map<String, String> values = new TreeMap<>();
        container
                .get("env")
                .forEach(it ->
                        values.put(it.get("name").asText(), it.path("value").asText("")));
        return values;
    }

    private static JsonNode container(JsonNode workload) {
        return workload.at("/spec/template/spec/containers/0");
    }

    /** As Pod Security's `restricted` wants it, and more: nothing is writable but /tmp and, of a trial's servers, their data. */
    @TestFactory
    Stream<DynamicTest> everyPodIsRestricted() {
        Map<String, JsonNode> pods = new TreeMap<>(Chart.pods(Chart.rendered(EVERYTHING)));
        pods.putAll(Chart.pods(Chart.rendered(Map.of("trial.enabled", true))));
        assertThat(pods).hasSizeGreaterThan(6);
        return pods.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    JsonNode pod = entry.getValue();
                    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean())
                            .isTrue();
                    assertThat(pod.at("/securityContext/seccompProfile/type").asText())
                            .isEqualTo("RuntimeDefault");
                    assertThat(pod.get("containers")).isNotEmpty().allSatisfy(container -> {
                        JsonNode security = container.get("securityContext");
                        assertThat(security.get("allowPrivilegeEscalation").asBoolean(true))
                                .isFalse();
                        assertThat(security.get("readOnlyRootFilesystem").asBoolean())
                                .isTrue();
                        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                        assertThat(container.at("/resources/limits/memory").asText())
                                .isNotEmpty();
                    });
                }));
    }

    @Test
    void workersReachTelegramAndNoClusterAddressBesideDatabaseAndRedis() {
        JsonNode policy = Chart.rendered(EVERYTHING).get("NetworkPolicy/beckon-workers/team-a");

        assertThat(policy.at("/spec/ingress")).isEmpty();
        assertThat(policy.at("/spec/podSelector/matchLabels/app.kubernetes.io~1managed-by")
                        .asText())
                .isEqualTo("beckon");
        assertThat(policy.at("/spec/egress").valueStream().filter(rule -> !rule.has("ports")))
                .singleElement()
                .asString()
                .contains("0.0.0.0/0", "10.0.0.0/8", "169.254.0.0/16", "fc00::/7");
    }

    @Test
    void onlyScrapersReachTheOperatorAndAnybodyTheGateway() {
        Map<String, JsonNode> chart = Chart.rendered(EVERYTHING);

        assertThat(chart.get("NetworkPolicy/beckon-operator")
                        .at("/spec/ingress/0/from")
                        .toString())
                .contains("monitoring");
        assertThat(chart.get("NetworkPolicy/beckon-gateway")
                        .at("/spec/ingress/0")
                        .has("from"))
                .isFalse();
        assertThat(Chart.rendered(Map.of("networkPolicies.enabled", true))
                        .get("NetworkPolicy/beckon-operator")
                        .at("/spec/ingress"))
                .isEmpty();
    }
}
