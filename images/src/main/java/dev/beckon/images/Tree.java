package dev.beckon.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files on their way into an image: each with the same time of change, for the JVM compares the jars' with those it was trained with. */
final class Tree {
    /** The instant of all that is built: {@code project.build.outputTimestamp}. */
    static final Instant INSTANT = Instant.parse("2026-11-01T00:00:00Z");

    private Tree() {}

    /** All files below a folder, in the order of their paths; none when there is no such folder. */
    static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** A file, or all files below a folder; what a link leads to, instead of the link. */
    static void copy(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            settle(to, Files.isExecutable(from));
            return;
        }
        for (Path file : files(from)) {
            copy(file, to.resolve(from.relativize(file).toString()));
        }
    }

    static void write(Path to, String text) throws IOException {
        write(to, text.getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path to, byte[] bytes) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        Files.write(to, bytes);
        settle(to, false);
    }

    /** Gives all files below a folder their time and permissions. */
    static void settle(Path folder) throws IOException {
        for (Path file : files(folder)) {
            settle(file, Files.isExecutable(file));
        }
    }

    private static void settle(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        Files.setLastModifiedTime(file, FileTime.from(INSTANT));
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
