package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.WholeFault.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Servers that nobody but us starts again. Several may be away at once. */
final class Outages {
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final Map<Kind, Future<?>> returns = new ConcurrentHashMap<>();
    private boolean closed;

    /** Kills a server now and starts it again later. One that is still away comes back first. */
    void begin(Kind server, Duration away, Runnable kill, Runnable start) throws InterruptedException {
        await(server);
        kill.run();
        returns.put(server, threads.submit(() -> {
            Thread.sleep(away);
            start(start);
            return null;
        }));
    }

    /**
     * Waits until all are back.
     *
     * @throws IllegalStateException when one could not be started
     */
    void end() throws InterruptedException {
        for (Kind server : returns.keySet()) {
            await(server);
        }
    }

    /** Nothing is started any more from here on: what runs is about to be stopped. */
    void close() {
        // First the waits: one that is over takes the lock below until its server runs.
        threads.shutdownNow();
        synchronized (this) {
            closed = true;
        }
    }

    private synchronized void start(Runnable start) {
        if (!closed) {
            start.run();
        }
    }

    private void await(Kind server) throws InterruptedException {
        Future<?> back = returns.get(server);
        if (back == null) {
            return;
        }
        try {
            back.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(server.words() + " does not come back", e.getCause());
        }
    }
}
