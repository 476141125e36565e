package dev.beckon.demo.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The manifests that install the operator, with settings of one's own in its Deployment. */
final class OperatorManifest {
    private static final YAMLMapper YAML = new YAMLMapper();

    private OperatorManifest() {}

    /** Adds the variables to every container of every Deployment in a YAML text; the rest stays as it is. */
    static String with(Map<String, String> variables, String yaml) {
        if (variables.isEmpty()) {
            return yaml;
        }
        List<String> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> nodes = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (nodes.hasNext()) {
                JsonNode document = nodes.next();
                if (document.path("kind").asText().equals("Deployment")) {
                    document.at("/spec/template/spec/containers").forEach(container -> {
                        ArrayNode env = (ArrayNode) container.get("env");
                        variables.forEach((name, value) ->
                                env.addObject().put("name", name).put("value", value));
                    });
                }
                documents.add(document.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return String.join("\n---\n", documents);
    }
}
