package dev.beckon.bench.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The world's clock, which stands still unless it is moved here. */
final class SoakClock implements InstantSource {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI door;
    private volatile Instant now;

    /**
     * @param truth where the simulator's truth door listens; the control door is beside it
     * @param start as the world file has it
     */
    SoakClock(String truth, Instant start) {
        this.door = URI.create(truth).resolve("../control/");
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        HttpRequest request = HttpRequest.newBuilder(door.resolve("advance-clock?seconds=" + by.toSeconds()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the world's clock was not moved: " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the world's clock was moved", e);
        }
        now = now.plus(by);
    }
}
