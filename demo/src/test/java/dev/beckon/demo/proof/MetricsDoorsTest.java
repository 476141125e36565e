package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsDoorsTest {
    private static final JsonNode GATEWAYS = yaml("{metadata: {name: beckon-gateway}, spec: {replicas: 1}}");

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static JsonNode pod(String program, String address, String more) {
        return yaml("{metadata: {name: " + program + "-1, labels: {app.kubernetes.io/name: " + program + "}" + more
                + "}, status: {phase: Running, podIP: " + address + ", conditions: [{type: Ready, status: 'True'}]}}");
    }

    private static JsonNode pod(String program, String address) {
        return pod(program, address, "");
    }

    @Test
    void eachReplicaOfOperatorAndGatewayIsRead() {
        MetricsDoors doors = new MetricsDoors(
                List.of(GATEWAYS),
                List.of(
                        pod("beckon-operator", "10.0.0.1"),
                        pod("beckon-operator", "10.0.0.2"),
                        pod("beckon-gateway", "10.0.0.3"),
                        pod("beckon-retention", "10.0.0.4")));

        assertThat(doors.open())
                .extracting(MetricsDoors.Door::url)
                .containsExactly(
                        "http://10.0.0.1:8080/metrics", "http://10.0.0.2:8080/metrics", "http://10.0.0.3:8080/metrics");
        assertThat(doors.missing()).isEmpty();
    }

    @Test
    void aGatewayThatShouldBeThereAndIsNotMakesTheScanNotWhole() {
        MetricsDoors doors = new MetricsDoors(List.of(GATEWAYS), List.of(pod("beckon-operator", "10.0.0.1")));

        assertThat(doors.missing())
                .containsExactly(
                        "the metrics of 0 of 1 replicas of beckon-gateway could be read: the scan is not whole");
    }

    @Test
    void anInstallationWithoutWebhooksNeedsNoGatewayButAnOperator() {
        assertThat(new MetricsDoors(List.of(), List.of(pod("beckon-operator", "10.0.0.1"))).missing())
                .isEmpty();
        assertThat(new MetricsDoors(
                                List.of(yaml("{metadata: {name: beckon-gateway}, spec: {replicas: 0}}")),
                                List.of(pod("beckon-operator", "10.0.0.1")))
                        .missing())
                .isEmpty();
        assertThat(new MetricsDoors(List.of(), List.of()).missing())
                .containsExactly(
                        "the metrics of 0 of 1 replicas of beckon-operator could be read: the scan is not whole");
    }

    @Test
    void aReplicaThatIsNotReadIsToldThoughAnotherIs() {
        MetricsDoors doors = new MetricsDoors(
                List.of(yaml("{metadata: {name: beckon-operator}, spec: {replicas: 2}}")),
                List.of(pod("beckon-operator", "10.0.0.1")));

        assertThat(doors.missing())
                .containsExactly(
                        "the metrics of 1 of 2 replicas of beckon-operator could be read: the scan is not whole");
    }

    @Test
    void aPodThatIsBeingTakenAwayOrIsNotReadyIsNotAsked() {
        JsonNode starting = yaml("{metadata: {name: new, labels: {app.kubernetes.io/name: beckon-gateway}},"
                + " status: {phase: Running, podIP: 10.0.0.5, conditions: [{type: Ready, status: 'False'}]}}");
        MetricsDoors doors = new MetricsDoors(
                List.of(GATEWAYS),
                List.of(
                        pod("beckon-operator", "10.0.0.1"),
                        pod("beckon-gateway", "10.0.0.3", ", deletionTimestamp: '2026-11-26T12:00:00Z'"),
                        starting));

        assertThat(doors.open()).extracting(MetricsDoors.Door::url).containsExactly("http://10.0.0.1:8080/metrics");
        assertThat(doors.missing()).hasSize(1);
    }
}
