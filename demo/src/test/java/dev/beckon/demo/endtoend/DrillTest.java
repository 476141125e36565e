package dev.beckon.demo.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.demo.stage.CampaignYaml;
import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What a platform team does with the documentation alone, in this order: it installs Beckon by Helm, upgrades it, backs the ledger up and, under
 * a campaign that is half done, restores an older one. Each command is taken from its page. An environment of its own: all who use the database
 * are thrown back.
 */
@Tag("drill")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DrillTest {
    private static final String TEAM = "team";
    private static final String CAMPAIGN = "campaign/letters";
    private static final String STATE = ".status.state";
    private static final List<String> BEFORE_AND_SINCE = List.of("e_left_1", "e_left_2", "e_left_3", "e_kept_1");
    private static final String LAST = "e_reachable";

    /** Is still to be contacted when the backup is made, and opts out before it is restored. */
    private static final String OPTED_OUT = "e_kept_2";

    private static Stage stage;
    private static Desk desk;

    @BeforeAll
    static void aClusterWithNothingOfOursAndAnEmptyDatabase() throws IOException, SQLException {
        stage = Stage.start(Path.of("target/drill").toAbsolutePath());
        desk = Desk.of(stage, Path.of("target/drill-desk").toAbsolutePath());
        desk.forgetInstallation();
    }

    @AfterAll
    static void stop() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    @Order(1)
    void fromNothingToTheFirstCampaignThatHasEnded() throws IOException {
        String page = "docs/installation.md";
        desk.type(page, "worker keys > keys.json");
        desk.type(page, "kubectl create namespace beckon-system");
        desk.values(Documentation.yaml(page, "bootstrap: {enabled: true}"), "first");
        desk.helm(page, "helm install");
        assertThat(desk.type(page, "kubectl rollout status")).contains("invitecampaigns.beckon.dev");
        desk.type(page, "kubectl create secret generic tg-app");
        desk.type(page, "beckon.dev/login-code");
        assertThat(desk.type(page, "metadata: {name: first}")).contains("Succeeded");

        assertThat(stage.calls(Desk.FRIEND)).isEqualTo(1);
    }

    @Test
    @Order(2)
    void anUpgradeWithACampaignAtWork() throws IOException {
        String page = "docs/upgrade.md";
        desk.gateway();
        desk.type("docs/backup.md", "secret generic beckon-exporter");
        desk.helm("docs/backup.md", "suppressionExport.enabled=true");
        stage.apply(CampaignYaml.of("letters", TEAM, "alice", Desk.CHAT)
                .people(Stream.concat(BEFORE_AND_SINCE.stream(), Stream.of(LAST, OPTED_OUT))
                        .toArray(String[]::new))
                .text()
                .replace("min: 1s, max: 1s", "min: 45s, max: 45s"));
        contacted(1);
        List<String> uid = pods("{.items[*].metadata.uid}");
        assertThat(uid).hasSize(1);

        desk.type(page, "kubectl get telegramaccounts,invitecampaigns");
        desk.values(Documentation.yaml("docs/installation.md", "bootstrap: {enabled: true}"), "second");
        desk.helm(page, "helm upgrade");
        assertThat(desk.type(page, "kubectl rollout status")).contains("beckon/worker:dev");
        assertThat(stage.field(
                        "beckon-system",
                        "deployment/beckon-operator",
                        ".spec.template.metadata.annotations.example\\.org/release"))
                .containsExactly("second");
        assertThat(pods("{.items[*].metadata.uid}")).isEqualTo(uid);
        assertThat(stage.field(TEAM, CAMPAIGN, ".metadata.generation")).containsExactly("1");
    }

    @Test
    @Order(3)
    void whoWasContactedSinceTheBackupIsNotContactedAgainAndOptOutsSinceThenHold() throws IOException {
        String page = "docs/backup.md";
        contacted(2);
        desk.type(page, "mariadb-dump");
        long then = linkSent();
        assertThat(then).as("somebody is left to be contacted after the backup").isLessThan(4);

        optsOut();
        assertThat(desk.type(page, "job/suppression-export-now")).contains("entries written");
        contacted(4);

        desk.type(page, "deployment/beckon-operator -n beckon-system --replicas=0");
        assertThat(pods("{.items[*].metadata.name}")).isEmpty();
        desk.type(page, "mariadb --defaults-extra-file");
        assertThat(desk.type(page, "examples/backup/import.yaml"))
                .contains("of them were missing")
                .doesNotContain(" 0 of them");

        assertThat(desk.type(page, "deployment/beckon-operator -n beckon-system --replicas=2"))
                .contains("letters");
        stage.await(TEAM, CAMPAIGN, ".status.conditions[?(@.type==\"Stalled\")].reason", "LedgerBehindStatus");
        assertThat(pods("{.items[*].metadata.name}"))
                .as("nobody works until a person has acknowledged")
                .isEmpty();

        // Nobody has to wait so long for the rest of a drill.
        stage.kubectl(
                "patch",
                CAMPAIGN,
                "-n",
                TEAM,
                "--type=merge",
                "-p",
                "{\"spec\":{\"pacing\":{\"delay\":{\"min\":\"1s\",\"max\":\"1s\"}}}}");
        await("the campaign goes on")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> {
                    desk.type(page, "beckon.dev/acknowledge=$id");
                    return stage.field(TEAM, CAMPAIGN, STATE).equals(List.of("Succeeded"));
                });
        desk.type(page, "deployment/beckon-gateway -n beckon-system --replicas=2");

        assertThat(Stream.concat(BEFORE_AND_SINCE.stream(), Stream.of(LAST)).map(stage::calls))
                .as("once each, whoever has forgotten it")
                .containsOnly(1L);
        assertThat(stage.calls(OPTED_OUT)).isZero();
        assertThat(stage.field(TEAM, CAMPAIGN, ".status.outcomes[?(@.reason==\"Suppressed\")].count"))
                .containsExactly("1");
        assertThat(stage.contactedTwice()).isEmpty();
        assertThat(stage.truth().overlaps()).isZero();
    }

    private static void contacted(long people) {
        await(people + " people have their link")
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> linkSent() >= people);
    }

    private static long linkSent() {
        return stage.field(TEAM, CAMPAIGN, ".status.progress.linkSent").stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** As the steward has it done. */
    private static void optsOut() throws IOException {
        stage.apply(Files.readString(Stage.checkout().resolve("examples/suppression/add.yaml"))
                .replace("491700000002", "491700000099")
                .replace("grace", OPTED_OUT));
        stage.await("beckon-system", "job/suppression-add", ".status.succeeded", "1");
    }

    /** Of the workers that run. */
    private static List<String> pods(String path) {
        return Stream.of(stage.kubectl(
                                "get",
                                "pods",
                                "-A",
                                "-l",
                                "app.kubernetes.io/managed-by=beckon",
                                "--field-selector=status.phase=Running",
                                "-o",
                                "jsonpath=" + path)
                        .split(" "))
                .filter(word -> !word.isBlank())
                .toList();
    }
}
