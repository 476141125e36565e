package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    public void start() {
        try {
            Files.createDirectories(state);
            String program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
            Process redis = new ProcessBuilder(
                            program,
                            "--port",
                            String.valueOf(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .directory(state.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            state.resolve("redis.log").toFile()))
                    .start();
            process.write(redis.toHandle());
            Readiness.await("Redis", Duration.ofSeconds(20), redis.toHandle(), () -> Readiness.accepts(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        process.stop(Duration.ofSeconds(5));
    }

    public void kill() {
        process.kill();
    }
}
