package dev.beckon.worker.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as they are mounted into a pod, below a folder that stands for its root. */
public final class Mounts {
    private Mounts() {}

    /** Writes one, by its path in the pod. */
    public static void write(Path root, String path, String text) {
        Path file = root.resolve(path.substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
