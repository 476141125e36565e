package dev.beckon.demo.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Edits the Deployments of released manifests before they are applied; whatever else a YAML text holds stays as it is. */
final class Deployments {
    private static final YAMLMapper YAML = new YAMLMapper();

    private Deployments() {}

    /** Adds the variables to every container. */
    static String with(Map<String, String> variables, String yaml) {
        return variables.isEmpty()
                ? yaml
                : edited(
                        yaml,
                        deployment -> deployment
                                .at("/spec/template/spec/containers")
                                .forEach(container -> {
                                    ArrayNode env = (ArrayNode) container.get("env");
                                    variables.forEach((name, value) ->
                                            env.addObject().put("name", name).put("value", value));
                                }));
    }

    /** Edited before and not scaled after: applied again, a scaled Deployment would grow and shrink once more. */
    static String ofOneReplica(String yaml) {
        return edited(yaml, deployment -> ((ObjectNode) deployment.get("spec")).put("replicas", 1));
    }

    /**
     * A pod reads its Secret once, when it starts: with another {@code version} of what stands there, pods are replaced.
     *
     * @param version the same text for the same settings
     */
    static String replacedWith(String version, String yaml) {
        return edited(
                yaml,
                deployment -> ((ObjectNode) deployment.at("/spec/template"))
                        .withObject("/metadata/annotations")
                        .put("beckon.dev/servers", version));
    }

    private static String edited(String yaml, Consumer<JsonNode> edit) {
        List<String> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> nodes = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (nodes.hasNext()) {
                JsonNode document = nodes.next();
                if (document.path("kind").asText().equals("Deployment")) {
                    edit.accept(document);
                }
                documents.add(document.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join("\n---\n", documents);
    }
}
