package dev.beckon.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.beckon.crd.apiserver.RealCluster;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chart's life with the real API server, by Helm itself. No pod of it runs here. */
@Tag("integration")
class InstalledChartTest {
    private static final String CRD = "invitecampaigns.beckon.dev";

    private RealCluster cluster;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        // Not below /tmp, which pods may hide, and anew each time.
        Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "installed-chart-");
        Path images = Files.writeString(folder.resolve("images.yaml"), "images: {}\n");
        cluster = RealCluster.own(Files.createDirectory(folder.resolve("cluster")), images);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        cluster.stop();
    }

    @Test
    void isInstalledUpgradedAndRemovedAndTheCustomResourcesStay() {
        new Helm(Chart.FOLDER)
                .install()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .createNamespace()
                .withKubeConfig(cluster.kubeconfig())
                .set("gateway.enabled", true)
                .set("networkPolicies.enabled", true)
                .call();
        assertThat(operator().getSpec().getReplicas()).isEqualTo(2);
        assertThat(crd()).isTrue();

        new Helm(Chart.FOLDER)
                .upgrade()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .reuseValues()
                .set("operator.replicas", 3)
                .call();
        assertThat(operator().getSpec().getReplicas()).isEqualTo(3);

        Helm.uninstall("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .call();
        await().atMost(Duration.ofMinutes(1)).until(() -> operator() == null);
        assertThat(crd()).as("and with it every campaign").isTrue();

        new Helm(Chart.FOLDER)
                .install()
                .withName("beckon")
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(cluster.kubeconfig())
                .call();
        assertThat(operator()).isNotNull();
    }

    private Deployment operator() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(Chart.NAMESPACE)
                .withName("beckon-operator")
                .get();
    }

    private boolean crd() {
        return cluster.client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(CRD)
                        .get()
                != null;
    }
}
