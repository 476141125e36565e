package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.operator.HomeCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lives of webhook campaigns, with the real Deployment and ReplicaSet controllers and the real scheduler. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class WebhookLivesTest {
    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    private Team team(String name) {
        Team team = Team.ready(world, name);
        team.secret("hook", Map.of("token", "a-token-of-callers-" + name));
        return team;
    }

    @Test
    void whoComesStartsAWorkerAndNobodyLeftScalesItToZero() {
        Team team = team("hook-comes");
        Webhook hook = team.webhook("spring", "quick");
        team.says("spring", "Ready", "True", "Webhook");
        assertThat(hook.isOpen()).isTrue();
        assertThat(team.deployments("spring")).isEmpty();

        hook.comes();
        eventually("the first one is invited", () -> team.allInvited("spring", 1));
        eventually("the worker is gone", () -> team.rests("spring"));
        team.says("spring", "Ready", "True", "Webhook");
        Deployment deployment = team.deployments("spring").getFirst();
        hook.comes();
        eventually("the second one is invited", () -> team.allInvited("spring", 2));

        assertThat(team.deployments("spring"))
                .extracting(it -> it.getMetadata().getUid())
                .containsExactly(deployment.getMetadata().getUid());
        assertThat(team.jobs("spring")).isEmpty();
        eventually("no order is left", () -> team.workOrders().isEmpty());
    }

    @Test
    void whoComesUnheardIsFoundByLooking() {
        Team team = team("hook-unheard");
        Webhook hook = team.webhook("spring", "quick");
        team.says("spring", "Ready", "True", "Webhook");

        hook.comesUnheard();

        eventually("they are invited", () -> team.allInvited("spring", 1));
    }

    @Test
    void aDeletedPodIsReplacedWhenItIsGone() {
        Team team = team("hook-drained");
        Webhook hook = team.webhook("spring", "lingers");
        eventually("the webhook is open", hook::isOpen);
        for (int person = 0; person < 6; person++) {
            hook.comes();
        }
        team.works("spring");
        eventually("a worker came", () -> team.came("invite", "alice") == 1);
        Pod pod = team.podsOf("spring").getFirst();
        world.client().resource(pod).delete();

        // Kubernetes makes the next one at once; the worker of the first lingers for two seconds.
        eventually(
                "another pod is made while the first still ends",
                () -> team.podsOf("spring").stream()
                        .anyMatch(it -> !it.getMetadata()
                                .getUid()
                                .equals(pod.getMetadata().getUid())));
        eventually("everybody is invited", () -> team.allInvited("spring", 6));

        assertThat(team.came("invite", "alice")).isGreaterThan(1);
    }

    @Test
    void aWorkerThatDiedIsFollowedByAnother() {
        Team team = team("hook-dies");
        Webhook hook = team.webhook("spring", "dies");
        eventually("the webhook is open", hook::isOpen);
        hook.comes();
        hook.comes();

        eventually("everybody is invited", () -> team.allInvited("spring", 2));
        eventually("the worker is gone", () -> team.rests("spring"));
        assertThat(team.came("invite", "alice")).isGreaterThan(1);
    }

    @Test
    void aMissingSecretClosesTheWebhookAndHeals() {
        Team team = Team.ready(world, "hook-secretless");
        Webhook hook = team.webhook("spring", "quick");

        team.says("spring", "Stalled", "True", "WebhookSecretMissing");
        assertThat(hook.isOpen()).isFalse();
        team.secret("hook", Map.of("token", "short"));
        team.says("spring", "Stalled", "True", "WebhookSecretUnfit");
        team.secret("hook", Map.of("token", "a-token-that-is-long-enough"));
        team.says("spring", "Ready", "True", "Webhook");
        eventually("the webhook is open", hook::isOpen);
        long version = hook.door().orElseThrow().version();
        team.secret("hook", Map.of("token", "another-token-that-is-long-enough"));
        eventually("a new token is told", () -> hook.door().orElseThrow().version() > version);
    }

    @Test
    void aSuspendedWebhookIsClosedAndADeletedOneForgotten() {
        Team team = team("hook-suspended");
        Webhook hook = team.webhook("spring", "slow");
        eventually("the webhook is open", hook::isOpen);
        for (int person = 0; person < 6; person++) {
            hook.comes();
        }
        team.works("spring");

        team.patch("spring", "{\"spec\":{\"suspend\":true}}");
        team.becomes("spring", State.Suspended);
        eventually("no pod is left", () -> team.rests("spring"));
        assertThat(hook.door().orElseThrow().closedBecause()).contains("The campaign is suspended.");
        team.patch("spring", "{\"spec\":{\"suspend\":false}}");
        eventually("everybody is invited", () -> team.allInvited("spring", 6));
        assertThat(hook.isOpen()).isTrue();
        world.client()
                .resources(InviteCampaign.class)
                .inNamespace(team.namespace())
                .withName("spring")
                .delete();

        eventually("the door is forgotten", () -> hook.door().isEmpty());
        eventually("its Deployment is gone", () -> team.deployments("spring").isEmpty());
    }

    @Test
    void aDoorCarriesItsClusterAndItsDeadline() {
        Team team = team("hook-deadline");
        Webhook hook = team.webhook("spring", "quick");
        eventually("the webhook is open", hook::isOpen);
        String uid = team.campaign("spring").getMetadata().getUid();
        String cluster = world.client()
                .namespaces()
                .withName(HomeCluster.NAMESPACE)
                .get()
                .getMetadata()
                .getUid();
        try (OperatorLedger operator = world.database().operatorLedger(InstantSource.system())) {
            assertThat(operator.webhooks().known(cluster)).contains(uid);
            assertThat(operator.webhooks().known("another")).doesNotContain(uid);
        }

        Instant deadline = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        team.patch("spring", "{\"spec\":{\"deadline\":\"" + deadline + "\"}}");
        team.becomes("spring", State.Succeeded);
        assertThat(hook.door().orElseThrow().closedBecause()).contains("The campaign has ended.");
    }

    @Test
    void aWebhookAndAListTakeTurnsOnAnAccount() {
        Team team = team("hook-shared");
        Webhook hook = team.webhook("hook", "quick");
        eventually("the webhook is open", hook::isOpen);
        team.campaign("list", "slow", 9);
        team.works("list");

        hook.comes();
        team.says("hook", "Ready", "True", "Account");
        eventually("who came is invited before the list is done", () -> team.allInvited("hook", 1));
        assertThat(team.campaign("list").getStatus().state()).isNotEqualTo(State.Succeeded);
        team.becomes("list", State.Succeeded);
    }

    @Test
    void anEditWhileItRunsTakesEffectWithTheNextPod() {
        Team team = team("hook-edited");
        Webhook hook = team.webhook("spring", "slow");
        eventually("the webhook is open", hook::isOpen);
        for (int person = 0; person < 12; person++) {
            hook.comes();
        }
        team.works("spring");
        team.message("spring", "Hi {{first_name}}, the list is open now: {{link}}");

        eventually("everybody is invited", () -> team.allInvited("spring", 12));
        assertThat(team.deployments("spring").getFirst().getMetadata().getLabels())
                .containsEntry("beckon.dev/run", "2");
    }
}
