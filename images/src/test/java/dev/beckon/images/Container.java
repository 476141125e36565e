package dev.beckon.images;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A container without a container runtime: namespaces of its own, the image's files as a root that can't be written, a memory-backed
 * {@code /tmp}, the image's user, environment and entrypoint. Needs root.
 */
final class Container {
    private static final int PATIENCE_SECONDS = 60;

    /** What a runtime does before it starts the program, which is not process 1: a worker's pod shares its namespace of processes. */
    private static final String MOUNT = """
            set -eu
            root=$1 directory=$2 user=$3 group=$4
            shift 4
            mount --bind "$root" "$root"
            mount -o remount,bind,ro "$root"
            mount -t tmpfs tmpfs "$root/tmp"
            mount -t proc proc "$root/proc"
            for device in null zero random urandom; do mount --bind "/dev/$device" "$root/dev/$device"; done
            unshare --root="$root" --wd="$directory" --setgid "$group" --setuid "$user" "$@" || exit $?
            """;

    private final Path root;
    private final JsonNode config;

    private Container(Path root, JsonNode config) {
        this.root = root;
        this.config = config;
    }

    /** Unpacks an image. */
    static Container of(Unpacked image, String architecture, Path folder) throws IOException {
        image.writeTo(folder, architecture);
        for (String mountPoint : List.of("tmp", "proc", "dev")) {
            Files.createDirectories(folder.resolve(mountPoint));
        }
        for (String device : List.of("null", "zero", "random", "urandom")) {
            Files.createFile(folder.resolve("dev").resolve(device));
        }
        return new Container(folder, image.config(architecture).path("config"));
    }

    /** How a program ended, and what it said on both outputs. */
    record End(int code, String output) {}

    /** The image's entrypoint with these arguments, until it ends. */
    End run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        config.path("Entrypoint").forEach(word -> command.add(word.asText()));
        command.addAll(List.of(arguments));
        return execute(command, environment);
    }

    /** Any program of the image. */
    End execute(List<String> program, Map<String, String> environment) throws IOException, InterruptedException {
        String[] user = config.path("User").asText().split(":");
        List<String> command = new ArrayList<>(List.of(
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", MOUNT, "sh", root.toString()));
        command.addAll(List.of(config.path("WorkingDir").asText(), user[0], user[1]));
        command.addAll(program);
        Path output = Files.createTempFile("beckon-container-", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> all = new HashMap<>(Map.of("PATH", System.getenv("PATH")));
        config.path("Env").forEach(variable -> {
            String[] parts = variable.asText().split("=", 2);
            all.put(parts[0], parts[1]);
        });
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output);
            if (!ended) {
                throw new AssertionError("It did not end within " + PATIENCE_SECONDS + " s:\n" + said);
            }
            return new End(process.exitValue(), said);
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }

    Path root() {
        return root;
    }
}
