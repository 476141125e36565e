package dev.beckon.demo.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The real Kubernetes of {@code local-cluster} in a state folder, and its kubectl. */
public final class Cluster {
    /** More than any run prints; with less, the search says that it was not whole. */
    private static final String KEPT_LOGS = "512Mi";

    private final Path program;
    private final Path state;

    public Cluster(Path program, Path state) {
        this.program = program;
        this.state = state;
    }

    /**
     * Starts it, or finds it running; returns when every component is ready. What pods that are gone have printed is kept, for the
     * search for leaks.
     */
    public void up(Path images) {
        run("up", "--state", state.toString(), "--images", images.toString(), "--keep-logs", KEPT_LOGS, "--detach");
    }

    /**
     * Starts one whose node runs real containers, which needs root, or finds it running; returns when every component is ready.
     *
     * @param images docker or OCI archives that the node gets
     */
    public void upWithContainers(List<Path> images) {
        run(
                "up",
                "--node",
                "containers",
                "--state",
                state.toString(),
                "--images",
                images.stream().map(Path::toString).collect(Collectors.joining(",")),
                "--detach");
    }

    /** Gives one more image to a node of real containers. */
    public void load(Path image) {
        run("load-image", image.toString(), "--state", state.toString());
    }

    /** Stops it with every pod; nothing outlives this. */
    public void down() {
        run("down", "--state", state.toString());
    }

    /** Stops it and forgets everything it held. */
    public void purge() {
        if (Files.exists(state)) {
            run("down", "--state", state.toString(), "--purge");
        }
    }

    /**
     * Kills a component without warning ({@code kube-apiserver}, {@code etcd}, …); the supervisor starts it again, once
     * {@code downFor} is over.
     */
    public void kill(String component, Duration downFor) {
        run("kill-component", component, "--state", state.toString(), "--for", downFor.toMillis() + "ms");
    }

    /** Whether it does, also when not every component is well, whoever started it. */
    boolean runs() {
        return Files.exists(state) && status().path("running").asBoolean();
    }

    /**
     * The process of a running container on this machine, which is process 1 of the container or what its pod has it be.
     *
     * @throws IllegalStateException when it does not run
     */
    public ProcessHandle process(String namespace, String pod, String container) {
        String said = Shell.run(
                Map.of(), "", List.of(program.toString(), "containers", "--state", state.toString(), "-o", "json"));
        try {
            for (JsonNode each : new JsonMapper().readTree(said)) {
                if (each.path("namespace").asText().equals(namespace)
                        && each.path("pod").asText().equals(pod)
                        && each.path("container").asText().equals(container)) {
                    return ProcessHandle.of(each.path("pid").asLong()).orElseThrow();
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the cluster's containers can't be read: " + said.strip(), e);
        }
        throw new IllegalStateException("no container " + container + " of pod " + pod + " runs in " + namespace);
    }

    /** The process id of a component. */
    public long pid(String component) {
        for (JsonNode each : status().path("components")) {
            if (each.path("component").asText().equals(component)) {
                return each.path("pid").asLong();
            }
        }
        throw new IllegalStateException("the cluster has no component " + component);
    }

    /** What it tells of itself. That not everything is well is an answer: an exit code and a sentence after the document. */
    private JsonNode status() {
        String said = Shell.tryRun(
                        Map.of(), "", List.of(program.toString(), "status", "--state", state.toString(), "-o", "json"))
                .output();
        try {
            return new JsonMapper().readTree(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the cluster's status can't be read: " + said.strip(), e);
        }
    }

    public Path state() {
        return state;
    }

    /** What is left of the logs of removed pods. */
    public Path keptLogs() {
        return state.resolve("removed-logs");
    }

    public Path kubeconfig() {
        return state.resolve("kubeconfig");
    }

    /** Runs kubectl as the administrator. */
    public String kubectl(String... arguments) {
        return Shell.run(environment(), "", kubectlCommand(arguments));
    }

    /** Runs {@code kubectl apply --server-side} on a manifest. */
    public void apply(String manifest) {
        Shell.run(
                environment(),
                manifest,
                kubectlCommand(
                        "apply", "--server-side", "--force-conflicts", "--field-manager=beckon-demo", "-f", "-"));
    }

    /** Like {@link #kubectl}, but nothing when the API server refuses, or does not answer within a few seconds. */
    public Optional<String> ask(String... arguments) {
        Shell.Result result = tryKubectl(Stream.concat(Stream.of(arguments), Stream.of("--request-timeout=5s"))
                .toArray(String[]::new));
        return result.exitCode() == 0 ? Optional.of(result.output()) : Optional.empty();
    }

    /** Waits until a Deployment has all its replicas, a minute at most: whether they came is for the caller to see. */
    public void giveReplicasTime(String namespace, String deployment) {
        tryKubectl("rollout", "status", "deployment/" + deployment, "-n", namespace, "--timeout=60s");
    }

    /** Like {@link #kubectl}, but a refusal is an answer. */
    Shell.Result tryKubectl(String... arguments) {
        return Shell.tryRun(environment(), "", kubectlCommand(arguments));
    }

    /** A kubectl to be started by the caller, for what goes on printing. */
    public ProcessBuilder kubectlProcess(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(kubectlCommand(arguments));
        builder.environment().putAll(environment());
        return builder;
    }

    private List<String> kubectlCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "kubectl"));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> environment() {
        return Map.of("KUBECONFIG", kubeconfig().toString());
    }

    private void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Shell.run(Map.of(), "", command);
    }
}
