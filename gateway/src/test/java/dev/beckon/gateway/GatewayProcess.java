package dev.beckon.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built gateway, started as its image starts it: from inside its folder. */
public final class GatewayProcess implements AutoCloseable {
    /** The build's, or the one that is trained for an image. */
    private static final Path APP = Path.of(System.getProperty("beckon.start.home", "target/quarkus-app"))
            .toAbsolutePath();

    /** Written by {@code scripts/gateway-start train}. */
    static final Path CACHE = APP.resolve("app.aot");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final Path log;
    private final Process process;

    private GatewayProcess(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param log where it writes, which is appended to
     */
    public static GatewayProcess start(Path log, Map<String, String> environment) {
        return start(log, environment, options(), "/health/ready");
    }

    /** Starts it and waits until it answers, though it may know no doors. */
    static GatewayProcess startBlind(Path log, Map<String, String> environment) {
        return start(log, environment, options(), "/health/live");
    }

    private static List<String> options() {
        return Files.exists(CACHE) ? List.of("-XX:AOTCache=" + CACHE.getFileName()) : List.of();
    }

    /** The same with options of the JVM's. */
    static GatewayProcess start(Path log, Map<String, String> environment, List<String> options) {
        return start(log, environment, options, "/health/ready");
    }

    private static GatewayProcess start(
            Path log, Map<String, String> environment, List<String> options, String awaited) {
        if (!Files.exists(APP.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException("The gateway is not built: run `make build` first.");
        }
        String own = ProcessHandle.current().info().command().orElseThrow();
        List<String> command = new ArrayList<>(List.of(System.getProperty("beckon.start.java", own), "@jvm.options"));
        command.addAll(options);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(APP.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        int port = freePort();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)));
        try {
            GatewayProcess gateway = new GatewayProcess(port, log, builder.start());
            gateway.await(awaited);
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String health) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isUp(health)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new IllegalStateException("The gateway did not start:\n" + said());
            }
            Thread.onSpinWait();
        }
    }

    private boolean isUp(String health) {
        try {
            return get(health).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)).build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a lost node does. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroy();
        await();
    }

    private void await() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
