package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server, in memory only: what it loses costs time to show something, never a person. */
public final class Redis {
    private final Path state;
    private final int port;
    private final ProcessRecord process;

    public Redis(Path state, int port) {
        this.state = state;
        this.port = port;
        this.process = new ProcessRecord(state.resolve("pid"));
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts it, unless it runs, and waits until it accepts connections. */
    public void start() {
        ProcessHandle server = process.find().orElseGet(this::launch);
        Readiness.await("Redis", Duration.ofSeconds(20), server, () -> Readiness.accepts(port));
    }

    boolean runs() {
        return process.find().isPresent();
    }

    public void stop() {
        process.stop(Duration.ofSeconds(5));
    }

    public void kill() {
        process.kill();
    }

    Path log() {
        return state.resolve("redis.log");
    }

    private ProcessHandle launch() {
        try {
            String program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
            return Background.start(
                    List.of(
                            program,
                            "--port",
                            String.valueOf(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no"),
                    log(),
                    process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
