package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.demo.environment.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks for people and secrets where they must not be: logs of every pod and of Kubernetes, events, statuses, ConfigMaps,
 * Jobs and pods, metrics. What a user wrote into a {@code spec} is theirs, and {@code status.user} of an account is the
 * team's own.
 */
public final class LeakScan {
    private static final JsonMapper JSON = new JsonMapper();

    private static final String METRICS = "the metrics of ";

    private final Cluster cluster;
    private final Path world;

    public LeakScan(Cluster cluster, Path world) {
        this.cluster = cluster;
        this.world = world;
    }

    /** One sentence for each find: where, and what kind of thing; never the thing itself. */
    public List<String> findings() {
        List<String> accounts = items("telegramaccounts").stream()
                .map(account -> account.at("/metadata/name").asText())
                .toList();
        Needles needles = Needles.ofWorld(world)
                .butFor(accounts)
                .withSecrets(cluster.kubectl("get", "secrets", "-A", "-o", "json"))
                .withMessages(messages());
        List<String> found = new ArrayList<>();
        Map<String, String> haystacks = haystacks();
        haystacks.forEach((where, text) -> needles.kindsIn(text).forEach(kind -> found.add(where + " holds " + kind)));
        if (haystacks.keySet().stream().noneMatch(where -> where.startsWith(METRICS))) {
            found.add("no operator was there whose metrics could be read: the scan is not whole");
        }
        return found;
    }

    private List<String> messages() {
        List<String> messages = new ArrayList<>();
        for (JsonNode campaign : items("campaigns")) {
            messages.add(campaign.path("spec").path("message").asText(""));
        }
        return messages;
    }

    /** Where to look, and what stands there. */
    private Map<String, String> haystacks() {
        Map<String, String> haystacks = new LinkedHashMap<>();
        for (String kind : List.of("campaigns", "telegramaccounts", "jobs", "pods", "events", "configmaps")) {
            for (JsonNode item : items(kind)) {
                haystacks.put(
                        kind + " " + item.at("/metadata/name").asText(),
                        withoutWhatUsersWrote(kind, item).toString());
            }
        }
        for (Path log : logs()) {
            haystacks.put("the log " + log, read(log));
        }
        for (JsonNode pod : items("pods")) {
            String name = pod.at("/metadata/name").asText();
            if (name.startsWith("beckon-operator")
                    && pod.at("/status/phase").asText().equals("Running")) {
                haystacks.put(
                        METRICS + name,
                        Http.get("http://" + pod.at("/status/podIP").asText() + ":8080/metrics"));
            }
        }
        return haystacks;
    }

    private static JsonNode withoutWhatUsersWrote(String kind, JsonNode item) {
        if (kind.equals("campaigns") || kind.equals("telegramaccounts")) {
            ObjectNode copy = item.deepCopy();
            copy.remove("spec");
            ((ObjectNode) copy.get("metadata")).remove(List.of("managedFields", "annotations"));
            if (copy.get("status") instanceof ObjectNode status) {
                status.remove("user");
            }
            return copy;
        }
        return item;
    }

    private List<JsonNode> items(String kind) {
        try {
            List<JsonNode> items = new ArrayList<>();
            JSON.readTree(cluster.kubectl("get", kind, "-A", "-o", "json"))
                    .get("items")
                    .forEach(items::add);
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every log below the cluster's folder: containers' and Kubernetes' own. */
    private List<Path> logs() {
        try (Stream<Path> files = Files.walk(cluster.state())) {
            return files.filter(f -> f.toString().endsWith(".log")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
