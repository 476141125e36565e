package dev.beckon.simulator.inprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;

/** What a session leaves on disk: the name of its auth key. Locked while the session is open, as TDLib locks its files. */
final class SessionFile {
    private static final String NAME = "session.key";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;
    private FileChannel channel;

    private SessionFile(Path directory) {
        this.directory = directory;
    }

    static SessionFile in(Path directory) {
        return new SessionFile(directory);
    }

    /** @return false when another session uses the directory */
    @SuppressWarnings("try")
    boolean lock() {
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    directory.resolve("session.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                channel = null;
            }
            return lock != null;
        } catch (IOException e) {
            throw new UncheckedIOException("the session directory can't be used: " + directory, e);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    /** The auth key of an earlier session. */
    Optional<Long> read() {
        Path file = directory.resolve(NAME);
        try {
            return Files.exists(file)
                    ? Optional.of(Long.parseUnsignedLong(Files.readString(file).strip(), 16))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            // A session file that was damaged is as good as none: Telegram would not know its key either.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the session file can't be read: " + file, e);
        }
    }

    long create() {
        long key = RANDOM.nextLong();
        try {
            Files.writeString(directory.resolve(NAME), Long.toUnsignedString(key, 16) + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the session file can't be written in " + directory, e);
        }
        return key;
    }

    /** A session that Telegram ended is worthless, so nothing of it is kept. */
    void wipe() {
        try {
            Files.deleteIfExists(directory.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("the session file can't be deleted in " + directory, e);
        }
    }

    void unlock() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the session directory can't be unlocked: " + directory, e);
            }
            channel = null;
        }
    }
}
