package dev.beckon.demo.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the chart's dashboards ask. */
final class Panels {
    private Panels() {}

    /** Each query as Grafana sends it with everything chosen, by where it stands. */
    static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(Stage.checkout().resolve("helm/beckon/dashboards"))) {
            for (Path file : files.sorted().toList()) {
                JsonNode dashboard = JsonMapper.builder().build().readTree(file.toFile());
                for (JsonNode panel : dashboard.get("panels")) {
                    for (JsonNode target : panel.get("targets")) {
                        queries.put(
                                dashboard.get("title").asText() + ", "
                                        + panel.get("title").asText() + ", "
                                        + target.get("refId").asText(),
                                target.get("expr")
                                        .asText()
                                        .replace("$__rate_interval", Prometheus.RATE_INTERVAL)
                                        .replace("$job", ".*")
                                        .replace("$namespace", ".*"));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return queries;
    }
}
