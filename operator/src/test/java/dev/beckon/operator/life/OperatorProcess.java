package dev.beckon.operator.life;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * The built operator, started as its image starts it: from inside its folder. One that ends by itself is started again, as the
 * kubelet does; one that a test has killed is not.
 */
final class OperatorProcess {
    private static final Path APP = Path.of("target/quarkus-app").toAbsolutePath();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final int port;
    private final Path log;
    private final ProcessBuilder builder;
    private Process process;
    private boolean over;
    private int restarts;

    private OperatorProcess(String name, int port, Path log, ProcessBuilder builder) throws IOException {
        this.log = log;
        this.name = name;
        this.port = port;
        this.builder = builder;
        begin();
    }

    private void begin() throws IOException {
        process = builder.start();
        var _ = process.onExit().thenAccept(this::ended);
    }

    private synchronized void ended(Process ended) {
        if (over) {
            return;
        }
        restarts++;
        try {
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often it ended by itself. */
    synchronized int restarts() {
        return restarts;
    }

    /**
     * Starts a replica.
     *
     * @param name of its pod
     * @param log where it writes
     */
    static OperatorProcess start(String name, int port, Path log, Map<String, String> environment) {
        if (!Files.exists(APP.resolve("quarkus-run.jar"))) {
            throw new IllegalStateException("The operator is not built: run `make build` first.");
        }
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:+UseSerialGC", "-Xmx192m"));
        if (Files.exists(APP.resolve("app.aot"))) {
            command.add("-XX:AOTCache=app.aot");
        }
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(APP.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "POD_NAME",
                        name,
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port)));
        try {
            return new OperatorProcess(name, port, log, builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it writes. */
    Path log() {
        return log;
    }

    String name() {
        return name;
    }

    synchronized boolean isAlive() {
        return process.isAlive();
    }

    boolean isReady() {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * What a probe is answered.
     *
     * @param probe {@code live} or {@code ready}
     */
    HttpResponse<String> health(String probe) throws IOException {
        return get("/health/" + probe);
    }

    /** The sum of a metric over its labels. */
    double metric(String metric) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** All of them, as they are scraped. */
    String metrics() {
        try {
            return get("/metrics").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** As a node that dies. */
    synchronized void kill() {
        over = true;
        process.destroyForcibly();
    }

    /** As a machine that is paused. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private synchronized void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + signal + " ended with " + exit);
        }
    }

    synchronized void stop() throws InterruptedException {
        over = true;
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
