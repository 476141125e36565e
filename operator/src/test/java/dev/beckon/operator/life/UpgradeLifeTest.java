package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignStatus.State;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** An upgrade and a rollback as a Deployment's rollout does them, while a campaign is at work. Alone: there is one operator for all lives. */
@Tag("integration")
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class UpgradeLifeTest {
    /** Takes half a minute: longer than two operators need to follow each other. */
    private static final int PEOPLE = 48;

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
    void workersFinishWithTheImageTheyBeganWithAndTheNextOnesHaveTheNew() throws InterruptedException {
        String former = world.cluster().image();
        String next = world.cluster().nextImage();
        Team team = Team.ready(world, "life-upgrade");
        team.account("bob");
        team.campaign("warm-up", "quick", 1);
        team.becomes("warm-up", State.Succeeded);
        OperatorProcess leader = leader();
        OperatorProcess upgraded = world.startOperator("operator-next", Map.of("BECKON_WORKER_IMAGE", next));
        team.campaign("under-way", "slow", PEOPLE);
        team.works("under-way");
        Pod pod = onlyPod(team, "under-way");
        assertThat(image(pod)).isEqualTo(former);

        leader.stop();
        eventually("the next release leads", () -> holder().startsWith(upgraded.name() + "/"));
        team.create(team.manifest("fresh", "quick", 1).replace("[alice]", "[bob]"));
        eventually(
                "the next release's worker begins",
                () -> team.podsOf("fresh").stream().anyMatch(it -> image(it).equals(next)));
        assertThat(onlyPod(team, "under-way").getMetadata().getUid())
                .as("it works on, and the new operator has looked at it")
                .isEqualTo(pod.getMetadata().getUid());
        team.becomes("fresh", State.Succeeded);

        OperatorProcess back = world.startOperator("operator-back");
        upgraded.stop();
        eventually("the former release leads again", () -> holder().startsWith(back.name() + "/"));
        team.becomes("under-way", State.Succeeded);

        assertThat(team.came("invite", "alice"))
                .as("one for each of its campaigns")
                .isEqualTo(2);
        assertThat(team.allInvited("under-way", PEOPLE)).isTrue();
        assertThat(team.campaign("under-way").getMetadata().getGeneration())
                .as("nothing of spec was touched")
                .isEqualTo(1);
        assertThat(team.campaign("under-way").getMetadata().getManagedFields().stream()
                        .filter(entry -> entry.getManager().equals("beckon-operator"))
                        .map(ManagedFieldsEntry::getSubresource))
                .containsOnly("status");
        team.create(team.manifest("after", "quick", 1));
        team.becomes("after", State.Succeeded);
        assertThat(images(team.jobs("after"))).doesNotContain(next);
    }

    private static Pod onlyPod(Team team, String campaign) {
        List<Pod> pods = team.podsOf(campaign);
        assertThat(pods).hasSize(1);
        assertThat(pods.getFirst().getStatus().getPhase()).isEqualTo("Running");
        return pods.getFirst();
    }

    private static String image(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getImage();
    }

    private static List<String> images(List<Job> jobs) {
        return jobs.stream()
                .map(job -> job.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getImage())
                .toList();
    }

    private OperatorProcess leader() {
        return world.operators().stream()
                .filter(it -> holder().startsWith(it.name() + "/"))
                .findFirst()
                .orElseThrow();
    }

    private String holder() {
        return String.valueOf(world.client()
                .leases()
                .inNamespace(world.cluster().system())
                .withName("beckon-operator")
                .get()
                .getSpec()
                .getHolderIdentity());
    }
}
