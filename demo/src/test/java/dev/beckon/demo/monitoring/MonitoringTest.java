package dev.beckon.demo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Cluster;
import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Manifests;
import dev.beckon.demo.stage.Stage;
import dev.beckon.demo.stage.StageExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One run with people who were reached and some who were not, a limited account, posts, refused posts and a webhook; then everything is asked. */
@Tag("monitoring")
@ExtendWith(StageExtension.class)
class MonitoringTest {
    private static final String TEAM = "seen";
    private static final String SYSTEM = "beckon-system";
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static Stage stage;
    private static Prometheus prometheus;
    private static Map<String, List<String>> targets;

    @BeforeAll
    static void aRunThatPrometheusScrapes(Stage shared) throws IOException, InterruptedException {
        stage = shared;
        String gateway = stage.environment().openGateway(new Progress());
        targets = Map.of("beckon-operator", pods("beckon-operator"), "beckon-gateway", pods("beckon-gateway"));
        prometheus = Prometheus.start(
                Path.of("target/monitoring").toAbsolutePath(),
                Stage.checkout().resolve("helm/beckon/alerts/rules.yaml"),
                targets);
        stage.namespace(TEAM);
        stage.apply(Stream.of(
                        Manifests.beside(MonitoringTest.class, "team.yaml"),
                        account("writer", 1),
                        account("limited", 2),
                        account("poster", 3),
                        account("hotline", 4),
                        withoutSecret())
                .collect(Collectors.joining("---\n")));
        for (String name : List.of("writer", "limited", "poster", "hotline")) {
            stage.await(TEAM, "telegramaccount/" + name, ".status.state", "Ready");
        }
        stage.apply(campaign("meetup", "writer")
                .people("m_first", "m_second", "m_nobody_of_that_name")
                .text());
        stage.apply(campaign("too-many", "limited")
                .people("m_stranger", "m_other_stranger")
                .text());
        stage.apply(campaign("hotline", "hotline")
                .audience("{webhook: {secretRef: {name: hook}}}")
                .text());
        await().atMost(PATIENCE).until(() -> posts(gateway, "{}") == 422);
        assertThat(posts(gateway, "{\"phone\": \"+4915140000011\"}")).isEqualTo(202);
        stage.await(TEAM, "campaign/meetup", ".status.state", "Succeeded");
        stage.await(TEAM, "telegramaccount/limited", ".status.state", "Limited");
        stage.await(TEAM, "parserjob/group", ".status.state", "Succeeded");
        stage.await(TEAM, "campaign/hotline", ".status.waitingFor", "Webhook");
        stage.await(TEAM, "autopostschedule/news", ".status.progress.published", "1");
        // A rate wants two scrapes, and what happened last is told within a moment.
        await().atMost(PATIENCE)
                .until(() -> number("max(beckon_posts_total{outcome=\"Published\"})") >= 1
                        && number("max(beckon_campaign_people{audience=\"Webhook\", standing=\"Pending\"})") == 0);
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInMetricsLogsOrEvents() {
        assertThat(stage.leaks()).isEmpty();
    }

    @Test
    void everyPanelOfEveryDashboardHasData() {
        Map<String, String> queries = Panels.queries();
        assertThat(queries).hasSizeGreaterThan(50);
        List<String> empty = new ArrayList<>();
        queries.forEach((panel, query) -> {
            if (!prometheus.drew(query)) {
                empty.add(panel + ": " + query);
            }
        });
        assertThat(empty).isEmpty();
    }

    @Test
    void everyRuleIsEvaluatedAndTheLimitedAccountIsSeenAtOnce() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> StreamSupport.stream(prometheus.rules().spliterator(), false)
                        .flatMap(
                                group -> StreamSupport.stream(group.get("rules").spliterator(), false))
                        .allMatch(rule -> rule.get("health").asText().equals("ok")));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !states("BeckonAccountLimited").isEmpty()
                        && states("BeckonPostsFailed").equals(Set.of("firing")));
        assertThat(states("BeckonNoLeader")).isEmpty();
        assertThat(states("BeckonLedgerUnreachable")).isEmpty();
        assertThat(states("BeckonRedisUnreachable")).isEmpty();
        assertThat(states("BeckonWorkersNotWatched")).isEmpty();
    }

    private static Set<String> states(String alert) {
        Set<String> states = new TreeSet<>();
        prometheus
                .now("ALERTS{alertname=\"" + alert + "\"}")
                .forEach(it -> states.add(it.at("/metric/alertstate").asText()));
        return states;
    }

    @Test
    void theSumsAreThoseOfTheStatusesAtEachReplica() {
        assertThat(
                        number(
                                "min(beckon_resources{kind=\"TelegramAccount\", resource_namespace=\"seen\", state=\"Limited\"})"))
                .isEqualTo(1);
        assertThat(
                        number(
                                "min(sum by (instance) (beckon_resources{kind=\"TelegramAccount\", resource_namespace=\"seen\"}))"))
                .isEqualTo(5);
        assertThat(number("min(beckon_people_done_total{resource_namespace=\"seen\", outcome=\"LinkSent\"})"))
                .isGreaterThanOrEqualTo(3);
        assertThat(number("sum(beckon_leading)")).isEqualTo(1);
        assertThat(number("max(beckon_worker_runs_ended_total{task=\"invite\", ending=\"Completed\"})"))
                .isPositive();
    }

    @Test
    void everyDocumentedMetricOfOthersIsThere() throws IOException {
        String page = Files.readString(Stage.checkout().resolve("docs/metrics.md"));
        String table = page.substring(page.indexOf("| metric of others"), page.indexOf("## Health"));
        List<String> missing = Pattern.compile("`([a-z_]{6,})`")
                .matcher(table)
                .results()
                .map(it -> it.group(1))
                .filter(it ->
                        prometheus.now("{__name__=~\"" + it + "(_bucket)?\"}").isEmpty())
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void namesAndHelpAreAsPrometheusOwnToolWantsThem() throws IOException, InterruptedException {
        for (List<String> replicas : targets.values()) {
            String own = get("http://" + replicas.getFirst() + "/metrics")
                    .lines()
                    .filter(it -> it.matches("(# (HELP|TYPE) )?beckon_.*"))
                    .collect(Collectors.joining("\n", "", "\n"));
            assertThat(own).contains("beckon_ledger_up");
            Tools.run(own, Tools.path("promtool").toString(), "check", "metrics");
        }
    }

    @Test
    void theCommandsOfTheRunbooksExist() throws IOException {
        Set<String> commands = new TreeSet<>();
        try (Stream<Path> pages = Files.list(Stage.checkout().resolve("docs/runbooks"))) {
            for (Path page : pages.toList()) {
                Files.readString(page)
                        .lines()
                        .filter(it -> it.startsWith("kubectl ") && !it.contains("NAME"))
                        .forEach(commands::add);
            }
        }
        assertThat(commands).hasSizeGreaterThan(15);
        for (String command : commands) {
            typed(command);
        }
        // Those with a name in them, for somebody who is there.
        typed("kubectl describe campaign too-many -n seen");
        typed(
                "kubectl get campaign too-many -n seen -o jsonpath='{.status.outcomes}{\"\\n\"}{.status.lastError}{\"\\n\"}{.status.breaker}{\"\\n\"}'");
    }

    private static String typed(String command) {
        Cluster cluster = stage.environment().cluster();
        return Tools.run(
                "",
                "env",
                "KUBECONFIG=" + cluster.kubeconfig(),
                "PATH=" + cluster.state().resolve("bin") + ":" + System.getenv("PATH"),
                "bash",
                "-euo",
                "pipefail",
                "-c",
                command);
    }

    @Test
    void aSupportBundleHasWhatHelpsAndNobodyAndNoSecret() throws IOException {
        Path folder =
                Files.createDirectories(Path.of("target/monitoring/bundle").toAbsolutePath());
        Path file = folder.resolve("bundle.tar.gz");
        typed(Stage.checkout().resolve("scripts/support-bundle") + " " + file);
        Tools.run("", "tar", "-xzf", file.toString(), "-C", folder.toString());

        Map<String, String> parts = read(folder.resolve("beckon-support"));
        assertThat(parts.keySet())
                .contains(
                        "version.txt",
                        "accounts.txt",
                        "campaigns.txt",
                        "parsers.txt",
                        "schedules.txt",
                        "events.txt",
                        "settings.txt")
                .anyMatch(it -> it.startsWith("logs/beckon-operator"))
                .anyMatch(it -> it.startsWith("logs/seen.meetup-writer-1"))
                .noneMatch(it -> it.contains("-login-"));
        assertThat(parts.get("campaigns.txt")).contains("seen/meetup", "Succeeded", "NotFound");
        assertThat(parts.get("accounts.txt")).contains("seen/limited", "PeerFlood");
        // What local-cluster's API server does not pass on is told.
        assertThat(parts.getOrDefault("not-collected.txt", "").lines()).allMatch(it -> it.startsWith("metrics/"));
        List<String> secrets = stage.kubectl(
                        "get",
                        "secrets",
                        "-A",
                        "-o",
                        "go-template={{range .items}}{{range .data}}{{.}}{{\"\\n\"}}{{end}}{{end}}")
                .lines()
                .map(it -> new String(Base64.getDecoder().decode(it), StandardCharsets.UTF_8))
                .filter(it -> it.length() > 12 && !it.startsWith("beckon_"))
                .toList();
        parts.forEach((name, text) -> assertThat(text)
                .as(name)
                .doesNotContain("m_first", "m_stranger", "m_member", "m_caller", "491514", "The first of the news")
                .satisfies(it -> assertThat(secrets).noneMatch(it::contains)));
    }

    private static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> parts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                parts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return parts;
    }

    /** The fields that docs/monitoring.md promises, of each program. */
    @Test
    void linesOfLogsAreJsonWithStableFields() {
        Set<String> server = Set.of("timestamp", "level", "loggerName", "message", "mdc");
        allHave(server, stage.kubectl("logs", "-n", SYSTEM, "deploy/beckon-operator"));
        allHave(server, stage.kubectl("logs", "-n", SYSTEM, "deploy/beckon-gateway"));
        allHave(
                Set.of("timestamp", "level", "loggerName", "formattedMessage", "mdc"),
                stage.kubectl("logs", "-n", TEAM, "job/meetup-writer-1"));
    }

    private static void allHave(Set<String> fields, String log) {
        // kubectl's own words, where a Deployment has two pods.
        assertThat(log.lines().filter(it -> !it.startsWith("Found ")))
                .isNotEmpty()
                .allSatisfy(line -> {
                    Set<String> there = new TreeSet<>();
                    parsed(line).fieldNames().forEachRemaining(there::add);
                    assertThat(there).as(line).containsAll(fields);
                });
    }

    private static JsonNode parsed(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    private static double number(String query) {
        JsonNode answer = prometheus.now(query);
        return answer.isEmpty() ? -1 : answer.at("/0/value/1").asDouble();
    }

    private static List<String> pods(String program) {
        return stage.kubectl(
                        "get",
                        "pods",
                        "-n",
                        SYSTEM,
                        "-l",
                        "app.kubernetes.io/name=" + program,
                        "--field-selector=status.phase=Running",
                        "-o",
                        "jsonpath={range .items[*]}{.status.podIP}:8080{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    private static CampaignYaml campaign(String name, String account) {
        return CampaignYaml.of(name, TEAM, account, "@m_meetup");
    }

    private static String account(String name, int number) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %1$s-login, namespace: seen}
                stringData: {phone: "+491514000000%2$d", code: "12345"}
                ---
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: %1$s, namespace: seen}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                  login: {method: PhoneCode, secretRef: {name: %1$s-login}}
                """.formatted(name, number);
    }

    private static String withoutSecret() {
        return """
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: forgotten, namespace: seen}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                  login: {method: PhoneCode, secretRef: {name: nowhere}}
                """;
    }

    private static int posts(String gateway, String event) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(gateway + "/webhook/seen/hotline"))
                                    .header("Authorization", "Bearer a-token-of-the-monitored-team")
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(event))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    // Without it the answer is OpenMetrics, which promtool does not read.
                                    .header("Accept", "text/plain;version=0.0.4")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
