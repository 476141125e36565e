package dev.beckon.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The chart as Helm renders it. */
final class Chart {
    static final Path FOLDER = Path.of("beckon");
    static final String NAMESPACE = "beckon-system";
    static final YAMLMapper YAML = new YAMLMapper();

    private static final String HOOK = "helm.sh/hook";
    private static final String AS_TEXT = "hook.as.text/hook";

    /**
     * The library's `helm template` leaves hooks away, and looks for what was made before in a cluster that is not there. So it gets a copy
     * in which nothing is called a hook and nothing is looked for.
     */
    private static final Path COPY = copy();

    private Chart() {}

    private static Path copy() {
        try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
            Path copy = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chart-");
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = copy.resolve(FOLDER.relativize(file));
                Files.createDirectories(place.getParent());
                Files.writeString(
                        place,
                        Files.readString(file)
                                .replace(HOOK, AS_TEXT)
                                .replace("lookup \"v1\" \"Secret\" .Release.Namespace $name", "dict"));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects by {@code kind/name}, or {@code kind/name/namespace} outside the release's; hooks, too. */
    static Map<String, JsonNode> rendered(Map<String, Object> values) {
        TemplateCommand template = template();
        values.forEach(template::set);
        return objects(template.call().replace(AS_TEXT, HOOK));
    }

    static Map<String, JsonNode> rendered(Path valuesFile) {
        return objects(template().withValuesFile(valuesFile).call().replace(AS_TEXT, HOOK));
    }

    private static TemplateCommand template() {
        return new Helm(COPY)
                .template()
                .withName("beckon")
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.35.4");
    }

    /** Without what `helm test` alone makes. */
    static Map<String, JsonNode> withoutTests(Map<String, JsonNode> objects) {
        Map<String, JsonNode> rest = new TreeMap<>(objects);
        rest.values()
                .removeIf(object -> object.at("/metadata/annotations/helm.sh~1hook")
                        .asText()
                        .equals("test"));
        return rest;
    }

    /** The pods that objects make, by the object's key. */
    static Map<String, JsonNode> pods(Map<String, JsonNode> objects) {
        Map<String, JsonNode> pods = new TreeMap<>();
        objects.forEach((key, object) -> {
            String path = switch (object.get("kind").asText()) {
                case "Pod" -> "/spec";
                case "CronJob" -> "/spec/jobTemplate/spec/template/spec";
                default -> "/spec/template/spec";
            };
            if (object.at(path).has("containers")) {
                pods.put(key, object.at(path));
            }
        });
        return pods;
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

    /** What a field of a Secret says. */
    static String decoded(JsonNode field) {
        return new String(Base64.getDecoder().decode(field.asText()), StandardCharsets.UTF_8);
    }
}
