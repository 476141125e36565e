package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The search for leaks sees what it is there to see: planted ones, where only a whole search finds them. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class LeaksTest {
    private static final String PHONE = "+4917099887766";

    private final RealWorld world = RealWorld.get();

    @Test
    void whatAPodPrintedIsFoundAlsoWhenThePodIsGone() {
        world.cluster().ownFor("it does not keep the logs of removed pods");
        byte[] key = new byte[256];
        new Random(3).nextBytes(key);
        world.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(WorldLeaks.PLANTED)
                        .endMetadata()
                        .build())
                .create();
        Pod pod = world.client()
                .resource(printing(
                        "invited " + PHONE + " with " + Base64.getEncoder().encodeToString(key)))
                .create();
        eventually(
                "it has printed",
                () -> "Succeeded"
                        .equals(world.client().resource(pod).get().getStatus().getPhase()));

        world.client().resource(pod).delete();
        eventually("it is gone", () -> world.client().resource(pod).get() == null);

        eventually(
                "both are found in its log",
                () -> new WorldLeaks(world)
                                .planted(
                                        new Needles().with("a person's phone", PHONE),
                                        new SecretBytes().with("an auth key", key))
                                .size()
                        == 2);
        assertThat(new WorldLeaks(world).planted(new Needles().with("a person's phone", PHONE), new SecretBytes()))
                .singleElement()
                .asString()
                .contains("removed-logs")
                .endsWith("holds a person's phone");
    }

    private Pod printing(String text) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(WorldLeaks.PLANTED)
                .withName("talks")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .addNewContainer()
                .withName("main")
                .withImage(world.cluster().image())
                .withCommand("/bin/sh", "-c", "echo \"$TEXT\"")
                .addNewEnv()
                .withName("TEXT")
                .withValue(text)
                .endEnv()
                .endContainer()
                .endSpec()
                .build();
    }
}
