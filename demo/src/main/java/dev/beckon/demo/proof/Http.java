package dev.beckon.demo.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Speaks HTTP on loopback. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Http() {}

    /** @throws IllegalStateException when the answer is not 200 */
    static String get(String url) {
        HttpResponse<String> answer = send(url, HttpRequest.newBuilder().GET());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(url + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    /** Answers whether what was asked for was done. */
    static boolean post(String url) {
        return send(url, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode()
                == 200;
    }

    private static HttpResponse<String> send(String url, HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.uri(URI.create(url)).timeout(Duration.ofSeconds(10)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking a server of this machine", e);
        }
    }
}
