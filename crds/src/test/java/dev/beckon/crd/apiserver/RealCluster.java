package dev.beckon.crd.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster of {@code KUBECONFIG} if that is set, else one of our own from {@code local-cluster/}, stopped at the end. */
public final class RealCluster {
    private final Optional<Path> program;
    private final Path state;
    private final Path kubeconfig;
    private final boolean own;
    private final KubernetesClient client;

    private RealCluster(Optional<Path> program, Path state, Path kubeconfig, boolean own) {
        this.own = own;
        this.program = program;
        this.state = state;
        this.kubeconfig = kubeconfig;
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        // A refusal is the answer we ask for: no retry, no back-off.
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .withRequestTimeout(60_000)
                        .withConnectionTimeout(60_000)
                        .build())
                .build();
    }

    static RealCluster connect(Path state) throws IOException, InterruptedException {
        String given = System.getenv("KUBECONFIG");
        return given != null
                ? new RealCluster(Optional.empty(), state, Path.of(given), false)
                : start(state, List.of());
    }

    /**
     * One of our own, whatever {@code KUBECONFIG} says. It keeps the logs of removed pods, for a search in them.
     *
     * @param state a folder for what it keeps, not below /tmp, which pods may hide
     * @param images the table that tells which program an image stands for
     */
    public static RealCluster own(Path state, Path images) throws IOException, InterruptedException {
        return start(state, List.of("--images", images.toString(), "--keep-logs", "256Mi"));
    }

    /**
     * One that runs already. Of our program only {@code kubectl} is for it.
     *
     * @param state a folder for what is printed
     */
    public static RealCluster given(Path kubeconfig, Path state) throws IOException, InterruptedException {
        return new RealCluster(Optional.of(program(state)), state, kubeconfig, false);
    }

    private static Path program(Path folder) throws IOException, InterruptedException {
        return Path.of(run(List.of("../local-cluster/build.sh"), folder)
                .strip()
                .lines()
                .toList()
                .getLast());
    }

    /** Gives a local-cluster that runs another image table. */
    public void up(Path ofState, Path images) throws IOException, InterruptedException {
        run(
                List.of(
                        program.orElseThrow().toString(),
                        "up",
                        "--state",
                        ofState.toString(),
                        "--images",
                        images.toString(),
                        "--detach"),
                state);
    }

    private static RealCluster start(Path state, List<String> options) throws IOException, InterruptedException {
        Path program = program(state);
        List<String> up = new ArrayList<>(List.of(program.toString(), "up", "--state", state.toString(), "--detach"));
        up.addAll(options);
        run(up, state);
        return new RealCluster(Optional.of(program), state, state.resolve("kubeconfig"), true);
    }

    /** As the administrator. */
    public KubernetesClient client() {
        return client;
    }

    /** As the administrator, for programs. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /**
     * Runs a command of the program of a cluster of our own, such as {@code kubectl} or {@code kill-component}.
     *
     * @return what it printed
     * @throws IllegalStateException with its output when it fails
     */
    public String command(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.orElseThrow().toString(), name));
        command.addAll(List.of(arguments));
        if (!name.equals("kubectl")) {
            if (!own) {
                throw new IllegalStateException(name + " is for a cluster of our own only");
            }
            command.addAll(List.of("--state", state.toString()));
        }
        return run(command, state, Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    /** Stops a cluster of our own. */
    public void stop() throws IOException, InterruptedException {
        client.close();
        if (own) {
            run(List.of(program.orElseThrow().toString(), "down", "--state", state.toString()), state);
        }
    }

    private static String run(List<String> command, Path folder) throws IOException, InterruptedException {
        return run(command, folder, Map.of());
    }

    /** Through a file, not a pipe: a program that stays in the background would hold the pipe open. */
    private static String run(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exit + ":\n" + text);
        }
        return text;
    }
}
