package dev.beckon.demo.environment;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C, or another signal that ends this JVM, while a thread works. A shutdown hook runs beside that thread: what the one stops the
 * other would start again, and complain of what it misses. So the work is told, the programs that it waits for are ended, and only when
 * it has stopped, at its next step, is tidied up.
 */
public final class Interruption implements AutoCloseable {
    /** The longest step that looks at nothing: the database's first installation on a busy machine. */
    private static final Duration LONGEST_STEP = Duration.ofSeconds(60);

    private static final AtomicReference<Interruption> CURRENT = new AtomicReference<>();

    private final Thread work = Thread.currentThread();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<Process> children = ConcurrentHashMap.newKeySet();
    private final Thread hook;

    /** The work stops where it is because it was told to; no failure, and nothing to tell anybody. */
    @SuppressWarnings("serial")
    public static final class Stopped extends RuntimeException {
        private Stopped() {
            super("stopped by a signal", null, false, false);
        }
    }

    /** From now on the calling thread works; {@code tidyUp} runs when the JVM ends and it has stopped. */
    public Interruption(Runnable tidyUp) {
        hook = new Thread(
                () -> {
                    stopWork();
                    tidyUp.run();
                },
                "tidy-up");
        CURRENT.set(this);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the JVM was told to end while there was work. */
    public static boolean isTold() {
        Interruption current = CURRENT.get();
        return current != null && current.told.getCount() == 0;
    }

    /** Ends the calling thread's work once it was told to. @throws Stopped then */
    public static void check() {
        Interruption current = CURRENT.get();
        if (current != null && current.work.equals(Thread.currentThread()) && isTold()) {
            throw new Stopped();
        }
    }

    /** Waits, and ends the work when it is told to meanwhile. @throws Stopped then */
    public void await(Duration time) throws InterruptedException {
        if (told.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Stopped();
        }
    }

    /** A program that the calling thread waits for, until closed: it is ended when the work is told to stop. */
    static Awaited awaited(Process child) {
        Interruption current = CURRENT.get();
        if (current == null || !current.work.equals(Thread.currentThread())) {
            return new Awaited(Set.of(), child);
        }
        current.children.add(child);
        if (isTold()) {
            end(child);
        }
        return new Awaited(current.children, child);
    }

    /** See {@link #awaited}. */
    record Awaited(Set<Process> all, Process child) implements AutoCloseable {
        @Override
        public void close() {
            if (!all.isEmpty()) {
                all.remove(child);
            }
        }
    }

    /** Not {@link Process#destroy}: that closes what we read, and what a program's own children still write is how we know of them. */
    private static void end(Process child) {
        child.toHandle().destroy();
    }

    private void stopWork() {
        told.countDown();
        children.forEach(Interruption::end);
        try {
            ended.await(LONGEST_STEP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is done and nothing has to be tidied up any more. */
    public void dismiss() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            CURRENT.compareAndSet(this, null);
        } catch (IllegalStateException alreadyEnding) {
            throw new Stopped();
        }
    }

    /** The work has stopped, whichever way. */
    @Override
    public void close() {
        ended.countDown();
    }
}
