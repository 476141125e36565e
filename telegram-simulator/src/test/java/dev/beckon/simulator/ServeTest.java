package dev.beckon.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own: ready file, SIGTERM, SIGKILL. */
@Tag("integration")
class ServeTest {
    @TempDir
    Path folder;

    private Path world;
    private Path state;
    private Process process;

    @BeforeEach
    void world() throws IOException {
        state = folder.resolve("state");
        world = Files.writeString(folder.resolve("world.yaml"), """
                people: [{username: alice, phone: "+491700000001"}, {username: bobby}]
                chats: [{title: Meetup, username: meetup, owner: alice}]
                """);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Simulator.class.getName(),
                        "serve",
                        "--control",
                        "--world",
                        world.toString(),
                        "--state",
                        state.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
    }

    /** Starts it and waits for the ready file of this very process. */
    private JsonNode ready() throws IOException {
        process = start();
        Path file = state.resolve("datacentre.json");
        await().atMost(Duration.ofMinutes(4)).until(() -> {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("out.txt")))
                    .isTrue();
            return Files.exists(file)
                    && new ObjectMapper().readTree(file.toFile()).path("pid").asLong() == process.pid();
        });
        return new ObjectMapper().readTree(file.toFile());
    }

    private static String ask(JsonNode ready, String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + ready.path("truthPort").asInt() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    @Test
    void aKilledWorldGoesOnWhereItWas() throws Exception {
        JsonNode first = ready();
        ask(first, "POST", "/control/join?chat=@meetup&person=@bobby");
        process.destroyForcibly();
        process.waitFor();
        JsonNode second = ready();
        assertThat(ask(second, "GET", "/truth/members?chat=@meetup")).contains("bobby");
        assertThat(Files.readAllBytes(Path.of(second.path("publicKeyPem").asText())))
                .as("clients keep trusting it")
                .isEqualTo(Files.readAllBytes(Path.of(first.path("publicKeyPem").asText())));
    }

    @Test
    void aTermEndsItAndTakesTheReadyFileAway() throws Exception {
        ready();
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(state.resolve("datacentre.json")).doesNotExist();
    }

    @Test
    void aSecondOneOnTheSameFolderIsRefusedAndHarmsNothing() throws Exception {
        JsonNode first = ready();
        Process second = start();
        assertThat(second.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(second.exitValue()).isEqualTo(Simulator.REFUSED);
        assertThat(Files.readString(folder.resolve("out.txt"))).contains("another simulator uses the state folder");
        assertThat(state.resolve("datacentre.json")).exists();
        assertThat(ask(first, "GET", "/truth/health")).contains("\"ok\":true");
    }
}
