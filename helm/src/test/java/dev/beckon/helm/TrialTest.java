package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.keys.LedgerKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An installation with a database of its own, to try Beckon out, and one whose database is there already. */
class TrialTest {
    private static final Map<String, JsonNode> TRIAL = Chart.rendered(Path.of("src/test/resources/values/trial.yaml"));

    private static String secret(String key, String field) {
        return Chart.decoded(TRIAL.get(key).at("/data/" + field));
    }

    @Test
    void withoutItThereIsNoServerAndNoSecret() {
        assertThat(Chart.rendered(Map.of()).keySet())
                .noneMatch(key -> key.contains("trial") || key.matches("(Secret|StatefulSet|Job)/.*"));
    }

    @Test
    void allThatItNeedsIsThere() {
        assertThat(TRIAL.keySet())
                .contains(
                        "Secret/beckon-trial",
                        "Secret/beckon-operator",
                        "Secret/beckon-gateway",
                        "Secret/beckon-steward",
                        "Secret/beckon-worker/team",
                        "Service/beckon-trial-database",
                        "Service/beckon-trial-redis",
                        "StatefulSet/beckon-trial-database",
                        "StatefulSet/beckon-trial-redis",
                        "NetworkPolicy/beckon-trial-database",
                        "NetworkPolicy/beckon-trial-redis",
                        "Job/beckon-bootstrap-1");
        assertThat(TRIAL.get("Job/beckon-bootstrap-1")
                        .at("/metadata/annotations")
                        .isMissingNode())
                .as("no hook: the database is of the same release")
                .isTrue();
    }

    @Test
    void eachServiceHasAPasswordOfItsOwnThatIsWhatTheBootstrapGivesItsUser() {
        for (String service : List.of("operator", "gateway", "steward")) {
            assertThat(secret("Secret/beckon-" + service, "password"))
                    .hasSize(32)
                    .isEqualTo(secret("Secret/beckon-trial", service + "-password"));
            assertThat(secret("Secret/beckon-" + service, "username")).isEqualTo("beckon_" + service);
        }
        assertThat(secret("Secret/beckon-worker/team", "password"))
                .isEqualTo(secret("Secret/beckon-trial", "worker-password"));
        assertThat(TRIAL.get("Secret/beckon-trial")
                        .get("data")
                        .propertyStream()
                        .filter(field -> field.getKey().endsWith("password"))
                        .map(field -> field.getValue().asText()))
                .hasSize(6)
                .doesNotHaveDuplicates();
        assertThat(TRIAL.get("Secret/beckon-operator").get("data").has("keys.json"))
                .as("the operator reads nobody")
                .isFalse();
    }

    /** The chart can't run `worker keys`, so it writes Tink's format itself. */
    @Test
    void itsKeysAreKeysOfALedger() {
        String json = secret("Secret/beckon-trial", "keys.json");
        assertThat(List.of("Secret/beckon-gateway", "Secret/beckon-steward", "Secret/beckon-worker/team"))
                .allSatisfy(key -> assertThat(secret(key, "keys.json")).isEqualTo(json));

        LedgerKeys keys = LedgerKeys.fromJson(json);
        assertThat(keys.toJson()).contains("AesGcmKey", "HmacPrfKey");
        assertThat(keys.fieldCipher()).isNotNull();
        assertThat(keys.lookupKeys()).isNotNull();
    }

    @Test
    void otherKeysAreMadeEachTime() {
        assertThat(Chart.rendered(Map.of("trial.enabled", true)).get("Secret/beckon-trial"))
                .isNotEqualTo(TRIAL.get("Secret/beckon-trial"));
    }

    @Test
    void onlyBeckonsPodsReachItsServers() {
        JsonNode from = TRIAL.get("NetworkPolicy/beckon-trial-database").at("/spec/ingress/0/from");

        assertThat(from)
                .hasSize(2)
                .allSatisfy(peer -> assertThat(peer.has("podSelector")).isTrue());
        assertThat(TRIAL.get("NetworkPolicy/beckon-trial-database").at("/spec/egress"))
                .isEmpty();
        Chart.pods(TRIAL).keySet().stream()
                .filter(key -> key.startsWith("Deployment/"))
                .forEach(key -> assertThat(TRIAL.get(key)
                                .at("/spec/template/metadata/labels/app.kubernetes.io~1part-of")
                                .asText())
                        .isEqualTo("beckon"));
    }

    @Test
    void redisMayBeLeftAway() {
        Map<String, JsonNode> without = Chart.rendered(Map.of("trial.enabled", true, "trial.redis.enabled", false));

        assertThat(without.keySet()).noneMatch(key -> key.contains("redis"));
        assertThat(without.get("Secret/beckon-operator").get("data").has("redis-url"))
                .isFalse();
    }

    @Test
    void aDatabaseThatIsThereIsPreparedByAHookBeforeTheRelease() {
        JsonNode job = Chart.rendered(Map.of("bootstrap.enabled", true, "gateway.enabled", true))
                .get("Job/beckon-bootstrap");

        assertThat(job.at("/metadata/annotations/helm.sh~1hook").asText()).isEqualTo("pre-install,pre-upgrade");
        assertThat(job.at("/spec/template/spec/containers/0/args").toString())
                .isEqualTo("[\"migrate\",\"--wait\",\"PT4M\"]");
        assertThat(job.at("/spec/template/spec/containers/0/env")
                        .valueStream()
                        .map(it -> it.get("name").asText()))
                .containsExactly(
                        "BECKON_LEDGER_JDBC_URL",
                        "BECKON_LEDGER_USERNAME",
                        "BECKON_LEDGER_PASSWORD",
                        "BECKON_OPERATOR_PASSWORD",
                        "BECKON_WORKER_PASSWORD",
                        "BECKON_STEWARD_PASSWORD",
                        "BECKON_GATEWAY_PASSWORD");
    }

    @Test
    void oneOrTheOther() {
        assertThatThrownBy(() -> Chart.rendered(Map.of("bootstrap.enabled", true, "trial.enabled", true)))
                .hasMessageContaining("leave bootstrap.enabled false");
    }
}
