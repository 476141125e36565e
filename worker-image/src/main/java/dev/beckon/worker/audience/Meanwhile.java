package dev.beckon.worker.audience;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a server on a thread of its own, so that whoever waits hears meanwhile that they are to end: a look-up of a name, a
 * connection and a read each come back only when the server, or its silence, lets them.
 */
final class Meanwhile implements AutoCloseable {
    private static final long LOOK = Duration.ofMillis(250).toNanos();

    private final Runnable look;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("audience-download").factory());

    /** @param look asked some times a second by whoever waits, on their own thread; ends the wait by what it throws */
    Meanwhile(Runnable look) {
        this.look = look;
    }

    /**
     * The work's result; empty when the patience ended before it. Work that is not waited for any more ends with {@link #close}.
     *
     * @throws IOException of the work, as is whatever unchecked it throws
     */
    <T> Optional<T> within(Duration patience, Callable<T> work) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + patience.toNanos();
        Future<T> result = thread.submit(work);
        while (true) {
            look.run();
            long left = Math.max(0, giveUp - System.nanoTime());
            try {
                return Optional.of(result.get(Math.min(left, LOOK), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                if (left == 0) {
                    return Optional.empty();
                }
            } catch (ExecutionException e) {
                throw thrown(e.getCause());
            }
        }
    }

    /** For the compiler: it does not return. */
    private static IllegalStateException thrown(Throwable cause) throws IOException {
        switch (cause) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(cause);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
