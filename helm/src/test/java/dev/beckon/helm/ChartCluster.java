package dev.beckon.helm;

import dev.beckon.crd.apiserver.RealCluster;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A real cluster with our custom resources and some teams, one for all tests of the chart, stopped with the JVM. The worker's image is a shell here
 * that says what it was asked to do.
 */
final class ChartCluster {
    private static ChartCluster shared;

    private final Path folder;
    private final RealCluster cluster;

    private ChartCluster() throws IOException, InterruptedException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chart-on-api-server-");
        String worker = "beckon/worker:"
                + Chart.YAML
                        .readTree(Chart.FOLDER.resolve("Chart.yaml").toFile())
                        .get("appVersion")
                        .asText();
        Path images = Files.writeString(folder.resolve("images.yaml"), """
                images:
                  "%s":
                    command: [/bin/sh, -c, 'echo "$0 $*"; env | grep ^BECKON_ | sort']
                    user: 65532
                """.formatted(worker));
        cluster = RealCluster.own(Files.createDirectory(folder.resolve("cluster")), images);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        kubectl("apply", "--server-side", "-f", "../crds/src/main/resources/crds");
        for (String name : List.of(Chart.NAMESPACE, "team", "team-a", "team-b")) {
            client().resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                            .addToLabels("pod-security.kubernetes.io/warn", "restricted")
                            .endMetadata()
                            .build())
                    .create();
        }
    }

    static synchronized ChartCluster get() throws IOException, InterruptedException {
        if (shared == null) {
            shared = new ChartCluster();
        }
        return shared;
    }

    private void stop() {
        try {
            cluster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    KubernetesClient client() {
        return cluster.client();
    }

    Path kubeconfig() {
        return cluster.kubeconfig();
    }

    /** For files of the tests. */
    Path folder() {
        return folder;
    }

    /** @return what it printed */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        return cluster.command("kubectl", arguments);
    }
}
