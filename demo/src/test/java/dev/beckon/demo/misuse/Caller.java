package dev.beckon.demo.misuse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Somebody who has the token of a team's webhooks. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String webhooks;
    private final String token;

    /** @param gateway where it listens */
    Caller(String gateway, String namespace, String token) {
        this.webhooks = gateway + "/webhook/" + namespace + "/";
        this.token = token;
    }

    /** Posts an event to a campaign; answers the HTTP status. */
    int posts(String campaign, Map<String, String> event) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(webhooks + campaign))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(event)))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gateway was asked", e);
        }
    }
}
