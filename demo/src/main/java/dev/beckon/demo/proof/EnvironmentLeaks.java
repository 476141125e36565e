package dev.beckon.demo.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.environment.Cluster;
import dev.beckon.demo.environment.Environment;
import dev.beckon.leakscan.Haystack;
import dev.beckon.leakscan.KeptLogs;
import dev.beckon.leakscan.LeakScan;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for people and secrets where they must not be in a whole environment: logs of every pod, also of those that are gone,
 * of Kubernetes, database and Redis; events, statuses, ConfigMaps, Jobs and pods; metrics. What a user wrote into a {@code spec}
 * or the ConfigMap of an audience is theirs.
 */
public final class EnvironmentLeaks {
    private static final JsonMapper JSON = new JsonMapper();

    private static final String METRICS = "the metrics of ";

    private final Environment environment;
    private final Cluster cluster;

    public EnvironmentLeaks(Environment environment) {
        this.environment = environment;
        this.cluster = environment.cluster();
    }

    /** One sentence for each find, and for what could not be looked at; never the find itself. */
    public List<String> findings() {
        List<Haystack> haystacks = haystacks();
        List<String> found = new ArrayList<>(new LeakScan(needles(), secrets()).findings(haystacks));
        if (haystacks.stream().noneMatch(haystack -> haystack.where().startsWith(METRICS))) {
            found.add("no operator was there whose metrics could be read: the scan is not whole");
        }
        KeptLogs.missing(cluster.keptLogs()).ifPresent(found::add);
        return found;
    }

    private Needles needles() {
        List<String> accounts = items("telegramaccounts").stream()
                .map(account -> account.at("/metadata/name").asText())
                .toList();
        List<JsonNode> campaigns = items("campaigns");
        Needles people = People.ofWorld(environment.world(), new Needles());
        return People.ofAudiences(campaigns, new UserFiles(items("secrets"), items("configmaps")), people)
                .butFor(accounts)
                .withSecrets(cluster.kubectl("get", "secrets", "-A", "-o", "json"))
                .withMessages(campaigns.stream()
                        .map(campaign -> campaign.path("spec").path("message").asText(""))
                        .toList());
    }

    private SecretBytes secrets() {
        try (Connection admin = environment.admin()) {
            return SessionSecrets.of(new TruthDoor(environment.telegram().truth()), admin, environment.keys());
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    /** Where to look. */
    private List<Haystack> haystacks() {
        List<Haystack> haystacks = new ArrayList<>();
        haystacks.addAll(Haystack.ofObjects(People.butForAudiences(items("configmaps"), items("campaigns"))));
        List<String> kinds = new ArrayList<>(List.of("jobs", "cronjobs", "deployments", "pods", "events"));
        cluster.kubectl("api-resources", "--api-group=beckon.dev", "-o", "name")
                .lines()
                .forEach(kinds::add);
        for (String kind : kinds) {
            haystacks.addAll(Haystack.ofObjects(items(kind)));
        }
        haystacks.addAll(Haystack.logsBelow(cluster.state()));
        environment.serverLogs().forEach(log -> haystacks.add(Haystack.ofFile(log)));
        for (JsonNode pod : items("pods")) {
            String name = pod.at("/metadata/name").asText();
            if (name.startsWith("beckon-operator")
                    && pod.at("/status/phase").asText().equals("Running")) {
                haystacks.add(Haystack.of(
                        METRICS + name,
                        Http.get("http://" + pod.at("/status/podIP").asText() + ":8080/metrics")));
            }
        }
        return haystacks;
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
}
