package dev.beckon.worker.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of a closed session as one piece of bytes (a ZIP). The same files give the same bytes. Whoever has it is the
 * account: the ledger encrypts it, and nothing prints it.
 */
public final class SessionBundle {
    /** TDLib's binlog is some ten kilobytes; more than this is something else. */
    private static final int MAX_BYTES = 8 << 20;

    /** TDLib's are far shorter. */
    private static final int LONGEST_NAME = 200;

    private SessionBundle() {}

    /**
     * Packs a closed session's directory.
     *
     * @throws IllegalStateException when it holds more than a session
     */
    public static byte[] pack(Path directory) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long left = MAX_BYTES;
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Path file : files(directory)) {
                ZipEntry entry = new ZipEntry(directory.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                zip.putNextEntry(entry);
                // Bounded as unpack bounds it: what is saved can be opened again.
                left -= Files.copy(file, zip);
                if (left < 0) {
                    throw new IllegalStateException("The session's files exceed " + MAX_BYTES + " bytes: not saved");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The session can't be packed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Unpacks into an empty directory that only this user can read; whatever was there before is gone.
     *
     * @throws CorruptBundle when the bytes are no bundle
     */
    public static void unpack(byte[] bundle, Path directory) {
        clear(directory);
        long left = MAX_BYTES;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bundle))) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw new CorruptBundle();
            }
            for (; entry != null; entry = zip.getNextEntry()) {
                Path file = place(directory, entry.getName());
                byte[] content = zip.readNBytes((int) left + 1);
                left -= content.length;
                if (left < 0) {
                    throw new CorruptBundle();
                }
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            // Cut off or overwritten, down to a name that is no text or no path's: another try reads the same.
            throw new CorruptBundle();
        } catch (IOException e) {
            throw new UncheckedIOException("The session can't be unpacked into " + directory, e);
        }
    }

    /** Where a file of a bundle that {@link #pack} made lies; of another, nowhere. */
    private static Path place(Path directory, String name) {
        Path file = directory.resolve(name).normalize();
        boolean within = file.startsWith(directory) && !file.equals(directory) && !name.endsWith("/");
        // Twice the same, a file within a file, or a name that no file system takes: the disk would be blamed for it.
        boolean possible = name.length() <= LONGEST_NAME && !Files.exists(file);
        for (Path above = file.getParent(); within && possible && !above.equals(directory); above = above.getParent()) {
            possible = !Files.isRegularFile(above);
        }
        if (!within || !possible) {
            throw new CorruptBundle();
        }
        return file;
    }

    /** Makes the directory exist, empty and private. */
    public static void clear(Path directory) {
        try {
            if (Files.exists(directory)) {
                // The directory itself may be a mount point, which can't be removed.
                try (Stream<Path> content = Files.walk(directory)) {
                    for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                        if (!path.equals(directory)) {
                            Files.delete(path);
                        }
                    }
                }
            } else {
                Files.createDirectories(directory.getParent());
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The session's directory " + directory + " can't be prepared", e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> content = Files.walk(directory)) {
            return content.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The ledger gave bytes that are no session: the account must log in again. */
    public static final class CorruptBundle extends RuntimeException {
        private static final long serialVersionUID = 1;

        CorruptBundle() {
            super("The account's saved session is damaged");
        }
    }
}
