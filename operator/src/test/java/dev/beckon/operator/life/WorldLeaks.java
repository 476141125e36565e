package dev.beckon.operator.life;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.leakscan.Haystack;
import dev.beckon.leakscan.KeptLogs;
import dev.beckon.leakscan.LeakScan;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import dev.beckon.ledger.testing.TestDatabase;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks for people, texts to them and secrets in what operators and workers have printed, and in the objects of the API server.
 * Of sessions those that scripted workers saved: there is no Telegram here, and so no auth key.
 */
final class WorldLeaks {
    /** Here a test plants leaks, to see them found. */
    static final String PLANTED = "life-planted";

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<List<String>> KINDS = List.of(
            List.of("v1", "ConfigMap"),
            List.of("v1", "Event"),
            List.of("v1", "Pod"),
            List.of("apps/v1", "Deployment"),
            List.of("batch/v1", "CronJob"),
            List.of("batch/v1", "Job"));

    private final RealWorld world;
    private final KubernetesClient client;

    WorldLeaks(RealWorld world) {
        this.world = world;
        this.client = world.client();
    }

    /** What the operator and its workers have told of people and Secrets; nothing of what is planted. */
    List<String> findings() {
        List<String> found = new ArrayList<>(
                new LeakScan(needles(), secrets()).findings(haystacks(where -> !where.contains(PLANTED))));
        KeptLogs.missing(world.keptLogs()).ifPresent(found::add);
        return found;
    }

    /** What of it is found where tests plant leaks. */
    List<String> planted() {
        return planted(needles(), secrets());
    }

    /** What is found of the planted, where it is planted. */
    List<String> planted(Needles needles, SecretBytes secrets) {
        return new LeakScan(needles, secrets).findings(haystacks(where -> where.contains(PLANTED)));
    }

    private Needles needles() {
        Needles needles = new Needles()
                .with("the operator's password", TestDatabase.OPERATOR_PASSWORD)
                .withSecretValue("keys.json", world.workerSecret().get("keys.json"));
        for (Secret secret : client.secrets().inAnyNamespace().list().getItems()) {
            if (secret.getData() != null) {
                secret.getData().forEach((key, value) -> needles.withSecretValue(key, text(value)));
            }
        }
        needles.with("a parsed person's username", ScriptedParser.USERNAMES);
        for (String person : world.written().people()) {
            needles.with(person.startsWith("+") ? "a person's phone" : "a person's username", person);
        }
        needles.with("a person's name", Written.FIRST_NAME);
        needles.withMessages(world.written().texts());
        return needles;
    }

    private SecretBytes secrets() {
        SecretBytes secrets = new SecretBytes();
        world.savedSessions().forEach(session -> secrets.with("a saved session", session));
        return secrets;
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** Those of Kubernetes that we write, and ours as they are served, so that one that is new is not forgotten. */
    private List<List<String>> kinds() {
        List<List<String>> kinds = new ArrayList<>(KINDS);
        client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(CustomResourceDefinition::getSpec)
                .filter(definition -> definition.getGroup().equals("beckon.dev"))
                .forEach(definition -> definition
                        .getVersions()
                        .forEach(version -> kinds.add(List.of(
                                definition.getGroup() + "/" + version.getName(),
                                definition.getNames().getKind()))));
        return kinds;
    }

    private List<Haystack> haystacks(Predicate<String> here) {
        List<Haystack> all = new ArrayList<>(world.logs());
        for (List<String> kind : kinds()) {
            client.genericKubernetesResources(kind.get(0), kind.get(1)).inAnyNamespace().list().getItems().stream()
                    .map(object -> JSON.<JsonNode>valueToTree(object))
                    .forEach(object -> all.add(Haystack.ofObject(object)));
        }
        for (OperatorProcess operator : world.operators()) {
            if (operator.isAlive()) {
                all.add(Haystack.of("the metrics of " + operator.name(), operator.metrics()));
            }
        }
        return all.stream()
                .filter(haystack -> here.test(haystack.where()))
                .filter(haystack -> !world.written().isOurs(haystack.where()))
                .toList();
    }
}
