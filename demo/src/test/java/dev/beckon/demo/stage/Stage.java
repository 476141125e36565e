package dev.beckon.demo.stage;

import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Cluster;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Programs;
import dev.beckon.demo.environment.Variant;
import dev.beckon.demo.proof.ControlDoor;
import dev.beckon.demo.proof.EnvironmentLeaks;
import dev.beckon.demo.proof.TruthDoor;
import dev.beckon.demo.proof.TruthDoor.Contact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The demo's environment with people of the suites in it, and what a member of a team may do: run kubectl. */
public final class Stage implements AutoCloseable {
    /** Every suite's world stands in it: an environment has one. */
    private static final List<String> WORLDS = List.of(
            "/dev/beckon/demo/misuse/world.yaml",
            "/dev/beckon/demo/endtoend/world.yaml",
            "/dev/beckon/demo/monitoring/world.yaml");

    /** Long for a machine of two cores that is busy; reached only by what never comes. */
    private static final String PATIENCE = "--timeout=150s";

    /** Days are not waited for here. */
    private static final Map<String, String> HURRIED_OPERATOR = Map.of(
            "BECKON_PACE_SLICE", "20s",
            "BECKON_PACE_PROGRESS", "1s",
            "BECKON_PACE_LOOK", "3s",
            "BECKON_PACE_RECHECK", "3s",
            "BECKON_PACE_WEBHOOK_IDLE", "5s",
            "BECKON_PACE_FIRST_BACK_OFF", "1s",
            "BECKON_PACE_LONGEST_BACK_OFF", "10s");

    private final Environment environment;
    private final Cluster cluster;

    private Stage(Environment environment) {
        this.environment = environment;
        this.cluster = environment.cluster();
    }

    /** Starts it anew in a folder. */
    public static Stage start(Path state) {
        Path checkout = checkout();
        List<String> worlds =
                WORLDS.stream().map(it -> Manifests.beside(Stage.class, it)).toList();
        Environment environment = new Environment(
                state,
                write(state.resolve("world.yaml"), Manifests.united(worlds)),
                Programs.of(checkout, localCluster(checkout)),
                new Variant(Optional.empty(), HURRIED_OPERATOR));
        environment.forget();
        environment.check();
        try {
            environment.up(new Progress());
        } catch (RuntimeException failure) {
            environment.down(new Progress());
            throw failure;
        }
        return new Stage(environment);
    }

    /** The project's folder, where tests of a module run one below. */
    public static Path checkout() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    private static Path localCluster(Path checkout) {
        try {
            Process build = new ProcessBuilder(
                            checkout.resolve("local-cluster/build.sh").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return Path.of(new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a namespace with the installation's Secret, as the platform team would copy it. */
    public void namespace(String name) {
        kubectl("create", "namespace", name);
        String data = kubectl("get", "secret", "beckon-worker", "-o", "jsonpath={.data}");
        apply("{apiVersion: v1, kind: Secret, metadata: {name: beckon-worker, namespace: %s}, data: %s}"
                .formatted(name, data));
    }

    /** Waits until every account of a namespace is logged in. */
    public void accountsReady(String namespace) {
        kubectl("wait", "telegramaccounts", "--all", "-n", namespace, "--for=jsonpath={.status.state}=Ready", PATIENCE);
    }

    /** Runs {@code kubectl apply}. */
    public void apply(String manifest) {
        cluster.apply(manifest);
    }

    /**
     * Runs kubectl.
     *
     * @throws IllegalStateException with the API server's words when it refuses
     */
    public String kubectl(String... arguments) {
        return cluster.kubectl(arguments);
    }

    /**
     * Waits until a field of a resource has a value.
     *
     * @param resource such as {@code campaign/spring}
     * @param path of the field, such as {@code .status.state}
     */
    public void await(String namespace, String resource, String path, String value) {
        try {
            kubectl("wait", resource, "-n", namespace, "--for=jsonpath={" + path + "}=" + value, PATIENCE);
        } catch (IllegalStateException never) {
            throw new AssertionError(
                    resource + " never had " + path + " = " + value + ":\n"
                            + kubectl("get", resource, "-n", namespace, "-o", "jsonpath={.status}"),
                    never);
        }
    }

    /** Waits until a resource is there. */
    public void awaitCreated(String namespace, String resource) {
        kubectl("wait", resource, "-n", namespace, "--for=create", PATIENCE);
    }

    /** The words of a field of a resource; none where it has nothing. */
    public List<String> field(String namespace, String resource, String path) {
        return Stream.of(kubectl("get", resource, "-n", namespace, "-o", "jsonpath={" + path + "}")
                        .split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** What Telegram saw. */
    public TruthDoor truth() {
        return new TruthDoor(environment.telegram().truth());
    }

    /** What people do with their own phones. */
    public ControlDoor phones() {
        return new ControlDoor(environment.telegram().control());
    }

    /** The environment itself, for what kubectl can't reach. */
    public Environment environment() {
        return environment;
    }

    /** How often Telegram was asked to add a person or to write to them, by anybody, whatever came of it. */
    public long calls(String username) {
        return contacts().stream()
                .filter(contact -> contact.username().filter(username::equals).isPresent())
                .count();
    }

    /** Who was asked for anything more than once, at Telegram. */
    public List<String> contactedTwice() {
        return contacts().stream()
                .collect(Collectors.groupingBy(Contact::personId, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "person " + entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    /** Without the contacts of an address book, in which a phone number is looked up: nobody is told of those. */
    private List<Contact> contacts() {
        return truth().contacts().stream()
                .filter(contact -> Set.of("invite", "message").contains(contact.how()))
                .toList();
    }

    /** Where people and secrets stand that must not. */
    public List<String> leaks() {
        return new EnvironmentLeaks(environment).findings();
    }

    @Override
    public void close() {
        environment.down(new Progress());
    }
}
