package dev.beckon.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Grafana's dashboards of the chart. */
final class Dashboards {
    private static final Path FOLDER = Chart.FOLDER.resolve("dashboards");

    private Dashboards() {}

    /** One question of a panel. */
    record Query(String dashboard, String panel, String expression) {}

    /** By the name of their file. */
    static Map<String, JsonNode> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Map<String, JsonNode> dashboards = new TreeMap<>();
            for (Path file : files.toList()) {
                dashboards.put(
                        file.getFileName().toString(),
                        JsonMapper.builder().build().readTree(file.toFile()));
            }
            return dashboards;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> panels(JsonNode dashboard) {
        return StreamSupport.stream(dashboard.get("panels").spliterator(), false)
                .toList();
    }

    static Stream<Query> queries() {
        return all().values().stream()
                .flatMap(dashboard -> panels(dashboard).stream()
                        .flatMap(panel -> StreamSupport.stream(
                                        panel.get("targets").spliterator(), false)
                                .map(target -> new Query(
                                        dashboard.get("title").asText(),
                                        panel.get("title").asText(),
                                        target.get("expr").asText()))));
    }
}
