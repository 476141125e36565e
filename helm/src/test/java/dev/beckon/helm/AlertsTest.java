package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccountStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What promtool does not look at: runbooks, names, and that no alert can name a person. scripts/alerts runs promtool itself. */
class AlertsTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Set<String> LABELS =
            Set.of("resource_namespace", "kind", "reason", "task", "ending", "controller", "instance", "job", "status");

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        Chart.YAML
                .readTree(Chart.text(Chart.FOLDER.resolve("alerts/rules.yaml")))
                .get("groups")
                .forEach(group -> group.get("rules").forEach(alerts::add));
        return alerts;
    }

    private static Set<String> names() throws IOException {
        return alerts().stream().map(it -> it.get("alert").asText()).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachHasASeverityAPartAndItsWords() throws IOException {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
            assertThat(alert.at("/labels/part").asText()).isIn("accounts", "work", "operator", "gateway");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    void eachHasARunbookAndEachRunbookAnAlert() throws IOException {
        assertThat(alerts()).allSatisfy(alert -> {
            String name = alert.get("alert").asText();
            String url = alert.at("/annotations/runbook_url").asText();
            assertThat(url).isEqualTo("runbooks/" + name + ".md");
            assertThat(Files.readString(DOCS.resolve(url)))
                    .startsWith("# " + name + "\n\nSeverity `"
                            + alert.at("/labels/severity").asText() + "`")
                    .contains("## What it means", "## How to look", "```sh\nkubectl ", "## What to do");
        });
        try (Stream<Path> pages = Files.list(DOCS.resolve("runbooks"))) {
            assertThat(pages.map(it -> it.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(names());
        }
    }

    @Test
    void noneCanNameAPersonACampaignOrAnAccount() throws IOException {
        assertThat(alerts()).allSatisfy(alert -> {
            Set<String> told = Pattern.compile("\\$labels\\.(\\w+)")
                    .matcher(alert.get("annotations").toString())
                    .results()
                    .map(it -> it.group(1))
                    .collect(Collectors.toSet());
            assertThat(LABELS).containsAll(told);
        });
    }

    @Test
    void eachIsTriedWhereItFiresAndWhereItDoesNot() throws IOException {
        JsonNode tests = Chart.YAML.readTree(Chart.text(Path.of("src/test/resources/alerts/tests.yaml")));
        Set<String> fire = new TreeSet<>();
        Set<String> rest = new TreeSet<>();
        tests.get("tests")
                .forEach(test -> test.get("alert_rule_test")
                        .forEach(it -> (it.get("exp_alerts").isEmpty() ? rest : fire)
                                .add(it.get("alertname").asText())));

        assertThat(fire).isEqualTo(names());
        assertThat(rest).isEqualTo(names());
    }

    @Test
    void eachRouteOfTheExampleIsOfAnAlertThatExists() throws IOException {
        Set<String> routed = Pattern.compile("alertname=(Beckon\\w+)")
                .matcher(Chart.text(Path.of("src/test/resources/alerts/routes")))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names()).containsAll(routed);
        Set<String> named = Pattern.compile("Beckon[A-Z]\\w+")
                .matcher(Chart.text(Path.of("../examples/monitoring/alertmanager.yaml")))
                .results()
                .map(MatchResult::group)
                .filter(it -> !Set.of("BeckonAccount", "BeckonCampaign", "BeckonPosts")
                        .contains(it))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names()).containsAll(named);
    }

    @Test
    void theStatesTheyAskForExist() throws IOException {
        Set<String> states = Stream.of(
                        TelegramAccountStatus.State.values(),
                        InviteCampaignStatus.State.values(),
                        ParserJobStatus.State.values(),
                        AutopostScheduleStatus.State.values())
                .flatMap(Stream::of)
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
        states.add("New");
        Stream<String> expressions = Stream.concat(
                alerts().stream().map(it -> it.get("expr").asText()),
                Dashboards.queries().map(Dashboards.Query::expression));
        assertThat(expressions
                        .flatMap(it -> Pattern.compile("\\bstate=~?\"([^\"]+)\"")
                                .matcher(it)
                                .results())
                        .flatMap(it -> Stream.of(it.group(1).split("\\|")))
                        .collect(Collectors.toSet()))
                .isSubsetOf(states);
    }

    @Test
    void everyMetricTheyAskForExistsAndEveryMetricIsAskedFor() throws IOException {
        Set<String> own =
                documented("(?m)^\\| `(beckon_[a-z_]+)`", DOCS.resolve("metrics.md"), DOCS.resolve("webhook.md"));
        Set<String> others = Pattern.compile("`([a-z_]+)`")
                .matcher(Chart.text(DOCS.resolve("metrics.md"))
                        .replaceAll("(?s).*\\| metric of others", "")
                        .replaceAll("(?s)## Health.*", ""))
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> asked = Stream.concat(
                        alerts().stream().map(it -> it.get("expr").asText()),
                        Dashboards.queries().map(Dashboards.Query::expression))
                .flatMap(it -> Pattern.compile("[a-z_:]+(?=\\{)|\\bbeckon_[a-z_]+")
                        .matcher(it)
                        .results())
                .map(MatchResult::group)
                .map(it -> own.contains(it) || others.contains(it) ? it : it.replaceAll("_(bucket|count|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked)
                .isSubsetOf(Stream.concat(own.stream(), others.stream()).toList());
        assertThat(asked).containsAll(own);
    }

    private static Set<String> documented(String row, Path... pages) {
        return Stream.of(pages)
                .flatMap(page -> Pattern.compile(row).matcher(Chart.text(page)).results())
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
