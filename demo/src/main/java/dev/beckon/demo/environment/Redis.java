package dev.beckon.demo.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A real Redis server, in memory only: what it loses costs time to show something, never a person. */
public final class Redis {
    private final Path state;
    private final int port;
    private final Reach reach;
    private final ProcessRecord process;

    public Redis(Path state, int port) {
        this(state, port, Reach.THIS_MACHINE);
    }

    /** The same, for whoever reaches it from elsewhere. */
    Redis(Path state, int port, Reach reach) {
        this.state = state;
        this.port = port;
        this.reach = reach;
        this.process = new ProcessRecord(state.resolve("pid"));
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** As {@link Reach#address} leads there. */
    String urlFromElsewhere() {
        return "redis://" + reach.address() + ":" + port;
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

    /** The server's program. */
    public static Path program() throws IOException {
        return ExecutableProvider.newJarResourceProvider().get().toPath().toAbsolutePath();
    }

    private ProcessHandle launch() {
        try {
            List<String> command =
                    new ArrayList<>(List.of(program().toString(), "--port", String.valueOf(port), "--bind"));
            command.addAll(reach.listening());
            // It has no password: hints hold nothing but uids. Without this it would answer loopback only.
            command.addAll(List.of("--protected-mode", "no", "--save", "", "--appendonly", "no"));
            return Background.start(command, log(), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
