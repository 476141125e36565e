package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alert rules and dashboards come as their files are. */
class MonitoringTest {
    private static final Path RULES = Chart.FOLDER.resolve("alerts/rules.yaml");
    private static final Path DASHBOARDS = Chart.FOLDER.resolve("dashboards");

    private static final Map<String, JsonNode> CHART = Chart.rendered(Map.of(
            "metrics.prometheusRule.enabled", true,
            "metrics.prometheusRule.labels.release", "prometheus",
            "metrics.dashboards.enabled", true));

    @Test
    void theRulesAreThoseOfTheFile() throws IOException {
        JsonNode rule = CHART.get("PrometheusRule/beckon");

        assertThat(rule.get("spec")).isEqualTo(Chart.YAML.readTree(RULES.toFile()));
        assertThat(rule.at("/spec/groups/0/rules")).isNotEmpty();
        assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    }

    @Test
    void theDashboardsAreTheirFiles() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(DASHBOARDS)) {
            files = all.toList();
        }
        assertThat(CHART.keySet())
                .filteredOn(key -> key.startsWith("ConfigMap/"))
                .hasSize(4)
                .hasSameSizeAs(files);
        for (Path file : files) {
            String name = file.getFileName().toString();
            JsonNode map = CHART.get("ConfigMap/beckon-dashboard-" + name.replace(".json", ""));
            assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
            assertThat(Chart.YAML.readTree(map.get("data").get(name).asText()))
                    .isEqualTo(Chart.YAML.readTree(file.toFile()));
        }
    }

    @Test
    void neitherIsThereUnasked() {
        assertThat(Chart.rendered(Map.of()).keySet()).noneMatch(key -> key.matches("(PrometheusRule|ConfigMap)/.*"));
    }
}
