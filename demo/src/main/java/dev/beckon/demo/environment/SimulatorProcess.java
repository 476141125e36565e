package dev.beckon.demo.environment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Telegram of our own, as a process: {@code Simulator serve}. Its world survives {@link #kill}. */
public final class SimulatorProcess {
    private final Path state;
    private final Path world;
    private final String classPath;
    private final ProcessRecord process;
    private final int port = Ports.free();
    private final int truthPort = Ports.free();

    public SimulatorProcess(Path state, Path world, String classPath) {
        this.state = state;
        this.world = world;
        this.classPath = classPath;
        this.process = new ProcessRecord(state.resolve("pid"));
    }

    /** Starts it, again on the same ports after a kill, and waits until it serves. */
    public void start() {
        try {
            Files.createDirectories(state);
            Files.deleteIfExists(ready());
            Process simulator = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            classPath,
                            "dev.beckon.simulator.Simulator",
                            "serve",
                            "--world",
                            world.toString(),
                            "--state",
                            state.toString(),
                            "--port",
                            String.valueOf(port),
                            "--truth-port",
                            String.valueOf(truthPort)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            state.resolve("simulator.log").toFile()))
                    .start();
            process.write(simulator.toHandle());
            Readiness.await(
                    "the Telegram simulator",
                    Duration.ofSeconds(60),
                    simulator.toHandle(),
                    () -> Files.exists(ready()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        process.stop(Duration.ofSeconds(10));
    }

    public void kill() {
        process.kill();
    }

    /** The patched copy of TDLib that trusts this data centre, for the workers. */
    public String library() {
        return description().get("tdlibLibrary").asText();
    }

    public String proxy() {
        return "socks5://127.0.0.1:" + port;
    }

    /** Where the truth door listens. */
    public String truth() {
        return "http://127.0.0.1:" + truthPort + "/truth/";
    }

    private JsonNode description() {
        try {
            return new ObjectMapper().readTree(ready().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ready() {
        return state.resolve("datacentre.json");
    }
}
