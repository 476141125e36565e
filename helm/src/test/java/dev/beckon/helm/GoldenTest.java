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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole chart as it is rendered, in a file for each set of values: what a change of a template changes is seen in a review. With
 * {@code -Dbeckon.update=true} the files are written anew.
 */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final String COMMAND = "mvn -pl helm -am test -Dtest=GoldenTest -Dbeckon.update=true";
    private static final YAMLMapper PRETTY = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            // Read again it is the same: releases/ has copies of it.
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    /** What is random in a trial's Secrets: 32 characters, or a key in base64. */
    private static final Pattern RANDOM =
            Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,}={0,2}|(?<=[kK]eyId\"\\\\?:)[0-9]+");

    @ParameterizedTest
    @ValueSource(strings = {"defaults", "everything", "trial", "namespaced"})
    void theChartRendersWhatItRendered(String name) throws IOException {
        String rendered =
                text(Chart.rendered(Path.of("src/test/resources/values").resolve(name + ".yaml")));
        Path golden = FOLDER.resolve(name + ".yaml");
        if (Boolean.getBoolean("beckon.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, rendered);
        }

        assertThat(golden)
                .as("stale: run " + COMMAND + " and read the difference")
                .hasContent(rendered);
    }

    /** Without the custom resources, alerts and dashboards, which other tests hold to their files. */
    private static String text(Map<String, JsonNode> objects) throws JsonProcessingException {
        Map<String, JsonNode> shown = new TreeMap<>(objects);
        shown.keySet().removeIf(key -> key.matches("(CustomResourceDefinition|PrometheusRule|ConfigMap)/.*"));
        StringBuilder text = new StringBuilder();
        for (JsonNode object : shown.values()) {
            text.append(PRETTY.writeValueAsString(masked(object)));
        }
        return text.toString();
    }

    private static JsonNode masked(JsonNode object) {
        if (!object.path("kind").asText().equals("Secret") || !(object.get("data") instanceof ObjectNode data)) {
            return object;
        }
        for (String key :
                List.copyOf(data.propertyStream().map(Map.Entry::getKey).toList())) {
            data.put(key, RANDOM.matcher(Chart.decoded(data.get(key))).replaceAll("RANDOM"));
        }
        return object;
    }
}
