package dev.beckon.worker;

import java.time.Duration;

/**
 * The wish that this process ends: SIGTERM in production. Whoever works asks at each safe point; whoever sleeps is woken.
 */
public final class StopSignal {
    private boolean raised;

    /** From now on no new person is contacted. */
    public synchronized void raise() {
        raised = true;
        notifyAll();
    }

    public synchronized boolean isRaised() {
        return raised;
    }

    /** Sleeps as long as given, or until the signal is raised. */
    public synchronized void sleep(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        try {
            for (long left = end - System.nanoTime(); left > 0 && !raised; left = end - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but to end it.
            raised = true;
            Thread.currentThread().interrupt();
        }
    }
}
