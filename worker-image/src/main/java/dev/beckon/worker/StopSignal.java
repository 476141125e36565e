package dev.beckon.worker;

import java.time.Duration;

/**
 * The wish that this process ends: SIGTERM in production. Whoever works asks at each safe point; whoever sleeps is woken.
 */
public final class StopSignal {
    private boolean raised;
    private long raisedAt;

    /** From now on no new person is contacted. */
    public synchronized void raise() {
        if (!raised) {
            raised = true;
            raisedAt = System.nanoTime();
        }
        notifyAll();
    }

    public synchronized boolean isRaised() {
        return raised;
    }

    /** How long ago it was raised; zero while it is not. */
    public synchronized Duration raisedFor() {
        return raised ? Duration.ofNanos(System.nanoTime() - raisedAt) : Duration.ZERO;
    }

    /** Sleeps as long as given, or until the signal is raised. */
    public synchronized void sleep(Duration duration) {
        sleep(duration, false);
    }

    /**
     * Sleeps between two tries of what must still be done before the end: the signal cuts short the sleep in which it is raised,
     * and none after it.
     */
    public synchronized void pause(Duration duration) {
        sleep(duration, raised);
    }

    private void sleep(Duration duration, boolean heard) {
        long end = System.nanoTime() + duration.toNanos();
        try {
            for (long left = end - System.nanoTime(); left > 0 && raised == heard; left = end - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            raise();
            Thread.currentThread().interrupt();
        }
    }
}
