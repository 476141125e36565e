package dev.beckon.demo.release;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.Campaigns;
import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Servers;
import dev.beckon.demo.environment.Trees;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.demo.stage.Manifests;
import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A cluster with the images, servers of this machine that its pods reach, and the chart. */
final class Release implements AutoCloseable {
    static final String NAME = "beckon";
    static final String SYSTEM = "beckon-system";
    static final String TEAM = "team";

    /** Long for a machine of two cores that is busy; reached only by what never comes. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;
    private final Place place;
    private final Servers servers;
    private final Chart chart;

    private Release(Path folder, Place place, Servers servers) {
        this.folder = folder;
        this.place = place;
        this.servers = servers;
        this.chart = new Chart(place.cluster().kubeconfig(), folder.resolve("values.json"));
    }

    /**
     * Starts all anew that is below the chart.
     *
     * @param localCluster the program that is Kubernetes and kubectl
     * @throws IllegalStateException with what is missing when this machine can't run a node of containers
     */
    static Release start(Path folder, Path localCluster, Progress progress) {
        Path images = Stage.checkout().resolve("images/target/oci");
        Path tool = Stage.checkout().resolve(".build/e2e/tool.tar");
        Path world = folder.resolve("world.yaml");
        clear(folder.resolve("servers"), world);
        write(world, Manifests.beside(Release.class, "world.yaml"));
        List<Path> archives = List.of(images.resolve("operator.tar"), images.resolve("gateway.tar"), tool);
        AtomicReference<Place> found = new AtomicReference<>();
        progress.step(
                "Kubernetes with real containers, and the images",
                () -> found.set(Place.named(folder.resolve("cluster"), localCluster, archives)));
        Place place = found.get();
        Servers servers = new Servers(folder.resolve("servers"), world, place.address());
        Release release = new Release(folder, place, servers);
        try {
            servers.start(progress);
            progress.step("the worker's image, with our Telegram's key", () -> {
                Path worker = folder.resolve("worker.tar");
                new TelegramImage(
                                images.resolve("worker.tar"),
                                Path.of(servers.telegram().library()))
                        .write(worker, "docker.io/" + Values.WORKER + ":" + Values.TELEGRAM);
                place.load(worker);
            });
            progress.step("namespaces and Secrets", release::prepare);
        } catch (RuntimeException failure) {
            release.close();
            throw failure;
        }
        return release;
    }

    /** Servers that outlived a run before this one are stopped first. */
    private static void clear(Path state, Path world) {
        if (Files.exists(state)) {
            new Servers(state, world).down();
            Trees.delete(state);
        }
    }

    /** What the chart's page has a person do before they install it. */
    private void prepare() {
        namespaces();
        secret(SYSTEM, "beckon-bootstrap", servers.bootstrapSecret());
        secret(SYSTEM, "beckon-operator", servers.operatorSecret());
        secret(SYSTEM, "beckon-steward", servers.stewardSecret());
        secret(SYSTEM, "beckon-gateway", servers.gatewaySecret());
        secret(TEAM, "beckon-worker", servers.workerSecret());
    }

    private void namespaces() {
        for (String namespace : List.of(SYSTEM, TEAM)) {
            apply("""
                    apiVersion: v1
                    kind: Namespace
                    metadata:
                      name: %s
                      labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}
                    """.formatted(namespace));
        }
    }

    private void secret(String namespace, String name, Map<String, String> data) {
        apply(json(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "stringData",
                data)));
    }

    /**
     * {@code helm install}; what it starts may not be ready when it returns.
     *
     * @param values see {@link Values}
     */
    void install(Map<String, Object> values) {
        chart.install(values);
        kubectl("wait", "crd", "--all", "--for=condition=Established", "--timeout=60s");
        // What kubectl remembers of the API is from before there were custom resources.
        kubectl("api-resources", "--api-group=beckon.dev");
    }

    /** The chart, for all else that is done with it. */
    Chart chart() {
        return chart;
    }

    /** Removes both namespaces, with all that is in them, and makes them anew without a Secret. */
    void forget() {
        kubectl("delete", "namespace", SYSTEM, TEAM, "--timeout=180s");
        namespaces();
    }

    /** Where the release is. */
    Place place() {
        return place;
    }

    /** Database, Redis and Telegram. */
    Servers servers() {
        return servers;
    }

    /** Where the suite keeps its files. */
    Path folder() {
        return folder;
    }

    /** What Telegram saw. */
    TruthDoor truth() {
        return new TruthDoor(servers.telegram().truth());
    }

    /** What people do with their own phones. */
    ControlDoor phones() {
        return new ControlDoor(servers.telegram().control());
    }

    /** What the team declared. */
    Campaigns declared() {
        return new Campaigns(place.cluster(), TEAM);
    }

    /** Runs {@code kubectl apply}. */
    void apply(String manifest) {
        place.cluster().apply(manifest);
    }

    /**
     * Runs kubectl.
     *
     * @throws IllegalStateException with its words when it ends with anything but 0
     */
    String kubectl(String... arguments) {
        return place.cluster().kubectl(arguments);
    }

    /**
     * How a try ended.
     *
     * @param said what was printed
     */
    record Answer(boolean done, String said) {}

    /** Runs kubectl where a refusal is an answer. */
    Answer ask(String... arguments) {
        try {
            return new Answer(true, kubectl(arguments));
        } catch (IllegalStateException refused) {
            return new Answer(false, refused.getMessage());
        }
    }

    /** The JSON that kubectl prints. */
    JsonNode object(String... arguments) {
        try {
            return JSON.readTree(kubectl(
                    Stream.concat(Stream.of(arguments), Stream.of("-o", "json")).toArray(String[]::new)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The words of a field of a resource; none where it has nothing. */
    List<String> field(String namespace, String resource, String path) {
        return Stream.of(kubectl("get", resource, "-n", namespace, "-o", "jsonpath={" + path + "}")
                        .split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Waits until a field of a resource of the team's has a value. */
    void awaitField(String resource, String path, String value) {
        try {
            kubectl("wait", resource, "-n", TEAM, "--for=jsonpath={" + path + "}=" + value, "--timeout=180s");
        } catch (IllegalStateException never) {
            throw new AssertionError(resource + " never had " + path + " = " + value + ":\n" + scene(), never);
        }
    }

    /** Waits until the parts of the release are there again. */
    void awaitParts() {
        for (String part : List.of("operator", "gateway")) {
            kubectl("rollout", "status", "deployment/beckon-" + part, "-n", SYSTEM, "--timeout=180s");
        }
    }

    /** Waits until something holds. */
    void until(String what, Callable<Boolean> holds) {
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(holds);
    }

    /** What a person would look at who asks why. */
    String scene() {
        return Stream.of(
                        ask("get", "pods", "-A", "-o", "wide"),
                        ask("get", "telegramaccounts,campaigns,parserjobs,autopostschedules", "-n", TEAM, "-o", "yaml"),
                        ask("get", "events", "-A", "--sort-by=.lastTimestamp"),
                        ask("logs", "-n", SYSTEM, "-l", "app.kubernetes.io/name=beckon-operator", "--tail=40"),
                        ask("logs", "-n", TEAM, "-l", "app.kubernetes.io/managed-by=beckon", "--tail=15"))
                .map(Answer::said)
                .reduce("", (all, next) -> all + "\n" + next);
    }

    /** As JSON, which is YAML, too. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (place) {
            servers.down();
        }
    }
}
