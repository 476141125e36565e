package dev.beckon.bench.stage;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Nodes that are there in name only, kept by kwok: a pod that is bound to one runs as soon as it is there, and ends when somebody writes that into its status. */
final class FakeNodes implements AutoCloseable {
    /** As many as a real node has by kubelet's preset. */
    private static final int PODS = 110;

    private static final String MARK = "kwok.x-k8s.io/node";

    /** In place of kwok's own, by which the pods of Jobs end as soon as they run. */
    private static final String STAGES = """
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: node-is-ready}
            spec:
              resourceRef: {apiGroup: v1, kind: Node}
              selector:
                matchExpressions:
                  - key: '.status.conditions.[] | select( .type == "Ready" ) | .status'
                    operator: NotIn
                    values: ["True"]
              next:
                statusTemplate: |
                  {{ $now := Now }}
                  phase: Running
                  conditions:
                  - type: Ready
                    status: "True"
                    reason: KubeletReady
                    message: There in name only
                    lastHeartbeatTime: {{ $now | Quote }}
                    lastTransitionTime: {{ $now | Quote }}
            ---
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: pod-runs}
            spec:
              resourceRef: {apiGroup: v1, kind: Pod}
              selector:
                matchExpressions:
                  - {key: .metadata.deletionTimestamp, operator: DoesNotExist}
                  - {key: .status.podIP, operator: DoesNotExist}
              next:
                statusTemplate: |
                  {{ $now := Now }}
                  phase: Running
                  startTime: {{ $now | Quote }}
                  hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
                  podIP: {{ PodIPWith .spec.nodeName false .metadata.uid .metadata.name .metadata.namespace | Quote }}
                  conditions:
                  - {type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }}}
                  - {type: Ready, status: "True", lastTransitionTime: {{ $now | Quote }}}
                  - {type: ContainersReady, status: "True", lastTransitionTime: {{ $now | Quote }}}
                  containerStatuses:
                  {{ range .spec.containers }}
                  - image: {{ .image | Quote }}
                    imageID: ""
                    name: {{ .name | Quote }}
                    ready: true
                    started: true
                    restartCount: 0
                    state: {running: {startedAt: {{ $now | Quote }}}}
                  {{ end }}
            ---
            apiVersion: kwok.x-k8s.io/v1alpha1
            kind: Stage
            metadata: {name: pod-goes}
            spec:
              resourceRef: {apiGroup: v1, kind: Pod}
              selector:
                matchExpressions:
                  - {key: .metadata.deletionTimestamp, operator: Exists}
              next:
                delete: true
            """;

    private final Started process;

    private FakeNodes(Started process) {
        this.process = process;
    }

    /**
     * Makes them and keeps them ready.
     *
     * @param program kwok
     * @param folder for its settings and log
     * @param pods how many pods must have room at the same time
     */
    static FakeNodes start(Path program, Path kubeconfig, KubernetesClient client, Path folder, int pods) {
        Path stages = folder.resolve("stages.yaml");
        try {
            Files.writeString(stages, STAGES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        IntStream.rangeClosed(0, pods / PODS)
                .forEach(number -> client.resource(node("fake-" + number)).create());
        return new FakeNodes(Started.of(new ProcessBuilder(List.of(
                        program.toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--config=" + stages,
                        "--manage-all-nodes=false",
                        "--manage-nodes-with-annotation-selector=" + MARK + "=fake",
                        "--node-lease-duration-seconds=40"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("kwok.log").toFile())));
    }

    private static Node node(String name) {
        Map<String, Quantity> room = Map.of(
                "cpu", new Quantity("1k"), "memory", new Quantity("1Ti"), "pods", new Quantity(String.valueOf(PODS)));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withAnnotations(Map.of(MARK, "fake"))
                .withLabels(Map.of("kubernetes.io/hostname", name, "kubernetes.io/os", "linux"))
                .endMetadata()
                .withNewStatus()
                .withAllocatable(room)
                .withCapacity(room)
                .endStatus()
                .build();
    }

    @Override
    public void close() {
        process.close();
    }
}
