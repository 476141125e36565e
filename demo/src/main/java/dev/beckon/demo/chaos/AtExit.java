package dev.beckon.demo.chaos;

import java.util.concurrent.atomic.AtomicBoolean;

/** Does something once: when closed, or when the JVM ends before that, as by Ctrl-C. */
public final class AtExit implements AutoCloseable {
    private final AtomicBoolean done = new AtomicBoolean();
    private final Runnable action;

    public AtExit(Runnable action) {
        this.action = action;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    @Override
    public void close() {
        if (done.compareAndSet(false, true)) {
            action.run();
        }
    }
}
