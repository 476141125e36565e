package dev.beckon.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The chart as Helm renders it. */
final class Chart {
    static final Path FOLDER = Path.of("beckon");
    static final String NAMESPACE = "beckon-system";
    static final YAMLMapper YAML = new YAMLMapper();

    private Chart() {}

    /** Objects by {@code kind/name}, or {@code kind/name/namespace} outside the release's. */
    static Map<String, JsonNode> rendered(Map<String, Object> values) {
        TemplateCommand template = new Helm(FOLDER)
                .template()
                .withName("beckon")
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.35.4");
        values.forEach(template::set);
        return objects(template.call());
    }

    static Map<String, JsonNode> rendered(Path valuesFile) {
        return objects(new Helm(FOLDER)
                .template()
                .withName("beckon")
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.35.4")
                .withValuesFile(valuesFile)
                .call());
    }

    static Map<String, JsonNode> objects(String yaml) {
        Map<String, JsonNode> objects = new TreeMap<>();
        for (JsonNode object : documents(yaml)) {
            String namespace = object.at("/metadata/namespace").asText("");
            String key = object.get("kind").asText() + "/"
                    + object.at("/metadata/name").asText()
                    + (namespace.isEmpty() || namespace.equals(NAMESPACE) ? "" : "/" + namespace);
            if (objects.put(key, object) != null) {
                throw new IllegalStateException(key + " is rendered twice");
            }
        }
        return objects;
    }

    private static List<JsonNode> documents(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll().stream()
                    .filter(node -> node.isObject() && !node.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
