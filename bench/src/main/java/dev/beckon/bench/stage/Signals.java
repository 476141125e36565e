package dev.beckon.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Signals that the JDK can't send. */
final class Signals {
    private Signals() {}

    static void send(String signal, long pid) {
        try {
            new ProcessBuilder(List.of("kill", "-" + signal, String.valueOf(pid)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
