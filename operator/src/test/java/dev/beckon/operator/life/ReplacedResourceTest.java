package dev.beckon.operator.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.worker.Children;
import dev.beckon.operator.worker.Names;
import dev.beckon.operator.worker.WorkerRun;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a real API server answers when an object was replaced ({@code kubectl replace --force}) since it was read. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class ReplacedResourceTest {
    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    /** In a namespace without an account the campaign is told once, and nobody writes it any more. */
    @Test
    void theStatusOfAResourceIsNotWrittenToAnotherOfItsName() {
        Team team = new Team(world, "replaced-status", true);
        String manifest = team.manifest("spring", "quick", 1);
        team.create(manifest);
        team.says("spring", "Stalled", "True", "AccountUnknown");
        InviteCampaign before = team.campaign("spring");
        world.client().resource(before).delete();
        team.create(manifest);
        team.says("spring", "Stalled", "True", "AccountUnknown");
        InviteCampaign now = team.campaign("spring");
        assertThat(now.getMetadata().getUid()).isNotEqualTo(before.getMetadata().getUid());

        assertThatThrownBy(() -> write(before, InviteCampaignStatus.State.Succeeded))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT));

        assertThat(team.campaign("spring").getStatus()).isEqualTo(now.getStatus());
        // The version alone makes the difference.
        write(team.campaign("spring"), now.getStatus().state());
    }

    private void write(InviteCampaign read, InviteCampaignStatus.State state) {
        InviteCampaignStatus status =
                InviteCampaignStatus.builder().state(state).build();
        world.client()
                .resource(Statuses.carrier(read, InviteCampaign::new, status))
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withForce(true)
                        .withFieldManager(Names.FIELD_MANAGER)
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .build());
    }

    @Test
    void aJobOfThatNameWithAnotherUidIsNeitherResumedNorRemoved() {
        Team team = new Team(world, "replaced-job", true);
        Job before = world.client().resource(suspended(team)).create();
        WorkerRun run = WorkerRun.of(before).orElseThrow();
        world.client().resource(before).delete();
        Job now = world.client().resource(suspended(team)).create();
        Children children = new Children(world.client(), new OperatorMetrics(new SimpleMeterRegistry()));

        assertThat(children.resume(run)).isEmpty();
        assertThat(children.stop(run)).isFalse();

        assertThat(world.client().resource(now).get().getSpec().getSuspend()).isTrue();
        WorkerRun itself = WorkerRun.of(now).orElseThrow();
        assertThat(children.resume(itself)).isPresent();
        assertThat(children.stop(itself)).isTrue();
        assertThat(world.client().resource(now).get()).isNull();
    }

    /** Of nobody: the operator lets it be. */
    private static Job suspended(Team team) {
        return new JobBuilder()
                .withNewMetadata()
                .withNamespace(team.namespace())
                .withName("waits")
                .addToLabels(Names.ACCOUNT_UID, "nobody")
                .endMetadata()
                .withNewSpec()
                .withSuspend(true)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addToNodeSelector("beckon.dev/nowhere", "true")
                .addNewContainer()
                .withName("x")
                .withImage("x")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
