package dev.beckon.demo.misuse;

import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Cluster;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Programs;
import dev.beckon.demo.environment.Variant;
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

/** The demo's environment with a team of its own in it, and what a member of the team may do: run kubectl. */
final class Team implements AutoCloseable {
    static final String HOME = "default";

    /** Of another team, with a Secret of the same installation. */
    static final String ELSEWHERE = "other-team";

    static final String MEETUP = "@misuse_meetup";
    static final String SECOND = "@misuse_second";
    static final String FOREIGN = "@misuse_foreign";

    /** Long for a machine of two cores that is busy; reached only by what never comes. */
    private static final String PATIENCE = "--timeout=90s";

    /** Days are not waited for here. */
    private static final Map<String, String> HURRIED_OPERATOR = Map.of(
            "BECKON_PACE_SLICE", "20s",
            "BECKON_PACE_PROGRESS", "1s",
            "BECKON_PACE_LOOK", "3s",
            "BECKON_PACE_RECHECK", "3s",
            "BECKON_PACE_FIRST_BACK_OFF", "1s",
            "BECKON_PACE_LONGEST_BACK_OFF", "10s");

    private final Environment environment;
    private final Cluster cluster;

    private Team(Environment environment) {
        this.environment = environment;
        this.cluster = environment.cluster();
    }

    /** Starts it anew in a folder. */
    static Team start(Path state) {
        Path checkout = Path.of("..").toAbsolutePath().normalize();
        Environment environment = new Environment(
                state,
                write(state.resolve("world.yaml"), resource("world.yaml")),
                Programs.of(checkout, localCluster(checkout)),
                new Variant(Optional.empty(), HURRIED_OPERATOR));
        environment.forget();
        environment.check();
        Team team = new Team(environment);
        try {
            environment.up(new Progress());
            team.settle();
        } catch (RuntimeException failure) {
            team.close();
            throw failure;
        }
        return team;
    }

    /** The other team's namespace, with the installation's Secret as the platform team would copy it, and all accounts logged in. */
    private void settle() {
        cluster.kubectl("create", "namespace", ELSEWHERE);
        String data = cluster.kubectl("get", "secret", "beckon-worker", "-o", "jsonpath={.data}");
        apply("{apiVersion: v1, kind: Secret, metadata: {name: beckon-worker, namespace: %s}, data: %s}"
                .formatted(ELSEWHERE, data));
        apply(resource("accounts.yaml"));
        for (String namespace : List.of(HOME, ELSEWHERE)) {
            cluster.kubectl(
                    "wait",
                    "telegramaccounts",
                    "--all",
                    "-n",
                    namespace,
                    "--for=jsonpath={.status.state}=Ready",
                    PATIENCE);
        }
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

    /** A manifest beside this class. */
    static String resource(String name) {
        try (var in = Team.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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

    void apply(String manifest) {
        cluster.apply(manifest);
    }

    /** @throws IllegalStateException with the API server's words when it refuses */
    String kubectl(String... arguments) {
        return cluster.kubectl(arguments);
    }

    /**
     * Waits until a field of a resource has a value.
     *
     * @param resource such as {@code campaign/spring}
     * @param path of the field, such as {@code .status.state}
     */
    void await(String namespace, String resource, String path, String value) {
        try {
            kubectl("wait", resource, "-n", namespace, "--for=jsonpath={" + path + "}=" + value, PATIENCE);
        } catch (IllegalStateException never) {
            throw new AssertionError(
                    resource + " never had " + path + " = " + value + ":\n"
                            + kubectl("get", resource, "-n", namespace, "-o", "jsonpath={.status}"),
                    never);
        }
    }

    /** The words of a field of a resource; none where it has nothing. */
    List<String> field(String namespace, String resource, String path) {
        return Stream.of(kubectl("get", resource, "-n", namespace, "-o", "jsonpath={" + path + "}")
                        .split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** How often Telegram was asked to add a person or to write to them, by anybody, whatever came of it. */
    long calls(String username) {
        return contacts().stream()
                .filter(contact -> contact.username().filter(username::equals).isPresent())
                .count();
    }

    /** Who was asked for anything more than once, at Telegram. */
    List<String> contactedTwice() {
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
        return new TruthDoor(environment.telegram().truth())
                .contacts().stream()
                        .filter(contact -> Set.of("invite", "message").contains(contact.how()))
                        .toList();
    }

    @Override
    public void close() {
        environment.down(new Progress());
    }
}
