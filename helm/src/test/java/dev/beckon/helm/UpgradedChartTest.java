package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chart's upgrade, by Helm itself and before the real API server, from what the release before rendered, and back. */
@Tag("integration")
class UpgradedChartTest {
    private static ChartCluster cluster;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = ChartCluster.get();
    }

    /**
     * Nothing of a release owns what people declared, nor what the operator made of it: no worker is ended or begun by Helm. From what the chart of
     * the release before rendered, forward and, as a rollback does it, back: what can't be changed in place is told by the API server.
     */
    @Test
    void upgradeRollbackAndRemovalTouchNoCampaignAndNoneOfItsWorkers() throws IOException, InterruptedException {
        Path previous = PreviousRelease.chart(cluster.folder().resolve("previous"));
        String before = declared();
        try {
            new Helm(previous)
                    .install()
                    .withName("beckon")
                    .withNamespace(Chart.NAMESPACE)
                    .withKubeConfig(cluster.kubeconfig())
                    .call();
            next().call();
            assertThat(operatorsImage()).endsWith(":next");
            assertThat(state()).isEqualTo(before);
            new Helm(previous)
                    .upgrade()
                    .withName("beckon")
                    .withNamespace(Chart.NAMESPACE)
                    .withKubeConfig(cluster.kubeconfig())
                    .call();
            assertThat(operatorsImage()).doesNotEndWith(":next");
            assertThat(state()).isEqualTo(before);
        } finally {
            // Else what is left of it stands in the way of the other tests, and they are red, too.
            Helm.uninstall("beckon")
                    .withNamespace(Chart.NAMESPACE)
                    .withKubeConfig(cluster.kubeconfig())
                    .call();
        }
        assertThat(state()).isEqualTo(before);
    }

    private static UpgradeCommand next() {
        return new Helm(Chart.FOLDER)
                .upgrade()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .withValuesFile(Path.of("src/test/resources/values/everything.yaml"))
                .set("operator.image.tag", "next")
                // What is not installed here: Prometheus' operator, a database.
                .set("metrics.serviceMonitor.enabled", false)
                .set("metrics.prometheusRule.enabled", false)
                .set("bootstrap.enabled", false)
                .set("crds.install", false);
    }

    /** A campaign, and what the operator makes of it; answers its {@link #state()}. */
    private static String declared() throws IOException, InterruptedException {
        Path file = Files.writeString(cluster.folder().resolve("running.yaml"), """
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: spring, namespace: team}
                spec:
                  target: "@spring_meetup"
                  accounts: {names: [alice]}
                  audience: {inline: [{username: bobby}]}
                  consent: {basis: OptIn, evidence: form}
                  mode: InviteOrLink
                  message: "Hi, here is the link: {{link}}"
                """);
        cluster.kubectl("apply", "-f", file.toString());
        GenericKubernetesResource campaign = campaign();
        Path children = Files.writeString(cluster.folder().resolve("worker.yaml"), """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: spring-alice-1
                  namespace: team
                  labels: {app.kubernetes.io/managed-by: beckon}
                  ownerReferences: [{apiVersion: beckon.dev/v1alpha1, kind: InviteCampaign, name: spring, uid: %s, controller: true}]
                spec:
                  suspend: true
                  template:
                    metadata: {labels: {app.kubernetes.io/managed-by: beckon}}
                    spec:
                      restartPolicy: Never
                      containers: [{name: worker, image: "beckon/worker:previous"}]
                """.formatted(
                        campaign.getMetadata().getUid()));
        cluster.kubectl("apply", "-f", children.toString());
        return state();
    }

    private static String operatorsImage() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(Chart.NAMESPACE)
                .withName("beckon-operator")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private static GenericKubernetesResource campaign() {
        return cluster.client()
                .genericKubernetesResources("beckon.dev/v1alpha1", "InviteCampaign")
                .inNamespace("team")
                .withName("spring")
                .get();
    }

    private static String state() {
        HasMetadata job = cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace("team")
                .withName("spring-alice-1")
                .get();
        return Stream.of(campaign(), job)
                .map(HasMetadata::getMetadata)
                .map(it -> it.getUid() + " " + it.getGeneration() + " " + it.getDeletionTimestamp())
                .collect(Collectors.joining(", "));
    }
}
