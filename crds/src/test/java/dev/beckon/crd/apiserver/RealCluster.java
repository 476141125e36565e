package dev.beckon.crd.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The cluster of {@code KUBECONFIG} if that is set, else one of our own from {@code local-cluster/}, stopped at the end. */
final class RealCluster {
    private final Optional<Path> program;
    private final Path state;
    private final KubernetesClient client;

    private RealCluster(Optional<Path> program, Path state, Path kubeconfig) {
        this.program = program;
        this.state = state;
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
        if (given != null) {
            return new RealCluster(Optional.empty(), state, Path.of(given));
        }
        Path program = Path.of(run(List.of("../local-cluster/build.sh"), state)
                .strip()
                .lines()
                .toList()
                .getLast());
        run(List.of(program.toString(), "up", "--state", state.toString(), "--detach"), state);
        return new RealCluster(Optional.of(program), state, state.resolve("kubeconfig"));
    }

    KubernetesClient client() {
        return client;
    }

    void stop() throws IOException, InterruptedException {
        client.close();
        if (program.isPresent()) {
            run(List.of(program.get().toString(), "down", "--state", state.toString()), state);
        }
    }

    /** Through a file, not a pipe: a program that stays in the background would hold the pipe open. */
    private static String run(List<String> command, Path folder) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        int exit = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exit + ":\n" + text);
        }
        return text;
    }
}
