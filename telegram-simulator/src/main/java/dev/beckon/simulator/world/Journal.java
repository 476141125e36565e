package dev.beckon.simulator.world;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The append-only record of a world: one JSON line for each operation, with all its events, so that an operation is there
 * whole or not at all. Written before the answer is given; what a kill tears off is an operation nobody was answered for.
 *
 * <p>It outlives the process, not the machine: lines are written, not synced to the disk.
 */
final class Journal implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .registerSubtypes(WorldEvent.class.getPermittedSubclasses())
            .registerSubtypes(Act.class.getPermittedSubclasses())
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .build();

    private final FileChannel channel;
    private final FileChannel lock;

    /** One operation. */
    record Line(Instant at, List<WorldEvent> events) {}

    /** The first line. */
    record Header(String format, String world) {
        static final String FORMAT = "beckon-world-1";
    }

    private Journal(FileChannel channel, FileChannel lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Opens the journal of a state folder, or begins one, and replays what it holds.
     *
     * @throws IllegalStateException with a sentence when another process holds it, or it belongs to another world file
     */
    static Journal open(Path directory, String fingerprint, Consumer<Line> replay) throws IOException {
        Files.createDirectories(directory);
        FileChannel lock = lock(directory);
        Path file = directory.resolve("world.journal");
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                // It holds auth keys.
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Journal journal = new Journal(channel, lock);
        try {
            long end = replay(file, fingerprint, replay);
            channel.truncate(end);
            channel.position(end);
            if (end == 0) {
                journal.write(JSON.writeValueAsString(new Header(Header.FORMAT, fingerprint)));
            }
            return journal;
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    /** On a file of its own: POSIX gives a lock up as soon as the process closes any handle of the locked file. */
    @SuppressWarnings("try")
    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("world.lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IllegalStateException("another simulator uses the state folder " + directory
                    + ": stop it, or choose another folder with --state");
        }
        return channel;
    }

    /** @return where the last whole line ends */
    private static long replay(Path file, String fingerprint, Consumer<Line> replay) throws IOException {
        long end = 0;
        boolean header = true;
        try (var lines = new WholeLines(Files.newInputStream(file))) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (header) {
                    requireSameWorld(JSON.readValue(line, Header.class), fingerprint, file);
                    header = false;
                } else {
                    replay.accept(JSON.readValue(line, Line.class));
                }
                end = lines.position();
            }
        }
        return end;
    }

    private static void requireSameWorld(Header header, String fingerprint, Path file) {
        if (!Header.FORMAT.equals(header.format()) || !fingerprint.equals(header.world())) {
            throw new IllegalStateException(file + " was begun with another world file: give that one, or an empty"
                    + " folder with --state to begin anew");
        }
    }

    void append(Instant at, List<WorldEvent> events) {
        try {
            write(JSON.writeValueAsString(new Line(at, new ArrayList<>(events))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event can't be written to the journal", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal can't be written", e);
        }
    }

    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        try (lock) {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal can't be closed", e);
        }
    }
}
