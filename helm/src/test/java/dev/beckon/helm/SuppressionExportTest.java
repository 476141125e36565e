package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The suppression list on a volume, for what a backup of the database lacks. */
class SuppressionExportTest {
    private static final String NAME = "beckon-suppression-export";

    private static JsonNode pod(Map<String, JsonNode> objects) {
        return objects.get("CronJob/" + NAME).at("/spec/jobTemplate/spec/template/spec");
    }

    @Test
    void withoutItNothingIsThere() {
        assertThat(Chart.rendered(Map.of("networkPolicies.enabled", true)).keySet())
                .noneMatch(key -> key.contains("suppression"));
    }

    @Test
    void asManyAsAreAskedForStayOnAVolumeThatOutlivesTheRelease() {
        Map<String, JsonNode> objects =
                Chart.rendered(Map.of("suppressionExport.enabled", true, "suppressionExport.keep", 9));

        assertThat(pod(objects).at("/containers/0/args").toString())
                .isEqualTo("[\"suppression\",\"export\",\"--folder\",\"/exports\",\"--keep\",\"9\"]");
        assertThat(pod(objects).at("/volumes/1/persistentVolumeClaim/claimName").asText())
                .isEqualTo(NAME);
        assertThat(objects.get("PersistentVolumeClaim/" + NAME)
                        .at("/metadata/annotations/helm.sh~1resource-policy")
                        .asText())
                .isEqualTo("keep");
        assertThat(objects.keySet()).noneMatch(key -> key.contains("ServiceAccount/" + NAME));
    }

    @Test
    void aClaimThatIsThereIsTaken() {
        Map<String, JsonNode> objects = Chart.rendered(
                Map.of("suppressionExport.enabled", true, "suppressionExport.volume.claimName", "on-nfs"));

        assertThat(pod(objects).at("/volumes/1/persistentVolumeClaim/claimName").asText())
                .isEqualTo("on-nfs");
        assertThat(objects.keySet()).noneMatch(key -> key.startsWith("PersistentVolumeClaim/"));
    }

    @Test
    void itReachesTheDatabaseOnly() {
        JsonNode policy = Chart.rendered(Map.of("suppressionExport.enabled", true, "networkPolicies.enabled", true))
                .get("NetworkPolicy/" + NAME);

        assertThat(policy.at("/spec/ingress")).isEmpty();
        assertThat(policy.at("/spec/egress").toString())
                .contains("53", "3306")
                .doesNotContain("6379", "443", "0.0.0.0");
    }

    @Test
    void aTrialHasNoBackup() {
        assertThatThrownBy(() -> Chart.rendered(Map.of("suppressionExport.enabled", true, "trial.enabled", true)))
                .hasMessageContaining("leave suppressionExport.enabled false");
    }
}
