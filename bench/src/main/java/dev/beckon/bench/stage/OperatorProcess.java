package dev.beckon.bench.stage;

import dev.beckon.demo.environment.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The product's operator as a process of ours instead of a pod: it can be stopped in its tracks, and started by the stopwatch. */
public final class OperatorProcess implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    /** The longest it may be frozen: it must renew its leadership within 10 s. */
    public static final long FROZEN_AT_MOST_SECONDS = 9;

    private static final String AOT_CACHE = "-XX:AOTCache";

    private final Started started;
    private final int port;
    private final Path log;

    private OperatorProcess(Started started, int port, Path log) {
        this.started = started;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param aotCache false to leave the cache out that the build made
     * @param port on which it tells health and metrics
     */
    static OperatorProcess start(
            Programs programs, Map<String, String> environment, boolean aotCache, int port, Path log) {
        List<String> command = programs.operatorCommand().stream()
                .filter(word -> aotCache || !word.startsWith(AOT_CACHE))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(programs.operator().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        return new OperatorProcess(Started.of(builder), port, log);
    }

    /** Whether the build made an AOT cache. */
    public static boolean hasAotCache(Programs programs) {
        return programs.operatorCommand().stream().anyMatch(word -> word.startsWith(AOT_CACHE));
    }

    public ProcessHandle process() {
        return started.process().toHandle();
    }

    public long pid() {
        return started.process().pid();
    }

    /** Waits until it says that it is ready, and tells how many seconds after its start that was. */
    public double awaitReady() throws InterruptedException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!ready(client)) {
                if (!started.process().isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("the operator was not ready; its log: " + log);
                }
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            }
        }
        return Duration.between(started.at(), java.time.Instant.now()).toNanos() / 1e9;
    }

    private boolean ready(HttpClient client) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its metrics, as they are scraped. */
    public String metrics() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** What it logged so far. */
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it in its tracks, for {@link #FROZEN_AT_MOST_SECONDS}. */
    public void freeze() {
        Signals.send("STOP", pid());
    }

    public void thaw() {
        Signals.send("CONT", pid());
    }

    /** Ends it in order: its leadership is free at once. */
    @Override
    public void close() {
        thaw();
        started.process().destroy();
        try {
            if (!started.process().waitFor(20, TimeUnit.SECONDS)) {
                started.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            started.close();
        }
    }
}
