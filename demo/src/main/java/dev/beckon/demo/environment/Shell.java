package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program to its end and gives what it printed. */
final class Shell {
    private Shell() {}

    /** @throws IllegalStateException with the program's own words when it exits with anything but 0 */
    static String run(Map<String, String> environment, String input, List<String> command) {
        Result result = tryRun(environment, input, command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(Path.of(command.getFirst()).getFileName() + " "
                    + String.join(" ", command.subList(1, command.size())) + " exited with " + result.exitCode() + ": "
                    + result.output().strip());
        }
        return result.output();
    }

    static Result tryRun(Map<String, String> environment, String input, List<String> command) {
        Interruption.check();
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            Result result;
            try (var _ = Interruption.awaited(process)) {
                try (var stdin = process.getOutputStream()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                result = new Result(process.waitFor(), output);
            }
            Interruption.check();
            return result;
        } catch (IOException e) {
            Interruption.check();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    record Result(int exitCode, String output) {}
}
