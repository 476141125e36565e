package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the installation may do with the API server, and who holds which password. */
class RightsTest {
    private static final Map<String, JsonNode> EVERYTHING =
            Chart.rendered(Path.of("src/test/resources/values/everything.yaml"));

    /** Rights by which one gives oneself all others. */
    private static final Set<String> STEPS_UP = Set.of(
            "pods/exec",
            "pods/attach",
            "pods/ephemeralcontainers",
            "pods/proxy",
            "nodes/proxy",
            "serviceaccounts/token",
            "clusterroles",
            "clusterrolebindings",
            "roles",
            "rolebindings",
            "certificatesigningrequests",
            "mutatingwebhookconfigurations",
            "validatingwebhookconfigurations",
            "customresourcedefinitions",
            "persistentvolumes",
            "nodes");

    @TestFactory
    Stream<DynamicTest> noRuleIsTooWide() {
        return EVERYTHING.entrySet().stream()
                .filter(entry -> entry.getKey().matches("(Cluster)?Role/.*"))
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(entry.getValue().get("rules"))
                                .isNotEmpty()
                                .allSatisfy(RightsTest::isNarrow)));
    }

    private static void isNarrow(JsonNode rule) {
        assertThat(rule.has("nonResourceURLs")).isFalse();
        List<String> resources = texts(rule.get("resources"));
        List<String> verbs = texts(rule.get("verbs"));
        assertThat(texts(rule.get("apiGroups"))).isNotEmpty().doesNotContain("*");
        assertThat(resources).isNotEmpty().noneMatch(it -> it.contains("*")).doesNotContainAnyElementsOf(STEPS_UP);
        assertThat(verbs).isNotEmpty().doesNotContain("*", "escalate", "bind", "impersonate");
        if (resources.contains("secrets")) {
            // Who lists or watches them reads all of them; who may change them changes what others trust.
            assertThat(verbs).containsOnly("get", "create", "delete");
        }
        if (resources.contains("namespaces")) {
            assertThat(texts(rule.get("resourceNames"))).containsExactly("kube-system");
            assertThat(verbs).containsExactly("get");
        }
        if (resources.contains("configmaps")) {
            assertThat(verbs).containsExactly("get");
        }
        if (verbs.contains("deletecollection")) {
            assertThat(texts(rule.get("apiGroups"))).containsExactly("beckon.dev");
        }
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void whoWatchesOneNamespaceHasRightsThereAndOneToKnowItsClusterBy() {
        Map<String, JsonNode> namespaced = Chart.rendered(Path.of("src/test/resources/values/namespaced.yaml"));

        assertThat(namespaced.get("ClusterRole/beckon-operator").get("rules"))
                .singleElement()
                .asString()
                .contains("kube-system");
        assertThat(namespaced.keySet().stream().filter(key -> key.startsWith("ClusterRole")))
                .containsExactly("ClusterRole/beckon-operator", "ClusterRoleBinding/beckon-operator");
        JsonNode wide =
                Chart.rendered(Map.of()).get("ClusterRole/beckon-operator").get("rules");
        assertThat(namespaced.get("Role/beckon-operator-work/team").get("rules"))
                .hasSize(wide.size() - 1)
                .allSatisfy(rule -> assertThat(wide).contains(rule));
        assertThat(namespaced
                        .get("RoleBinding/beckon-operator-work/team")
                        .at("/subjects/0/namespace")
                        .asText())
                .isEqualTo(Chart.NAMESPACE);
        assertThat(namespaced
                        .get("Deployment/beckon-operator")
                        .at("/spec/template/spec/containers/0/env")
                        .toString())
                .contains("{\"name\":\"BECKON_WATCH_NAMESPACE\",\"value\":\"team\"}");
    }

    @Test
    void onlyTheOperatorHasAToken() {
        assertThat(Chart.pods(EVERYTHING))
                .hasSizeGreaterThan(4)
                .allSatisfy((key, pod) -> assertThat(
                                pod.path("automountServiceAccountToken").asBoolean(true))
                        .isEqualTo(key.equals("Deployment/beckon-operator")));
        assertThat(Chart.pods(Chart.rendered(Map.of("trial.enabled", true))).keySet())
                .contains("StatefulSet/beckon-trial-database", "Job/beckon-bootstrap-1");
    }

    @Test
    void nobodyOperatesByAnotherBindingThanItsOwn() {
        EVERYTHING.forEach((key, object) -> {
            if (key.matches("(Cluster)?RoleBinding/.*")) {
                assertThat(object.at("/roleRef/name").asText()).isEqualTo("beckon-operator");
                assertThat(object.get("subjects"))
                        .singleElement()
                        .satisfies(it -> assertThat(it.get("name").asText()).isEqualTo("beckon-operator"));
            }
        });
    }

    @Test
    void theAdministratorsPasswordIsWithTheBootstrapAlone() {
        assertThat(readers(EVERYTHING, "beckon-bootstrap")).containsExactly("Job/beckon-bootstrap");
        assertThat(readers(Chart.rendered(Map.of("trial.enabled", true, "gateway.enabled", true)), "beckon-trial"))
                .containsExactly(
                        "Job/beckon-bootstrap-1",
                        "StatefulSet/beckon-trial-database",
                        "StatefulSet/beckon-trial-redis");
    }

    @Test
    void eachPartReadsItsOwnSecretOnly() {
        assertThat(readers(EVERYTHING, "beckon-operator"))
                .containsExactly("Deployment/beckon-operator", "Job/beckon-bootstrap", "Pod/beckon-test");
        assertThat(readers(EVERYTHING, "beckon-gateway"))
                .containsExactly("Deployment/beckon-gateway", "Job/beckon-bootstrap");
        assertThat(readers(EVERYTHING, "beckon-steward"))
                .containsExactly("CronJob/beckon-retention", "Job/beckon-bootstrap");
        assertThat(readers(EVERYTHING, "beckon-exporter"))
                .containsExactly("CronJob/beckon-suppression-export", "Job/beckon-bootstrap");
    }

    /** Which pods mount a Secret, or have a variable of it. */
    private static Set<String> readers(Map<String, JsonNode> objects, String secret) {
        Set<String> readers = new TreeSet<>();
        Chart.pods(objects).forEach((key, pod) -> {
            Stream<String> mounted = pod.path("volumes")
                    .valueStream()
                    .map(volume -> volume.at("/secret/secretName").asText());
            Stream<String> variables = pod.get("containers")
                    .valueStream()
                    .flatMap(container -> container.path("env").valueStream())
                    .map(variable -> variable.at("/valueFrom/secretKeyRef/name").asText());
            if (Stream.concat(mounted, variables).anyMatch(secret::equals)) {
                readers.add(key);
            }
        });
        return readers;
    }
}
