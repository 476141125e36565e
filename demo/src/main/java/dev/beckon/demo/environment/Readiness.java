package dev.beckon.demo.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for a process to be ready, or to die trying. */
final class Readiness {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private Readiness() {}

    /** @throws IllegalStateException when the process ends first or the time is over */
    static void await(String what, Duration atMost, ProcessHandle process, BooleanSupplier ready) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!ready.getAsBoolean()) {
            Interruption.check();
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + " was not ready after " + atMost.toSeconds() + " s");
            }
            if (ended(process)) {
                throw new IllegalStateException(what + " ended before it was ready");
            }
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a process to be ready", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
