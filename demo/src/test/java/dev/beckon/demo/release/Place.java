package dev.beckon.demo.release;

import dev.beckon.demo.environment.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** Where the release is installed: on the node of containers of this machine, or on a cluster that somebody else runs. */
sealed interface Place extends AutoCloseable {
    /** Its kubectl. */
    Cluster cluster();

    /** Of this machine, as pods there reach it. */
    String address();

    /** Brings an image there, of which there is an archive. */
    void load(Path image);

    /** Ends a worker without a word to it, as far as that is in reach. */
    void killWorker(String pod);

    @Override
    void close();

    /** The place that the build names: this machine's node where it names none. */
    static Place named(Path state, Path localCluster, List<Path> images) {
        Optional<String> kubeconfig = property("kubeconfig");
        if (kubeconfig.isEmpty()) {
            return OwnNode.started(new Cluster(localCluster, state), images);
        }
        String address =
                property("address").orElseThrow(() -> missing("which address of this machine pods reach, ADDRESS="));
        String loader = property("load").orElseThrow(() -> missing("what brings an archive of an image there, LOAD="));
        OtherCluster other =
                new OtherCluster(new Cluster(localCluster, keep(Path.of(kubeconfig.get()), state)), address, loader);
        other.requireRoom();
        images.forEach(other::load);
        return other;
    }

    /** As {@code make e2e} hands it on. */
    static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty("e2e." + name)).filter(value -> !value.isBlank());
    }

    private static IllegalStateException missing(String what) {
        return new IllegalStateException("For another cluster, make e2e KUBECONFIG=… has to be told " + what + "…");
    }

    private static Path keep(Path kubeconfig, Path state) {
        try {
            Files.createDirectories(state);
            Path kept = state.resolve("kubeconfig");
            Files.copy(kubeconfig, kept, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** See {@link Cluster#upWithContainers}. */
    record OwnNode(Cluster cluster, String address) implements Place {
        private static OwnNode started(Cluster cluster, List<Path> images) {
            // What a run before this one left, if it was killed.
            cluster.purge();
            cluster.upWithContainers(images);
            try {
                return new OwnNode(
                        cluster,
                        cluster.kubectl(
                                "get",
                                "nodes",
                                "-o",
                                "jsonpath={.items[0].status.addresses[?(@.type==\"InternalIP\")].address}"));
            } catch (IllegalStateException failure) {
                cluster.purge();
                throw failure;
            }
        }

        @Override
        public void load(Path image) {
            cluster.load(image);
        }

        @Override
        public void killWorker(String pod) {
            cluster.process(Release.TEAM, pod, "worker").destroyForcibly();
        }

        @Override
        public void close() {
            cluster.purge();
        }
    }

    /**
     * What is installed there stays until the suite removes it.
     *
     * @param loader a command that takes an archive as its last word, such as {@code kind load image-archive}
     */
    record OtherCluster(Cluster cluster, String address, String loader) implements Place {
        /** Nothing of anybody's is overwritten or deleted. */
        private void requireRoom() {
            String there = cluster.kubectl(
                    "get", "namespaces", Release.SYSTEM, Release.TEAM, "--ignore-not-found", "-o", "name");
            if (!there.isBlank()) {
                throw new IllegalStateException("This cluster has "
                        + String.join(" and ", there.strip().split("\\s+"))
                        + ". make e2e takes both for its own and deletes them when it ends: use a cluster without them, or delete"
                        + " them if a run that was killed left them.");
            }
        }

        @Override
        public void load(Path image) {
            try {
                Process process = new ProcessBuilder("sh", "-c", loader + " \"$1\"", "load", image.toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(loader + " " + image + " failed: " + said.strip());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Its grace is a second at least, so it may still say goodbye. */
        @Override
        public void killWorker(String pod) {
            cluster.kubectl("delete", "pod", pod, "-n", Release.TEAM, "--grace-period=0", "--force");
        }

        @Override
        public void close() {
            cluster.kubectl(
                    "delete", "namespace", Release.SYSTEM, Release.TEAM, "--ignore-not-found", "--timeout=180s");
        }
    }
}
