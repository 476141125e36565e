package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Where the installation's programs tell metrics: each replica of its own.
 *
 * @param deployments as {@code kubectl get deployments -o json} lists them
 * @param pods as {@code kubectl get pods -o json} lists them
 */
record MetricsDoors(List<JsonNode> deployments, List<JsonNode> pods) {
    private static final String OPERATOR = "beckon-operator";
    /** An installation without webhooks has none. */
    private static final String GATEWAY = "beckon-gateway";

    private static final List<String> PROGRAMS = List.of(OPERATOR, GATEWAY);

    private static final String PROGRAM = "app.kubernetes.io/name";

    /** One replica's. */
    record Door(String pod, String url) {}

    /** The Deployments of these programs that should have a replica. */
    List<JsonNode> installed() {
        return deployments.stream()
                .filter(it -> PROGRAMS.contains(it.at("/metadata/name").asText()))
                .filter(it -> it.at("/spec/replicas").asInt() > 0)
                .toList();
    }

    /** Those that can be read now: a pod that is being taken away answers no more, and one that begins not yet. */
    List<Door> open() {
        List<Door> doors = new ArrayList<>();
        for (String program : PROGRAMS) {
            podsOf(program)
                    .forEach(pod -> doors.add(new Door(
                            pod.at("/metadata/name").asText(),
                            "http://" + pod.at("/status/podIP").asText() + ":8080/metrics")));
        }
        return doors;
    }

    /** A sentence for each program of which fewer replicas can be read than there should be: a search without them is not whole. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (String program : PROGRAMS) {
            int read = podsOf(program).size();
            int wanted = Math.max(replicas(program), program.equals(OPERATOR) ? 1 : 0);
            if (read < wanted) {
                missing.add("the metrics of " + read + " of " + wanted + " replicas of " + program
                        + " could be read: the scan is not whole");
            }
        }
        return missing;
    }

    private int replicas(String program) {
        return installed().stream()
                .filter(it -> it.at("/metadata/name").asText().equals(program))
                .mapToInt(it -> it.at("/spec/replicas").asInt())
                .sum();
    }

    private List<JsonNode> podsOf(String program) {
        return pods.stream()
                .filter(pod -> pod.path("metadata")
                        .path("labels")
                        .path(PROGRAM)
                        .asText()
                        .equals(program))
                .filter(pod -> pod.at("/status/phase").asText().equals("Running"))
                .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
                .filter(MetricsDoors::isReady)
                .toList();
    }

    private static boolean isReady(JsonNode pod) {
        return StreamSupport.stream(pod.at("/status/conditions").spliterator(), false)
                .anyMatch(it -> it.path("type").asText().equals("Ready")
                        && it.path("status").asText().equals("True"));
    }
}
