package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The rules of Grafana's dashboard-linter that keep a dashboard usable in an installation that is not ours; {@code make monitoring} asks a
 * real Prometheus each query.
 */
class DashboardsTest {
    @Test
    void eachIsKnownByAStableNameAndIsNotEditedInPlace() {
        assertThat(Dashboards.all().keySet())
                .containsExactly(
                        "beckon-accounts.json",
                        "beckon-campaigns.json",
                        "beckon-operator.json",
                        "beckon-telegram.json");
        Dashboards.all().forEach((file, dashboard) -> {
            assertThat(dashboard.get("uid").asText() + ".json").isEqualTo(file);
            assertThat(dashboard.has("id")).as("an id is an installation's own").isFalse();
            assertThat(dashboard.get("title").asText()).startsWith("Beckon: ");
            assertThat(dashboard.get("editable").asBoolean(true)).isFalse();
            assertThat(dashboard.get("schemaVersion").asInt()).isPositive();
        });
    }

    @Test
    void dataSourceAndJobAreChosenAndReadAnewWithTheTime() {
        Dashboards.all().values().forEach(dashboard -> {
            JsonNode variables = dashboard.at("/templating/list");
            assertThat(variables.at("/0/name").asText()).isEqualTo("datasource");
            assertThat(variables.at("/0/type").asText()).isEqualTo("datasource");
            assertThat(variables.at("/0/query").asText()).isEqualTo("prometheus");
            assertThat(variables.at("/1/name").asText()).isEqualTo("job");
            assertThat(StreamSupport.stream(variables.spliterator(), false)
                            .filter(it -> it.get("type").asText().equals("query")))
                    .allSatisfy(it -> {
                        assertThat(it.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                        assertThat(it.get("refresh").asInt())
                                .as("on time change")
                                .isEqualTo(2);
                        assertThat(it.get("allValue").asText()).isEqualTo(".*");
                    });
        });
    }

    @Test
    void eachPanelSaysWhatItShowsInWhichUnitFromTheChosenSource() {
        Dashboards.all()
                .values()
                .forEach(dashboard -> assertThat(Dashboards.panels(dashboard)).allSatisfy(panel -> {
                    String title = panel.get("title").asText();
                    assertThat(title).isNotBlank();
                    assertThat(panel.get("description").asText()).as(title).isNotBlank();
                    assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo("${datasource}");
                    assertThat(panel.at("/fieldConfig/defaults/unit").asText())
                            .as(title)
                            .isIn("short", "s", "bytes", "ops", "reqps");
                    assertThat(panel.get("targets")).as(title).isNotEmpty();
                    panel.get("targets").forEach(target -> {
                        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                        assertThat(target.get("legendFormat").asText())
                                .as(title)
                                .isNotBlank();
                    });
                }));
    }

    @Test
    void noPanelStandsOnAnotherAndEachHasANumberOfItsOwn() {
        Dashboards.all().values().forEach(dashboard -> {
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : Dashboards.panels(dashboard)) {
                JsonNode place = panel.get("gridPos");
                assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(24);
                for (int x = 0; x < place.get("w").asInt(); x++) {
                    for (int y = 0; y < place.get("h").asInt(); y++) {
                        assertThat(taken.add((place.get("x").asInt() + x) + ","
                                        + (place.get("y").asInt() + y)))
                                .as(panel.get("title").asText())
                                .isTrue();
                    }
                }
            }
            assertThat(Dashboards.panels(dashboard).stream()
                            .map(it -> it.get("id").asInt())
                            .collect(Collectors.toSet()))
                    .hasSameSizeAs(Dashboards.panels(dashboard));
        });
    }

    @Test
    void eachQueryAsksTheChosenJobAndCountersByTheirRate() {
        assertThat(Dashboards.queries()).isNotEmpty().allSatisfy(query -> {
            String expression = query.expression();
            String of = query.dashboard() + ", " + query.panel();
            assertThat(expression.replaceAll("[a-z_]+\\{job=~\"\\$job\"[^}]*}", ""))
                    .as(of)
                    .doesNotContain("{");
            assertThat(expression.replaceAll("(rate|increase)\\([a-z_]+\\{[^}]*}\\[(\\$__rate_interval|1h)]\\)", ""))
                    .as(of)
                    .doesNotContain("_total{", "_bucket{", "[");
        });
    }
}
