package dev.beckon.operator.life;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be stopped again: the last one first, and each though another could not be. */
final class Started {
    private final Deque<Stop> stops = new ArrayDeque<>();

    /** How to stop one. */
    @FunctionalInterface
    interface Stop {
        void stop() throws Exception;
    }

    synchronized void add(Stop stop) {
        stops.push(stop);
    }

    /** @throws IllegalStateException with what could not be stopped */
    synchronized void stopAll() {
        IllegalStateException failure = new IllegalStateException("Not everything could be stopped");
        while (!stops.isEmpty()) {
            try {
                stops.pop().stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure.addSuppressed(e);
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }
}
