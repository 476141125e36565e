package dev.beckon.demo.chaos;

import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The files a pod of one worker would have, below a folder that stands for the pod's root. */
public record WorkerFolder(Path root) {
    /** Writes the mounted files anew, as Kubernetes would for a new pod: an earlier pod's session and result are gone. */
    public void prepare(WorkOrder order, Map<String, Map<String, String>> mounted) {
        try {
            write(Paths.WORK_ORDER, WorkOrders.write(order));
            for (Map.Entry<String, Map<String, String>> directory : mounted.entrySet()) {
                for (Map.Entry<String, String> file : directory.getValue().entrySet()) {
                    write(directory.getKey() + "/" + file.getKey(), file.getValue());
                }
            }
            Files.createDirectories(at(Paths.SESSION));
            Files.createDirectories(at(Paths.RESULT).getParent());
            Files.deleteIfExists(at(Paths.RESULT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mounts a volume for exports, which outlives the pod. */
    void mountVolume(Path volume) {
        try {
            Path place = at(Paths.EXPORT);
            Files.createDirectories(place.getParent());
            Files.createSymbolicLink(place, Files.createDirectories(volume));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the worker said when it ended; nothing when it was killed. */
    public Optional<RunResult> result() {
        try {
            return Optional.of(WorkOrders.readResult(Files.readString(at(Paths.RESULT))));
        } catch (NoSuchFileException killed) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String path, String content) throws IOException {
        Path file = at(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Path at(String path) {
        return root.resolve(path.substring(1));
    }
}
