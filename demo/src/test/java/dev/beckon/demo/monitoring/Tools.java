package dev.beckon.demo.monitoring;

import dev.beckon.demo.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of others that {@code tools/build.sh} builds. */
final class Tools {
    private Tools() {}

    /** Where it is; built if it is not there yet. */
    static Path path(String name) {
        return Path.of(run("", Stage.checkout().resolve("tools/build.sh").toString(), name)
                .strip());
    }

    /**
     * Runs a command.
     *
     * @param input what it reads
     * @return what it printed on standard output
     * @throws AssertionError with all it said when it ends with another code than 0
     */
    static String run(String input, String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Thread writer = Thread.ofVirtual().start(() -> write(process, input));
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            writer.join();
            if (process.waitFor() != 0) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Process process, String input) {
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
