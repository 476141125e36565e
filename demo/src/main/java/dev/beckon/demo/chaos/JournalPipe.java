package dev.beckon.demo.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The way of a step from a pod into the run's journal: a named pipe, which a container may write to though its whole file
 * system is read-only. A line is in the kernel's hands when the write returns, so it outlives its writer.
 */
final class JournalPipe implements AutoCloseable {
    private static final int PIPE_HOLDS = 65_536;

    /** No line holds it. */
    private static final byte END = 0;

    private final Path pipe;
    private final Path journal;
    private final Runnable fired;
    private final RandomAccessFile ends;
    private final Thread reader;

    /**
     * Makes the pipe and begins to copy.
     *
     * @param fired called when a worker's sabotage happened
     */
    JournalPipe(Path pipe, Path journal, Runnable fired) {
        this.pipe = pipe;
        this.journal = journal;
        this.fired = fired;
        try {
            Files.deleteIfExists(pipe);
            Files.deleteIfExists(journal);
            Files.createFile(journal);
            if (new ProcessBuilder("mkfifo", "--mode=666", pipe.toString())
                            .inheritIO()
                            .start()
                            .waitFor()
                    != 0) {
                throw new IllegalStateException("mkfifo could not make " + pipe);
            }
            // Both ends are ours as well: writers come and go, and the pipe never ends.
            this.ends = new RandomAccessFile(pipe.toFile(), "rw");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making " + pipe, e);
        }
        this.reader = Thread.ofPlatform().daemon().name("journal").start(this::copy);
    }

    private void copy() {
        byte[] buffer = new byte[PIPE_HOLDS];
        try {
            while (true) {
                int length = ends.read(buffer);
                boolean last = buffer[length - 1] == END;
                byte[] lines = Arrays.copyOf(buffer, last ? length - 1 : length);
                Files.write(journal, lines, StandardOpenOption.APPEND);
                if (StepJournal.holdsFired(lines)) {
                    fired.run();
                }
                if (last) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the run's journal can't be written any more", e);
        }
    }

    /** Everything written before this is in the journal when it returns. */
    @Override
    public void close() {
        try {
            ends.write(END);
            reader.join();
            ends.close();
            Files.deleteIfExists(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
