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
 * of Kubernetes, database and Redis; events, statuses, ConfigMaps, Jobs and pods; metrics of operators and gateways. What a user
 * wrote into a {@code spec}, the ConfigMap of an audience or that of a schedule's posts is theirs.
 */
public final class EnvironmentLeaks {
    private static final JsonMapper JSON = new JsonMapper();

    private final Environment environment;
    private final Cluster cluster;

    public EnvironmentLeaks(Environment environment) {
        this.environment = environment;
        this.cluster = environment.cluster();
    }

    /** One sentence for each find, and for what could not be looked at; never the find itself. */
    public List<String> findings() {
        MetricsDoors metrics = metrics();
        List<String> found = new ArrayList<>(new LeakScan(needles(), secrets()).findings(haystacks(metrics)));
        found.addAll(metrics.missing());
        KeptLogs.missing(cluster.keptLogs()).ifPresent(found::add);
        return found;
    }

    /** Chaos may have ended a replica a moment ago; one that does not come back is a finding. */
    private MetricsDoors metrics() {
        List<JsonNode> deployments = items("deployments");
        for (JsonNode program : new MetricsDoors(deployments, List.of()).installed()) {
            cluster.giveReplicasTime(
                    program.at("/metadata/namespace").asText(),
                    program.at("/metadata/name").asText());
        }
        return new MetricsDoors(deployments, items("pods"));
    }

    private Needles needles() {
        List<String> accounts = items("telegramaccounts").stream()
                .map(account -> account.at("/metadata/name").asText())
                .toList();
        List<JsonNode> campaigns = items("campaigns");
        List<JsonNode> configMaps = items("configmaps");
        Needles people = People.ofWorld(environment.world(), new Needles());
        return People.ofAudiences(campaigns, new UserFiles(items("secrets"), configMaps), people)
                .butFor(accounts)
                .withSecrets(cluster.kubectl("get", "secrets", "-A", "-o", "json"))
                .withMessages(campaigns.stream()
                        .map(campaign -> campaign.path("spec").path("message").asText(""))
                        .toList())
                .withMessages(Posts.of(items("autopostschedules"), configMaps));
    }

    private SecretBytes secrets() {
        try (Connection admin = environment.admin()) {
            return SessionSecrets.of(new TruthDoor(environment.telegram().truth()), admin, environment.keys());
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer", e);
        }
    }

    /** Where to look. */
    private List<Haystack> haystacks(MetricsDoors metrics) {
        List<Haystack> haystacks = new ArrayList<>();
        haystacks.addAll(Haystack.ofObjects(Posts.butForContents(
                People.butForAudiences(items("configmaps"), items("campaigns")), items("autopostschedules"))));
        List<String> kinds = new ArrayList<>(List.of("jobs", "cronjobs", "deployments", "pods", "events"));
        cluster.kubectl("api-resources", "--api-group=beckon.dev", "-o", "name")
                .lines()
                .forEach(kinds::add);
        for (String kind : kinds) {
            haystacks.addAll(Haystack.ofObjects(items(kind)));
        }
        haystacks.addAll(Haystack.logsBelow(cluster.state()));
        environment.serverLogs().forEach(log -> haystacks.add(Haystack.ofFile(log)));
        for (MetricsDoors.Door door : metrics.open()) {
            haystacks.add(Haystack.of("the metrics of " + door.pod(), Http.get(door.url())));
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
