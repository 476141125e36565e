package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccountStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lives in a world in which nothing breaks, side by side, each in a namespace of its own. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class CampaignLivesTest {
    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    @Test
    void aCampaignStartsRunsAndSucceeds() {
        Team team = Team.ready(world, "life-succeeds");
        team.campaign("spring", "slow", 12);

        team.becomes("spring", State.Running);
        assertThat(team.workOrders()).isNotEmpty();
        team.becomes("spring", State.Succeeded);

        assertThat(team.allInvited("spring", 12)).isTrue();
        assertThat(team.condition("spring", "Stalled").orElseThrow().getStatus())
                .isEqualTo("False");
        eventually(
                "no order is left, for it holds people", () -> team.workOrders().isEmpty());
    }

    @Test
    void aLongWaitGivesThePodBackAndResumesByItself() {
        Team team = Team.ready(world, "life-waits");
        team.campaign("spring", "waits", 3);

        team.says("spring", "Reconciling", "True", "FloodWait");
        assertThat(team.campaign("spring").getStatus().state()).isEqualTo(State.Waiting);
        assertThat(team.campaign("spring").getStatus().nextActionTime()).isNotNull();
        assertThat(team.livePods()).isZero();
        team.becomes("spring", State.Succeeded);

        assertThat(team.jobs("spring")).hasSize(2);
        assertThat(team.allInvited("spring", 3)).isTrue();
    }

    @Test
    void aTrippedBreakerPausesUntilAPersonAcknowledges() {
        Team team = Team.ready(world, "life-breaks");
        team.campaign("spring", "breaks", 3);

        team.becomes("spring", State.Paused);
        String breaker = team.campaign("spring").getStatus().breaker().id();
        assertThat(team.condition("spring", "Stalled").orElseThrow().getReason())
                .isEqualTo("BreakerTripped");
        team.annotate("spring", Labels.ACKNOWLEDGE, breaker);
        team.becomes("spring", State.Succeeded);

        assertThat(team.condition("spring", "LastAction").orElseThrow().getReason())
                .isEqualTo("Acknowledged");
    }

    @Test
    void aMissingWorkerSecretIsAConditionAndHeals() {
        Team team = new Team(world, "life-secretless", false);
        team.account("alice");
        team.campaign("spring", "quick", 2);

        eventually("the account says what is missing", () -> {
            TelegramAccountStatus status = team.telegramAccount("alice").getStatus();
            return status != null
                    && status.conditions().stream()
                            .anyMatch(it -> it.getType().equals("Stalled")
                                    && it.getStatus().equals("True")
                                    && it.getReason().equals("WorkerSecretMissing"));
        });
        team.says("spring", "Stalled", "True", "AccountNotReady");
        team.giveWorkerSecret();
        team.becomes("spring", State.Succeeded);
    }

    @Test
    void aRefusedLoginIsTriedAgainOnlyWhenItsSecretChanged() {
        Team team = new Team(world, "life-refused", true);
        team.secret("login", Map.of("phone", "+490000000"));
        team.accountByPhone("alice", "login");

        eventually(
                "the refusal is remembered",
                () -> team.telegramAccount("alice").getStatus() != null
                        && team.telegramAccount("alice").getStatus().refusedLogin() != null);
        eventually(
                "the Job is gone with its TTL",
                () -> team.livePods() == 0
                        && world.client()
                                .batch()
                                .v1()
                                .jobs()
                                .inNamespace(team.namespace())
                                .list()
                                .getItems()
                                .isEmpty());
        // Several looks long, nothing is tried.
        Awaitility.await()
                .during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(12))
                .until(() -> team.came("login", "alice") == 1);
        team.secret("login", Map.of("phone", "+4917000000"));

        eventually(
                "the mended login is tried",
                () -> team.telegramAccount("alice").getStatus().state() == TelegramAccountStatus.State.Ready);
        assertThat(team.came("login", "alice")).isEqualTo(2);
        assertThat(team.telegramAccount("alice").getStatus().refusedLogin()).isNull();
    }

    @Test
    void aSuspendedCampaignRestsAndGoesOnWhereItStopped() {
        Team team = Team.ready(world, "life-suspended");
        team.campaign("spring", "slow", 12);

        team.works("spring");
        team.patch("spring", "{\"spec\":{\"suspend\":true}}");
        team.becomes("spring", State.Suspended);
        eventually("no pod is left", () -> team.livePods() == 0);
        team.patch("spring", "{\"spec\":{\"suspend\":false}}");
        team.becomes("spring", State.Succeeded);

        assertThat(team.allInvited("spring", 12)).isTrue();
        eventually("no order is left", () -> team.workOrders().isEmpty());
    }

    @Test
    void aJobOfThatNameThatIsNotOursIsNotAdopted() {
        Team team = Team.ready(world, "life-orphan");
        Job foreign = world.client()
                .resource(new JobBuilder()
                        .withNewMetadata()
                        .withNamespace(team.namespace())
                        .withName("spring-alice-1")
                        .endMetadata()
                        .withNewSpec()
                        .withSuspend(true)
                        .withNewTemplate()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("x")
                        .withImage("beckon/worker:dev")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        team.campaign("spring", "quick", 2);

        team.says("spring", "Stalled", "True", "ChildNotOurs");
        assertThat(world.client().resource(foreign).get().getMetadata().getOwnerReferences())
                .isEmpty();
        world.client().resource(foreign).delete();
        team.becomes("spring", State.Succeeded);
    }

    @Test
    void applyingTheManifestAgainShowsNoDifference() throws Exception {
        Team team = Team.ready(world, "life-applied");
        Path manifest = world.folder().resolve("spring.yaml");
        Files.writeString(manifest, team.manifest("spring", "quick", 2));
        world.cluster().command("kubectl", "apply", "--server-side", "-f", manifest.toString());

        team.becomes("spring", State.Succeeded);

        // Exit code 0: no difference; the operator owns the status and nothing else.
        world.cluster().command("kubectl", "diff", "--server-side", "-f", manifest.toString());
        long generation = team.campaign("spring").getMetadata().getGeneration();
        world.cluster().command("kubectl", "apply", "--server-side", "-f", manifest.toString());
        assertThat(team.campaign("spring").getMetadata().getGeneration()).isEqualTo(generation);
        assertThat(team.campaign("spring").getMetadata().getManagedFields())
                .filteredOn(it -> it.getManager().equals("beckon-operator"))
                .allSatisfy(it -> {
                    assertThat(it.getSubresource()).isEqualTo("status");
                    assertThat(it.getOperation()).isEqualTo("Apply");
                });
    }

    @Test
    void whatTheWorkerFoundWrongIsTheConditionsReason() {
        Team team = Team.ready(world, "life-chatless");
        team.campaign("spring", "no_chat", 2);

        team.says("spring", "Stalled", "True", "ChatNotFound");
        assertThat(team.condition("spring", "Stalled").orElseThrow().getMessage())
                .startsWith("spec.target: Telegram knows no chat");
    }

    @Test
    void campaignsThatShareAnAccountTakeTurns() {
        Team team = Team.ready(world, "life-shared");
        team.campaign("first", "slow", 9);
        team.works("first");
        team.campaign("second", "quick", 2);

        team.says("second", "Reconciling", "True", "Account");
        team.becomes("second", State.Succeeded);
        assertThat(team.campaign("first").getStatus().state()).isNotEqualTo(State.Succeeded);
        team.becomes("first", State.Succeeded);
    }
}
