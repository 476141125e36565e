package dev.beckon.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A process, and when it was asked for.
 *
 * @param at just before it was started
 */
public record Started(Process process, Instant at) implements AutoCloseable {
    private static final long PATIENCE_MINUTES = 5;

    public static Started of(ProcessBuilder program) {
        Instant at = Instant.now();
        try {
            return new Started(program.start(), at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end. @throws IllegalStateException when it failed, or did not end */
    public void await(String what) throws InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException(what + " did not end within " + PATIENCE_MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(what + " exited with " + process.exitValue());
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
