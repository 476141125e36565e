package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Base64;
import java.util.List;
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
    private static final String LABEL = "4917099887755";

    private final RealWorld world = RealWorld.get();

    @Test
    void whatAPodPrintedIsFoundAlsoWhenThePodIsGone() {
        world.cluster().ownFor("it does not keep the logs of removed pods");
        byte[] key = new byte[256];
        new Random(3).nextBytes(key);
        plantedNamespace();
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

    /** With what the lives themselves have written, which the search at their end goes by. */
    @Test
    void peopleTextsAndSessionsOfTheLivesAreLookedFor() {
        world.cluster().ownFor("it does not take what another test plants there");
        plantedNamespace();
        Team team = Team.ready(world, "leaks-sought");
        new LivingAccount(world, team, "alice").becomes(TelegramAccountStatus.State.Ready);
        String text = world.written().message("Hi {{first_name}}, this stands in no log: {{link}}");
        String audience = world.written().audience("leaks_sought", 3);
        world.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(WorldLeaks.PLANTED)
                        .withName("repeats")
                        .endMetadata()
                        .addToData("text", text.replace("{{first_name}}", "you"))
                        .addToData("audience", audience)
                        .addToData(
                                "session",
                                Base64.getEncoder()
                                        .encodeToString(world.savedSessions().getFirst()))
                        .build())
                .create();

        assertThat(new WorldLeaks(world).planted().stream().filter(find -> find.contains("/repeats ")))
                .extracting(find -> find.substring(find.indexOf(" holds ") + 7))
                .containsExactlyInAnyOrder(
                        "a person's name",
                        "a person's phone",
                        "a person's username",
                        "a saved session",
                        "message text");
    }

    @Test
    void whatStandsInAnObjectOfEachKindIsFound() {
        world.cluster().ownFor("it does not take what another test plants there");
        plantedNamespace();
        List.of(
                        "apiVersion: apps/v1\nkind: Deployment\nspec: {replicas: 0, selector: {matchLabels: {a: b}}, template:"
                                + " {metadata: {labels: {a: b}}, spec: {containers: [{name: main, image: none}]}}}",
                        "apiVersion: batch/v1\nkind: CronJob\nspec: {schedule: 0 0 1 1 *, suspend: true, jobTemplate: {spec:"
                                + " {template: {spec: {restartPolicy: Never, containers: [{name: main, image: none}]}}}}}",
                        "apiVersion: batch/v1\nkind: Job\nspec: {suspend: true, template: {spec:"
                                + " {restartPolicy: Never, containers: [{name: main, image: none}]}}}",
                        "apiVersion: v1\nkind: ConfigMap",
                        "apiVersion: beckon.dev/v1alpha1\nkind: TelegramAccount\nspec: {suspend: true, apiCredentials:"
                                + " {secretRef: {name: none}}}",
                        "apiVersion: beckon.dev/v1alpha1\nkind: InviteCampaign\nspec: {suspend: true, target: '@none', accounts:"
                                + " {names: [none]}, audience: {inline: [{username: nobody}]}, consent: {basis: OptIn,"
                                + " evidence: none}}",
                        "apiVersion: beckon.dev/v1alpha1\nkind: ParserJob\nspec: {suspend: true, source: '@none', account:"
                                + " {name: none}}",
                        "apiVersion: beckon.dev/v1alpha1\nkind: AutopostSchedule\nspec: {suspend: true, schedule: 0 0 1 1 *,"
                                + " timeZone: Etc/UTC, account: {name: none}, targets: ['@none'], content: {configMapRef: {name: none}}}")
                .forEach(this::plantWithLabel);

        assertThat(new WorldLeaks(world).planted(new Needles().with("a label", LABEL), new SecretBytes()))
                .extracting(sentence -> sentence.substring(0, sentence.indexOf(' ')))
                .contains(
                        "Deployment",
                        "CronJob",
                        "Job",
                        "ConfigMap",
                        "TelegramAccount",
                        "InviteCampaign",
                        "ParserJob",
                        "AutopostSchedule");
    }

    private void plantWithLabel(String yaml) {
        GenericKubernetesResource object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(WorldLeaks.PLANTED)
                .withName("labelled")
                .addToLabels("who", LABEL)
                .build());
        world.client().resource(object).create();
    }

    private void plantedNamespace() {
        world.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(WorldLeaks.PLANTED)
                        .endMetadata()
                        .build())
                .serverSideApply();
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
