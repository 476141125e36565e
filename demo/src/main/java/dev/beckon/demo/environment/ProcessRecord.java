package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that we started, written to a file so that {@code down} finds it after a crash of ours. The start time is kept
 * beside the pid: a pid that the kernel gave to somebody else is never signalled.
 */
public record ProcessRecord(Path file) {

    /** Remembers a process; the file is written before anything relies on the process. */
    public void write(ProcessHandle process) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, process.pid() + " " + startOf(process) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process, if it still runs and is the one we started. */
    public Optional<ProcessHandle> find() {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(p -> startOf(p) == Long.parseLong(words[1]));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Asks the process to end, kills it after {@code grace}, and waits until it is gone. */
    public void stop(Duration grace) {
        find().ifPresent(process -> {
            process.destroy();
            if (!ended(process, grace)) {
                process.destroyForcibly();
                ended(process, Duration.ofSeconds(10));
            }
        });
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process without warning, as a crash would. */
    public void kill() {
        find().ifPresent(process -> {
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(10));
        });
    }

    /** Waits until a process has ended, or the time is over; tells which. */
    static boolean ended(ProcessHandle process, Duration atMost) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L);
    }
}
