package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.leakscan.Haystack;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.WorkOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One worker process in a folder that stands for its pod. */
final class WorkerProcess implements AutoCloseable {
    static final int KILLED = 137;

    private final Path root;
    private final List<String> command;
    private final Process process;

    private WorkerProcess(Path root, List<String> command, Process process) {
        this.root = root;
        this.command = command;
        this.process = process;
    }

    static WorkerProcess start(Path root, List<String> java, List<String> command, Map<String, String> environment) {
        List<String> all = new ArrayList<>(java);
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectOutput(root.resolve("out.log").toFile())
                .redirectError(root.resolve("err.log").toFile());
        Distribution.directory().ifPresent(folder -> builder.directory(folder.toFile()));
        builder.environment().putAll(environment);
        try {
            return new WorkerProcess(root, List.copyOf(command), builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it wrote to standard output: its log, when it carries an order out. */
    String out() {
        return text("out.log");
    }

    String err() {
        return text("err.log");
    }

    /**
     * All that it wrote, to be searched for people and secrets; but for standard output that whoever ran the command chose, with
     * {@code -o -}, to be shown people on.
     */
    List<Haystack> written() {
        List<Path> files = new ArrayList<>(List.of(root.resolve("err.log"), root.resolve(Paths.RESULT.substring(1))));
        if (!command.contains("-")) {
            files.add(root.resolve("out.log"));
        }
        return files.stream().map(Haystack::ofFile).toList();
    }

    private String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean runs() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP. */
    void freeze() {
        try {
            new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for its end. */
    WorkerProcess endsWith(int exitCode) {
        return endsWith(exitCode, Site.PATIENCE);
    }

    WorkerProcess endsWith(int exitCode, Duration within) {
        try {
            boolean ended = process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended)
                    .as("ended within %s; its log:%n%s%s", within, out(), err())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        assertThat(process.exitValue()).as("%s%s", out(), err()).isEqualTo(exitCode);
        return this;
    }

    void ended() {
        process.onExit().join();
    }

    /** The result document; empty when it wrote none. */
    Optional<RunResult> result() {
        try {
            return Optional.of(WorkOrders.readResult(Files.readString(root.resolve(Paths.RESULT.substring(1)))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunResult told() {
        return result().orElseThrow(() -> new AssertionError("no result; the log:\n" + out() + err()));
    }

    /** Nothing of it is left. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
