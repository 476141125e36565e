package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the chart's values is rewritten instead when it runs with {@code -Dbeckon.update=true}. */
class ValuesTest {
    private static final Path PAGE = Path.of("../docs/helm.md");
    private static final String BEGIN = "<!-- Values, made from helm/beckon/values.yaml: ";
    private static final String COMMAND = "mvn -pl helm -am test -Dtest=ValuesTest -Dbeckon.update=true";

    @ParameterizedTest
    @CsvSource({
        "operator.replicas, 0",
        "operator.replicas, many",
        "operator.image.pullPolicy, Sometimes",
        "operator.image.digest, sha256:short",
        "operator.image.tag, with space",
        "operator.image.repository, ''",
        "operator.runAsUser, 0",
        "operator.secretName, Not_A_Name",
        "operator.settings.pace, 15s",
        "operator.reserves.cpu, 1",
        "worker.secretName, ''",
        "worker.images, x",
        "gateway.enabled, perhaps",
        "gateway.service.port, 70000",
        "gateway.service.type, ExternalName",
        "gateway.ingress.enabled, true",
        "retention.timeZone, ''",
        "suppressionExport.keep, 0",
        "suppressionExport.enabled, perhaps",
        "suppressionExport.runAsUser, 0",
        "suppressionExport.volume.claim, x",
        "suppressionExport.volume.storage, much",
        "crds.keep, 'never'",
        "networkPolicies.workerNamespaces, team",
        "metrics.serviceMonitor.interval, often",
        "database.tls.caSecret, Not_A_Name",
        "database.tls.caSecrets, ca",
        "database.url, jdbc:mysql://db/",
        "redis.tls.caSecret, a b",
        "bootstrap.wait, 5m",
        "bootstrap.secretName, ''",
        "bootstrap.password, x",
        "watchNamespaces, team",
        "trial.enabled, perhaps",
        "trial.namespaces, team",
        "trial.database.storage, much",
        "trial.database.runAsUser, 0",
        "trial.database.image.version, 11.4",
        "trial.redis.replicas, 2",
        "operator.resources.limits.memory, lots",
        "metrics.prometheusRule.enable, true",
        "metrics.dashboards.folder, x",
        "nameOverride, Invites",
        "telegram.token, x",
    })
    void aWrongValueIsRefusedByItsName(String value, String wrong) {
        List<String> path = List.of(value.split("\\."));

        // Helm names the part that has a value it does not know, or the value that is wrong.
        assertThatThrownBy(() -> Chart.rendered(Map.of(value, wrong)))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .message()
                .containsAnyOf(path.toArray(String[]::new));
    }

    /** A typing error anywhere is told, not passed over: each part that has names of its own knows no others. */
    @Test
    void theSchemaIsStrictAllTheWayDown() throws IOException {
        isStrict("", Chart.YAML.readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json"))));
    }

    private static void isStrict(String path, JsonNode schema) {
        if (schema.has("properties") && schema.path("type").asText().equals("object")) {
            assertThat(schema.has("additionalProperties")).as(path).isTrue();
        }
        schema.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                isStrict(path + "/" + entry.getKey(), entry.getValue());
            }
        });
    }

    @Test
    void everyValueHasAPlaceInTheSchema() throws IOException {
        JsonNode schema = Chart.YAML.readTree(Files.readString(Chart.FOLDER.resolve("values.schema.json")));

        for (ValuesPage.Value value : values()) {
            JsonNode node = schema;
            for (String part : List.of(value.path().split("\\."))) {
                node = ValuesPage.resolved(schema, node).path("properties").path(part);
            }
            assertThat(node.isMissingNode()).as(value.path()).isFalse();
        }
    }

    @Test
    void everyValueSaysWhatItIs() {
        assertThat(values())
                .hasSizeGreaterThan(50)
                .allSatisfy(
                        value -> assertThat(value.meaning()).as(value.path()).isNotBlank());
    }

    @Test
    void thePageHasThem() throws IOException {
        String page = Files.readString(PAGE);
        int table = page.indexOf('\n', page.indexOf(BEGIN)) + 1;
        String expected = page.substring(0, table) + "\n" + ValuesPage.table(values());
        if (Boolean.getBoolean("beckon.update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).as("stale: run " + COMMAND + " and commit the result").hasContent(expected);
    }

    private static List<ValuesPage.Value> values() {
        return ValuesPage.of(Chart.text(Chart.FOLDER.resolve("values.yaml")));
    }
}
