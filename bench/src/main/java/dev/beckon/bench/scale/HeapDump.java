package dev.beckon.bench.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which classes fill the heap of a JVM. */
final class HeapDump {
    private static final long PATIENCE_SECONDS = 60;

    private HeapDump() {}

    /**
     * Has the JVM collect all garbage and writes down what is left, by class.
     *
     * @param file written anew
     */
    static void histogram(long pid, Path file) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("the operator's heap could not be looked at: see " + file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
