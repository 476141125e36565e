package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code make gitops}: the examples' team, kept by a real Argo CD from a folder, self-heal on, while people acknowledge by annotation. */
@Tag("argocd")
class ArgoCdLifeTest {
    private static final Path EXAMPLES = Path.of("../examples/gitops");

    private final RealWorld world = RealWorld.get();
    private ArgoCd argo;

    @AfterEach
    void stop() {
        if (argo != null) {
            argo.stop();
        }
    }

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    @Test
    void aTeamIsKeptAsGitHasItAndHealthyWhenAPersonHasAcknowledged() throws Exception {
        world.cluster().ownFor("Argo CD is given the rights of its administrator");
        Team team = new Team(world, "team", true);
        argo = new ArgoCd(
                world.client(),
                world.folder().resolve("cluster/kubeconfig"),
                world.folder().resolve("argocd"));
        copyTeam();
        argo.commit("The team");
        argo.application(EXAMPLES.resolve("argocd/apps/2-accounts.yaml"), team.namespace());
        argo.application(EXAMPLES.resolve("argocd/apps/2-campaigns.yaml"), team.namespace());

        eventually("the account is healthy", () -> argo.judged("team-accounts").equals("Synced Healthy"));
        eventually("the breaker is seen", () -> argo.judged("team-campaigns").equals("Synced Degraded"));
        assertThat(team.campaign("spring").getStatus().state()).isEqualTo(State.Paused);
        assertThat(argo.judged("team-campaigns", "InviteCampaign")).isEqualTo("Synced Degraded");
        assertThat(argo.judged("team-campaigns", "AutopostSchedule")).isEqualTo("Synced Healthy");

        team.annotate(
                "spring",
                Labels.ACKNOWLEDGE,
                team.campaign("spring").getStatus().breaker().id());
        eventually("all is healthy", () -> argo.judged("team-campaigns").equals("Synced Healthy"));
        assertThat(team.campaign("spring").getStatus().state()).isEqualTo(State.Succeeded);
        assertThat(synced("team-campaigns")).as("nothing was to be mended").isEqualTo(1);

        // Somebody else's change does not stand.
        world.cluster()
                .command(
                        "kubectl",
                        "patch",
                        "autopost",
                        "news",
                        "-n",
                        team.namespace(),
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"schedule\":\"0 10 * * *\"}}");
        eventually("it is as git has it", () -> news(team).getSpec().schedule().equals("0 9 * * *"));
        eventually("all is healthy again", () -> argo.judged("team-campaigns").equals("Synced Healthy"));

        // Suspended is what git asks for.
        replace("team/campaigns/news.yaml", "spec:\n", "spec:\n  suspend: true\n");
        argo.commit("A pause");
        eventually("it is suspended", () -> argo.judged("team-campaigns").equals("Synced Suspended"));
    }

    /** How often it was synced. */
    private int synced(String application) {
        List<?> history = argo.application(application).get("status", "history");
        return history.size();
    }

    private AutopostSchedule news(Team team) {
        return world.client()
                .resources(AutopostSchedule.class)
                .inNamespace(team.namespace())
                .withName("news")
                .get();
    }

    /** Without the lists of Kustomize, which would need a program of its own; the campaign is of a script that trips its breaker. */
    private void copyTeam() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES.resolve("team"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(it -> !it.endsWith("kustomization.yaml"))
                    .toList()) {
                Path copy = argo.repository().resolve("examples/gitops").resolve(EXAMPLES.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        replace("team/campaigns/spring.yaml", "@spring_meetup", "@script_breaks");
        // The scripted worker reads no Secret.
        replace(
                "team/campaigns/spring.yaml",
                "secretRef: {name: spring-guests, key: guests.csv}",
                "inline: [" + world.written().audience("kept_by_git", 3) + "]");
    }

    private void replace(String file, String before, String after) throws IOException {
        Path path = argo.repository().resolve("examples/gitops").resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replace(before, after));
    }
}
