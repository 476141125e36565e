package dev.beckon.worker.export;

import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.parser.DatasetReader;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ParseOrder.Export;
import dev.beckon.workorder.Paths;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A dataset's file on the export's volume. It is written beside its place and moved there when it is whole: who reads the place
 * finds the former file or the new one, whatever is killed.
 */
public final class DatasetExport {
    /** The reason of a run whose dataset is complete and whose file is not. */
    public static final String FAILED = "ExportFailed";

    /** Long enough for somebody to make room. */
    public static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(10);

    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);
    private static final String PART = ".part";

    private final Path root;
    private final Export wanted;
    private final Path relative;

    private DatasetExport(Path root, Export wanted, Path relative) {
        this.root = root;
        this.wanted = wanted;
        this.relative = relative;
    }

    /** Why the file could not be written, in a sentence. */
    public record Failure(String sentence) {}

    /** @throws BadInput when the path is none within the volume */
    public static DatasetExport to(MountedFiles files, Export wanted) {
        String text = wanted.path();
        boolean odd = text.isBlank()
                || text.startsWith("/")
                || text.endsWith("/")
                || text.chars().anyMatch(c -> c < ' ');
        Path path = odd ? Path.of("") : Path.of(text);
        for (Path step : path) {
            odd |= step.toString().isEmpty()
                    || step.toString().equals(".")
                    || step.toString().equals("..");
        }
        if (odd) {
            throw new BadInput(
                    "spec.export.volume.path must name a file within the volume, such as lists/members.csv: no"
                            + " leading slash, no '.' or '..'");
        }
        return new DatasetExport(files.at(Paths.EXPORT), wanted, path);
    }

    /** Empty when the whole file is in its place and on the disk. */
    public Optional<Failure> write(DatasetReader datasets, Dataset dataset) {
        try {
            Path folder = folder();
            // Named by the run: two that write the same file at once don't disturb each other, and a killed one is
            // written over.
            Path part = folder.resolve(prefix() + dataset.uid() + PART);
            Files.deleteIfExists(part);
            try {
                fill(part, datasets, dataset);
                sweep(folder, Files.getLastModifiedTime(part).toInstant());
                KillPoint.BEFORE_RENAME.here();
                Files.move(part, folder.resolve(relative.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                // The move, too, is on the disk before the ledger says so.
                try (FileChannel itself = FileChannel.open(folder)) {
                    itself.force(true);
                }
            } finally {
                Files.deleteIfExists(part);
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Failure("The export " + wanted.path() + " can't be written to its volume: "
                    + why(e) + ". Mend that (room, rights, a file in the way of a folder); the dataset is kept, and"
                    + " the export is tried again in " + TRIED_AGAIN_AFTER.toMinutes() + " minutes."));
        }
    }

    private String prefix() {
        return "." + relative.getFileName() + ".";
    }

    /** Removes what a run left that was killed here and never went on. Another that writes at this moment is not as old. */
    private void sweep(Path folder, Instant now) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(
                folder,
                file -> file.getFileName().toString().startsWith(prefix())
                        && file.getFileName().toString().endsWith(PART)
                        && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                .toInstant()
                                .isBefore(now.minus(ABANDONED_AFTER)))) {
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        }
    }

    /** In words, without the name of a file that nobody but us knows. */
    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "the worker has no right to write there";
            case DirectoryNotEmptyException _ -> "a folder is in its place";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> e.getMessage();
        };
    }

    private void fill(Path part, DatasetReader datasets, Dataset dataset) throws IOException {
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")))) {
            OutputStream out = Channels.newOutputStream(channel);
            KillPoint.MID_EXPORT.here();
            DatasetFormat.write(datasets, dataset, wanted.format(), out);
            channel.force(true);
        }
    }

    /** The file's folder, made where missing. A link on the way that leads out of the volume is refused. */
    private Path folder() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("there is no volume at " + Paths.EXPORT);
        }
        Path volume = root.toRealPath();
        Path folder = volume;
        for (Path step : relative.getParent() == null ? Path.of("") : relative.getParent()) {
            if (!step.toString().isEmpty()) {
                folder = folder.resolve(step);
                if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(folder);
                }
                folder = folder.toRealPath();
                if (!folder.startsWith(volume)) {
                    throw new IOException("a link in the path leads out of the volume");
                }
            }
        }
        return folder;
    }
}
