package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.Labels;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.operator.worker.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a tool that keeps a cluster as git has it finds there: nothing to mend, however much happened. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class GitOpsLivesTest {
    private static final String KINDS = "telegramaccounts,invitecampaigns,parserjobs,autopostschedules";

    /** As Argo CD writes with {@code ServerSideApply=true}. */
    private static final String GIT = "argocd-controller";

    /** Their commands belong to a story of their own, which {@code make drill} plays. */
    private static final Set<String> TYPED_BY_THE_DRILL = Set.of("installation.md", "upgrade.md", "backup.md");

    private static final Pattern WAIT = Pattern.compile("kubectl wait [^`\\n]*");
    private static final Pattern OURS = Pattern.compile("(?m)^apiVersion: beckon\\.dev/");

    /** What the examples for Argo CD and Flux apply; some names are those of other examples. */
    private static final Path TEAM = Path.of("../examples/gitops/team");

    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    /** One of each kind, to its end or its first post, over a breaker; then the waiting lines of the documentation. */
    @Test
    void aWholeLifeChangesNothingButTheStatus() throws Exception {
        Team team = new Team(world, "gitops-life", true);
        team.posts(Map.of("01.md", "A post that stands in git"));
        Path manifests = written(team);
        kubectl(team, "apply", "--server-side", "--field-manager=" + GIT, "-f", manifests.toString());
        Map<String, JsonNode> declared = specs(team);

        team.becomes("spring", InviteCampaignStatus.State.Paused);
        assertThatThrownBy(() -> kubectl(team, "wait", "--for=condition=Succeeded", "campaign/spring", "--timeout=1s"))
                .hasMessageContaining("timed out");
        String breaker = team.campaign("spring").getStatus().breaker().id();
        kubectl(team, "annotate", "campaign", "spring", Labels.ACKNOWLEDGE + "=" + breaker);
        kubectl(team, "annotate", "autopost", "news", "beckon.dev/publish-now=today");
        team.becomes("spring", InviteCampaignStatus.State.Succeeded);
        team.becomes("members", ParserJobStatus.State.Succeeded);
        eventually("the post is published", () -> schedule(team).getStatus().lastPost() != null);

        for (String line : waitingLines()) {
            kubectl(team, line.substring("kubectl ".length()).split(" "));
        }
        assertThat(specs(team)).isEqualTo(declared);
        assertThat(writers(team))
                .containsExactlyInAnyOrder(
                        GIT + " TelegramAccount [f:spec]",
                        Names.FIELD_MANAGER + " TelegramAccount [f:metadata/f:finalizers]",
                        Names.FIELD_MANAGER + " TelegramAccount/status [f:status]",
                        GIT + " InviteCampaign [f:spec]",
                        "kubectl-annotate InviteCampaign [f:metadata/f:annotations]",
                        Names.FIELD_MANAGER + " InviteCampaign/status [f:status]",
                        GIT + " ParserJob [f:spec]",
                        Names.FIELD_MANAGER + " ParserJob/status [f:status]",
                        GIT + " AutopostSchedule [f:spec]",
                        "kubectl-annotate AutopostSchedule [f:metadata/f:annotations]",
                        Names.FIELD_MANAGER + " AutopostSchedule/status [f:status]");
        kubectl(team, "diff", "--server-side", "--field-manager=" + GIT, "-f", manifests.toString());

        kubectl(
                team,
                "patch",
                "telegramaccount",
                "alice",
                "--type=merge",
                "-p",
                "{\"spec\":{\"logOutOnDelete\":false}}");
        eventually(
                "the finalizer is off",
                () -> team.telegramAccount("alice")
                        .getMetadata()
                        .getFinalizers()
                        .isEmpty());
    }

    /** Our kinds alone: without the Secrets nothing is done, and what the API server fills in is no difference either. */
    @Test
    void whatIsAppliedOfTheExamplesShowsNoDifference() throws Exception {
        Team team = new Team(world, "gitops-examples", false);
        Path examples = ours(team, "../examples");
        kubectl(team, "apply", "-f", examples.toString());
        eventually(
                "the operator has seen all of them",
                () -> list(team).stream().allMatch(it -> it.path("status").has("conditions")));
        assertThat(specs(team)).hasSizeGreaterThan(15);

        kubectl(team, "diff", "-f", examples.toString());

        Team git = new Team(world, "gitops-team", false);
        Path declared = ours(git, TEAM.toString());
        kubectl(git, "apply", "--server-side", "--field-manager=" + GIT, "-f", declared.toString());
        eventually(
                "the operator has seen all of them",
                () -> list(git).stream().allMatch(it -> it.path("status").has("conditions")));
        kubectl(git, "diff", "--server-side", "--field-manager=" + GIT, "-f", declared.toString());
    }

    private Path written(Team team) throws IOException {
        String schedule = """
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: %1$s}
                spec:
                  schedule: "0 0 1 1 *"
                  targets: ["@script_quick"]
                  account: {name: alice}
                  content: {configMapRef: {name: posts}}
                """;
        String parser = """
                apiVersion: beckon.dev/v1alpha1
                kind: ParserJob
                metadata: {name: members, namespace: %1$s}
                spec: {source: "@script_quick", account: {name: alice}}
                """;
        String account = """
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: alice, namespace: %1$s}
                spec: {apiCredentials: {secretRef: {name: tg-app}}, logOutOnDelete: true}
                """;
        String all = Stream.of(account, parser, schedule)
                        .map(it -> it.formatted(team.namespace()))
                        .reduce("", (before, it) -> before + it + "---\n")
                + team.manifest("spring", "breaks", 3);
        return Files.writeString(world.folder().resolve("gitops-life.yaml"), all);
    }

    /** What is ours of the manifests below a folder, in one file. */
    private Path ours(Team team, String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".yaml"))
                    .filter(it -> it.startsWith(TEAM) == Path.of(folder).startsWith(TEAM))
                    .sorted()
                    .toList()) {
                for (String document : Files.readString(file).split("(?m)^---$")) {
                    if (OURS.matcher(document).find()) {
                        all.append(document).append("\n---\n");
                    }
                }
            }
        }
        return Files.writeString(world.folder().resolve(team.namespace() + ".yaml"), all);
    }

    /** Each line that README and documentation have about our kinds. */
    private static List<String> waitingLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("../docs"))) {
            for (Path page : Stream.concat(Stream.of(Path.of("../README.md")), files)
                    .filter(it -> it.toString().endsWith(".md"))
                    .filter(it -> !TYPED_BY_THE_DRILL.contains(it.getFileName().toString()))
                    .sorted()
                    .toList()) {
                Matcher line = WAIT.matcher(Files.readString(page));
                while (line.find()) {
                    lines.add(line.group()
                            .replace("campaign/NAME", "campaign/spring")
                            .strip());
                }
            }
        }
        // Kubernetes' own kinds are not there.
        lines.removeIf(it -> it.matches(".* (crd|deploy|deployment|job|node|nodes|pod|pods)[/ ].*"));
        assertThat(lines)
                .hasSizeGreaterThanOrEqualTo(7)
                .allMatch(it -> it.matches("kubectl wait --for=condition=\\S+ "
                        + "(telegramaccount/alice|campaign/spring|parser/members|autopost/news)( --timeout=\\S+)?"));
        return lines;
    }

    private AutopostSchedule schedule(Team team) {
        return world.client()
                .resources(AutopostSchedule.class)
                .inNamespace(team.namespace())
                .withName("news")
                .get();
    }

    private String kubectl(Team team, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-n", team.namespace()));
        return world.cluster().command("kubectl", all.toArray(String[]::new));
    }

    private List<JsonNode> list(Team team) throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        JsonMapper.builder()
                .build()
                .readTree(kubectl(team, "get", KINDS, "-o", "json", "--show-managed-fields"))
                .path("items")
                .forEach(items::add);
        return items;
    }

    private Map<String, JsonNode> specs(Team team) throws IOException, InterruptedException {
        return list(team).stream()
                .collect(Collectors.toMap(
                        it -> it.path("kind").asText() + " "
                                + it.path("metadata").path("name").asText(),
                        it -> it.path("spec")));
    }

    /** Who wrote which fields of which kind, or of its subresource. */
    private List<String> writers(Team team) throws IOException, InterruptedException {
        List<String> writers = new ArrayList<>();
        for (JsonNode item : list(team)) {
            for (JsonNode entry : item.path("metadata").path("managedFields")) {
                String subresource = entry.path("subresource").asText();
                writers.add(entry.path("manager").asText() + " "
                        + item.path("kind").asText() + (subresource.isEmpty() ? "" : "/" + subresource) + " "
                        + fields(entry.path("fieldsV1")));
            }
        }
        return writers;
    }

    /** Those of the first level, of metadata those of the second. */
    private static List<String> fields(JsonNode written) {
        List<String> fields = new ArrayList<>();
        written.fieldNames().forEachRemaining(name -> {
            if (name.equals("f:metadata")) {
                written.path(name).fieldNames().forEachRemaining(below -> fields.add(name + "/" + below));
            } else {
                fields.add(name);
            }
        });
        return fields;
    }
}
