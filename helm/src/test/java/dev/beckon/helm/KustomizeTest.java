package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bases for {@code kubectl apply -k}, made of the chart: each holds what the chart renders more with a switch than without. With
 * {@code -Dbeckon.update=true} they are written anew.
 */
class KustomizeTest {
    static final Path FOLDER = Path.of("kustomize");
    private static final String COMMAND = "mvn -pl helm -am test -Dtest=KustomizeTest -Dbeckon.update=true";
    private static final YAMLMapper PRETTY = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /** What the chart has under some values, on top of another base. */
    record Base(String folder, Optional<Base> below, Map<String, Object> values) {
        /** All objects that `kubectl kustomize` gives for it. */
        Map<String, JsonNode> objects() {
            Map<String, Object> all = new LinkedHashMap<>(values);
            all.put("crds.install", false);
            Map<String, JsonNode> objects = new TreeMap<>();
            Chart.withoutTests(Chart.rendered(all)).forEach((key, object) -> objects.put(key, bare(object)));
            objects.put("Namespace/" + Chart.NAMESPACE, namespace());
            return objects;
        }

        private Map<String, JsonNode> own() {
            Map<String, JsonNode> own = objects();
            below.map(Base::objects)
                    .orElse(Map.of())
                    .forEach(
                            (key, object) -> assertThat(own.remove(key)).as(key).isEqualTo(object));
            return own;
        }

        @Override
        public String toString() {
            return folder;
        }
    }

    static Stream<Base> bases() {
        Base base = new Base("base", Optional.empty(), Map.of());
        Base gateway = new Base("gateway", Optional.of(base), Map.of("gateway.enabled", true));
        Base policies = new Base(
                "network-policies",
                Optional.of(gateway),
                Map.of("gateway.enabled", true, "networkPolicies.enabled", true));
        return Stream.of(base, gateway, policies);
    }

    @ParameterizedTest
    @MethodSource("bases")
    void aBaseIsWhatTheChartRenders(Base base) throws IOException {
        Path folder = FOLDER.resolve(base.folder());
        String manifests = text(base.own());
        String kustomization = kustomization(base);
        if (Boolean.getBoolean("beckon.update")) {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("beckon.yaml"), manifests);
            Files.writeString(folder.resolve("kustomization.yaml"), kustomization);
        }

        assertThat(folder.resolve("beckon.yaml")).as("stale: run " + COMMAND).hasContent(manifests);
        assertThat(folder.resolve("kustomization.yaml"))
                .as("stale: run " + COMMAND)
                .hasContent(kustomization);
    }

    private static String kustomization(Base base) throws JsonProcessingException {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
        file.put("kind", "Kustomization");
        file.put(
                "resources",
                base.below()
                        .map(below -> List.of("../" + below.folder(), "beckon.yaml"))
                        .orElse(List.of("beckon.yaml")));
        return "# Made of the chart: " + COMMAND + "\n" + PRETTY.writeValueAsString(file);
    }

    private static String text(Map<String, JsonNode> objects) throws JsonProcessingException {
        StringBuilder text = new StringBuilder("# Made of the chart: " + COMMAND + "\n");
        for (JsonNode object : objects.values()) {
            text.append(PRETTY.writeValueAsString(object));
        }
        return text.toString();
    }

    private static JsonNode namespace() {
        ObjectNode namespace =
                Chart.YAML.createObjectNode().put("apiVersion", "v1").put("kind", "Namespace");
        ObjectNode metadata = namespace.putObject("metadata").put("name", Chart.NAMESPACE);
        metadata.putObject("labels").put("pod-security.kubernetes.io/enforce", "restricted");
        return namespace;
    }

    /** Without the labels by which Helm knows its own. */
    static JsonNode bare(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        Stream.of("/metadata", "/spec/template/metadata", "/spec/jobTemplate/spec/template/metadata")
                .map(copy::at)
                .filter(ObjectNode.class::isInstance)
                .map(metadata -> metadata.get("labels"))
                .filter(ObjectNode.class::isInstance)
                .forEach(labels -> ((ObjectNode) labels)
                        .remove(List.of(
                                "helm.sh/chart", "app.kubernetes.io/managed-by", "app.kubernetes.io/instance")));
        return copy;
    }
}
