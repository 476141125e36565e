package dev.beckon.demo.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.demo.environment.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes every second, with the chart's rules. */
final class Prometheus implements AutoCloseable {
    /** What {@code $__rate_interval} stands for: many scrapes, and less than a run takes. */
    static final String RATE_INTERVAL = "60s";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Process process;

    private Prometheus(String address, Process process) {
        this.address = address;
        this.process = process;
    }

    /**
     * Starts one.
     *
     * @param targets addresses by job
     */
    static Prometheus start(Path folder, Path rules, Map<String, List<String>> targets) {
        String jobs = targets.entrySet().stream()
                .map(job -> "  - {job_name: %s, static_configs: [{targets: [%s]}]}\n"
                        .formatted(
                                job.getKey(),
                                job.getValue().stream()
                                        .map(it -> '"' + it + '"')
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining());
        String address = "127.0.0.1:" + Ports.free();
        try {
            Files.createDirectories(folder);
            Path config = Files.writeString(folder.resolve("prometheus.yaml"), """
                    global: {scrape_interval: 1s, evaluation_interval: 5s}
                    rule_files: ["%s"]
                    scrape_configs:
                    """.formatted(rules) + jobs);
            return new Prometheus(
                    "http://" + address,
                    new ProcessBuilder(
                                    Tools.path("prometheus").toString(),
                                    "--config.file=" + config,
                                    "--storage.tsdb.path=" + folder.resolve("tsdb"),
                                    "--web.listen-address=" + address)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("prometheus.log").toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a query at this moment, a line for each series. */
    JsonNode now(String query) {
        return get("/api/v1/query?query=" + encoded(query)).at("/data/result");
    }

    /** Whether a query had a number for an answer at any moment of the last minute, as a panel would draw it. */
    boolean drew(String query) {
        Instant end = Instant.now();
        JsonNode lines = get("/api/v1/query_range?query=" + encoded(query) + "&start="
                        + end.minusSeconds(60).getEpochSecond() + "&end=" + end.getEpochSecond() + "&step=5")
                .at("/data/result");
        for (JsonNode line : lines) {
            for (JsonNode point : line.get("values")) {
                if (!point.get(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Groups of rules, each as it was evaluated last. */
    JsonNode rules() {
        return get("/api/v1/rules").at("/data/groups");
    }

    /** @throws AssertionError with what Prometheus says when it can't answer */
    private JsonNode get(String path) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.ofString());
            JsonNode said = JSON.readTree(answer.body());
            if (!said.path("status").asText().equals("success")) {
                throw new AssertionError(path + ": " + answer.body());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
