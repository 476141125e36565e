package dev.beckon.demo.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process of a pod, as the kernel of this machine shows it: what really runs, whatever the API server believes.
 *
 * @param pod the pod's name
 */
record PodProcess(ProcessHandle process, String pod, Program program) {
    /** Kubernetes calls a pod's host by the pod's name. */
    private static final String NAME = "HOSTNAME=";

    private static final Pattern ACCOUNT = Pattern.compile("(?:^|-)(team\\d+)-");

    /** What it is. */
    enum Program {
        WORKER("dev.beckon.worker.Worker", ""),
        OPERATOR("quarkus-run.jar", "beckon-operator-"),
        GATEWAY("quarkus-run.jar", "beckon-gateway-");

        private final String word;
        private final String podPrefix;

        /** @param word of its command line */
        Program(String word, String podPrefix) {
            this.word = word;
            this.podPrefix = podPrefix;
        }
    }

    /**
     * All that run now, by name.
     *
     * @param cluster the cluster's state folder
     */
    static List<PodProcess> of(Path cluster) {
        String marker = marker(cluster);
        return ProcessHandle.allProcesses()
                .flatMap(process -> pod(process, marker).stream())
                .sorted((a, b) -> a.pod.compareTo(b.pod))
                .toList();
    }

    /** Those of one program. */
    static List<PodProcess> of(Path cluster, Program program) {
        return of(cluster).stream().filter(it -> it.program == program).toList();
    }

    /** Whatever still carries the cluster's mark, containers and Kubernetes' own programs. */
    static long leftOvers(Path cluster) {
        String marker = marker(cluster);
        return ProcessHandle.allProcesses()
                .filter(process -> words(process, "environ").anyMatch(marker::equals))
                .count();
    }

    /** The account a worker works with; its pod's name holds it. */
    Optional<String> account() {
        Matcher matcher = ACCOUNT.matcher(pod);
        return program == Program.WORKER && matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Stops it, as a hypervisor that pauses the machine. Answers false when it was gone. */
    boolean freeze() {
        return signal("-STOP");
    }

    /** Lets it go on, if it is still there. */
    void wake() {
        if (process.isAlive()) {
            signal("-CONT");
        }
    }

    private boolean signal(String name) {
        try {
            return new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Optional<PodProcess> pod(ProcessHandle process, String marker) {
        String command = String.join(" ", words(process, "cmdline").toList());
        return podName(process, marker)
                .flatMap(name -> Arrays.stream(Program.values())
                        .filter(program -> command.contains(program.word) && name.startsWith(program.podPrefix))
                        .findFirst()
                        .map(program -> new PodProcess(process, name, program)));
    }

    private static Optional<String> podName(ProcessHandle process, String marker) {
        List<String> environment = words(process, "environ").toList();
        return environment.contains(marker)
                ? environment.stream()
                        .filter(word -> word.startsWith(NAME))
                        .map(word -> word.substring(NAME.length()))
                        .findFirst()
                : Optional.empty();
    }

    /** Every process that the cluster starts, and every one these start, carries it. */
    private static String marker(Path cluster) {
        try {
            return "LOCAL_CLUSTER_STATE=" + (Files.exists(cluster) ? cluster.toRealPath() : cluster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> words(ProcessHandle process, String file) {
        try {
            byte[] all = Files.readAllBytes(Path.of("/proc", String.valueOf(process.pid()), file));
            return Arrays.stream(new String(all, StandardCharsets.UTF_8).split("\0"));
        } catch (IOException endedMeanwhile) {
            return Stream.empty();
        }
    }
}
