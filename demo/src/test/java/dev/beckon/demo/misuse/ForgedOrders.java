package dev.beckon.demo.misuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Somebody who may create Jobs and Secrets: takes the Job and the work order of a worker that runs, and starts workers of their own with
 * orders of their own.
 */
final class ForgedOrders {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ORDER = "work-order.json";

    private final Stage team;
    private final ObjectNode job;
    private final String secret;
    private final String order;
    private final String answerToEdit;
    private final String answerToPatch;

    private ForgedOrders(Stage team, ObjectNode job, String secret, String order) {
        this.team = team;
        this.job = job;
        this.secret = secret;
        this.order = order;
        this.answerToEdit = edited();
        this.answerToPatch = answer(
                "set", "env", "job/" + job.at("/metadata/name").asText(), "JAVA_TOOL_OPTIONS=-Duser.timezone=UTC");
    }

    /** @param campaign that runs: its order goes with its worker */
    static ForgedOrders from(Stage team, String campaign) {
        JsonNode jobs = read(team.kubectl("get", "jobs", "-l", "beckon.dev/campaign=" + campaign, "-o", "json"));
        ObjectNode job = (ObjectNode) jobs.get("items").get(0);
        String secret =
                job.at("/metadata/annotations").path("beckon.dev/work-order").asText();
        JsonNode data =
                read(team.kubectl("get", "secret", secret, "-o", "json")).get("data");
        String order = new String(Base64.getDecoder().decode(data.get(ORDER).asText()), StandardCharsets.UTF_8);
        return new ForgedOrders(team, job, secret, order);
    }

    /** What comes of putting a changed order where the operator's worker reads it, while there is one. */
    private String edited() {
        byte[] changed = order.replace("LinkOnly", "InviteAndMessage").getBytes(StandardCharsets.UTF_8);
        String data = "{\"data\":{\"" + ORDER + "\":\"" + Base64.getEncoder().encodeToString(changed) + "\"}}";
        return answer("patch", "secret", secret, "--type=merge", "-p", data);
    }

    private String answer(String... arguments) {
        try {
            return team.kubectl(arguments);
        } catch (IllegalStateException refused) {
            return refused.getMessage();
        }
    }

    /** What the API server said to an edit of a work order. */
    String answerToEdit() {
        return answerToEdit;
    }

    /** What it said to a patch of a running worker's environment. */
    String answerToPatch() {
        return answerToPatch;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String campaignUid() {
        return read(order).at("/campaign/uid").asText();
    }

    /**
     * Starts a worker with a changed order and waits for its end.
     *
     * @param end of its Job: {@code Complete} or {@code Failed}
     * @return its pod, as {@code pod/name}
     */
    String run(String name, UnaryOperator<String> change, String end) {
        return run(name, change, Map.of(), end);
    }

    /** The same in another environment: variables of the worker's container by their names. */
    String run(String name, UnaryOperator<String> change, Map<String, String> environment, String end) {
        String forged = change.apply(order);
        if (forged.equals(order)) {
            throw new IllegalArgumentException("nothing was forged");
        }
        ObjectNode own = JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Secret");
        own.putObject("metadata").put("name", name);
        own.putObject("stringData").put(ORDER, forged);
        team.apply(own.toString());
        team.apply(job(name, environment).toString());
        team.await(Team.HOME, "job/" + name, ".status.conditions[?(@.type==\"" + end + "\")].status", "True");
        return "pod/" + team.kubectl("get", "pods", "-l", "forged=" + name, "-o", "jsonpath={.items[0].metadata.name}");
    }

    /** The operator's, without what ties it to the operator. */
    private JsonNode job(String name, Map<String, String> environment) {
        ObjectNode copy = (ObjectNode) read(job.toString().replace("\"" + secret + "\"", "\"" + name + "\""));
        copy.remove("status");
        copy.remove("metadata");
        copy.putObject("metadata").put("name", name);
        ObjectNode spec = (ObjectNode) copy.get("spec");
        spec.remove(List.of("selector", "ttlSecondsAfterFinished"));
        ObjectNode template = (ObjectNode) spec.get("template");
        template.remove("metadata");
        template.putObject("metadata").putObject("labels").put("forged", name);
        ArrayNode variables = (ArrayNode) template.at("/spec/containers/0/env");
        variables.removeIf(
                variable -> environment.containsKey(variable.get("name").asText()));
        environment.forEach(
                (variable, value) -> variables.addObject().put("name", variable).put("value", value));
        return copy;
    }

    String exitCode(String pod) {
        return team.kubectl("get", pod, "-o", "jsonpath={.status.containerStatuses[0].state.terminated.exitCode}");
    }
}
