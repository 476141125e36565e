package dev.beckon.demo.release;

import dev.beckon.demo.release.Release.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What somebody could do who has taken over a container: with what is in its image, which is Java and nothing else, and, for connections,
 * with a program of their own in the pod's network. That comes as an ephemeral container ({@code kubectl debug}), which has the pod's addresses and policies.
 */
final class Inside {
    private static final String JAVA = "/opt/beckon/jre/bin/java";
    private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";
    private static final AtomicInteger TRIES = new AtomicInteger();

    private final Release release;
    private final String namespace;
    private final String pod;
    private final String container;

    Inside(Release release, String namespace, String pod, String container) {
        this.release = release;
        this.namespace = namespace;
        this.pod = pod;
        this.container = container;
    }

    /** Opens a connection; what it said when it could not is in the answer. */
    Answer connects(String hostAndPort) {
        String name = "try-" + TRIES.incrementAndGet();
        release.kubectl(
                "debug",
                "pod/" + pod,
                "-n",
                namespace,
                "--image=battery/tool:1",
                "--profile=restricted",
                "--target=" + container,
                "--container=" + name,
                "--",
                "/tool",
                "connect",
                hostAndPort);
        String ended = ".status.ephemeralContainerStatuses[?(@.name==\"" + name + "\")].state.terminated.reason";
        release.until(
                name + " in " + pod,
                () -> !release.field(namespace, "pod/" + pod, ended).isEmpty());
        return new Answer(
                release.field(namespace, "pod/" + pod, ended).equals(List.of("Completed")),
                release.kubectl("logs", pod, "-n", namespace, "-c", name));
    }

    /** Whether a connection never came about, or a name was not told: not that nobody listens there. */
    static boolean isBlocked(Answer answer) {
        return !answer.done()
                && (answer.said().contains("timeout") || answer.said().contains("unreachable"));
    }

    /** Starts a program of the container. */
    Answer executes(String... command) {
        List<String> all = new ArrayList<>(List.of("exec", pod, "-n", namespace, "-c", container, "--"));
        all.addAll(List.of(command));
        return release.ask(all.toArray(String[]::new));
    }

    /** Starts the container's Java once more. */
    Answer java(String... options) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:+UseSerialGC", "-Xmx16m"));
        command.addAll(List.of(options));
        command.add("-version");
        return executes(command.toArray(String[]::new));
    }

    /** Writes a file: the only thing by which Java does that without a program is its log. */
    Answer writes(String file) {
        return java("-Xlog:gc:file=" + file);
    }

    /** Reads the token of a ServiceAccount as options of Java, which tells when it can't open them. */
    Answer readsToken() {
        return java("@" + TOKEN);
    }

    /**
     * Takes memory, each time a little more, until the container is over its limit. The program takes less than what is in the container
     * already, so the kernel ends that.
     *
     * @return whether the kernel did
     */
    boolean exhausts(int upToMegabytes) {
        for (int size = 32; size <= upToMegabytes; size += 16) {
            executes(
                    JAVA,
                    "-XX:+UseSerialGC",
                    "-XX:+AlwaysPreTouch",
                    "-Xms" + size + "m",
                    "-Xmx" + size + "m",
                    "-version");
            if (killedForMemory()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the kernel ended the container for its memory. */
    boolean killedForMemory() {
        return release.field(
                        namespace,
                        "pod/" + pod,
                        ".status.containerStatuses[?(@.name==\"" + container + "\")].state.terminated.reason")
                .contains("OOMKilled");
    }
}
