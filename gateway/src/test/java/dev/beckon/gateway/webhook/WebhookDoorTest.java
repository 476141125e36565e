package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.gateway.GatewayProcess;
import dev.beckon.gateway.House;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built gateway, asked over HTTP; what it kept is judged by the ledger. */
@Tag("integration")
class WebhookDoorTest {
    private static final String JSON = "application/json";

    @TempDir
    private static Path folder;

    private static House house;
    private static GatewayProcess gateway;

    private final House.Campaign campaign = house.campaign();
    private final String phone = House.phone();

    @BeforeAll
    static void start() {
        house = new House(TestDatabase.shared(), folder);
        gateway = house.gateway(Map.of());
        // Until it has read its doors once it answers as if the ledger were away.
        await().until(() -> gateway.get("/metrics").body().contains("beckon_ledger_up 1.0"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        house.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + path));
    }

    private static HttpRequest.Builder let(String path) {
        return to(path).header("X-Beckon-Token", House.TOKEN);
    }

    /** A door that was just opened is known within moments. */
    private HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> first = gateway.send(request);
        long end = System.nanoTime() + 5_000_000_000L;
        while (first.statusCode() == 401 && System.nanoTime() < end) {
            first = gateway.send(request);
        }
        return first;
    }

    private HttpResponse<String> post(String type, String body) {
        return send(let(campaign.path())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JsonMapper.builder().build().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(response.body(), e);
        }
    }

    private static void assertTaken(HttpResponse<String> response, long event, String state) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(json(response).path("event").asLong()).isEqualTo(event);
        assertThat(json(response).path("state").asText()).isEqualTo(state);
    }

    private void assertRefused(HttpResponse<String> response, int status, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
        assertThat(json(response).path("title").asText()).isNotEmpty();
        assertThat(json(response).path("detail").asText()).contains(sentence).endsWith(".");
        assertThat(response.body()).doesNotContain(phone.substring(1)).doesNotContain(House.TOKEN);
    }

    private String encoded() {
        return phone.replace("+", "%2B");
    }

    @Test
    void peopleComeByQueryFormAndJson() {
        assertTaken(send(let(campaign.path() + "?phone=" + encoded()).GET().build()), 1, "accepted");
        assertTaken(post("application/x-www-form-urlencoded", "ct_phone=" + House.phone()), 2, "accepted");
        assertTaken(post(JSON, "{\"phone\":\"" + House.phone() + "\",\"event_id\":\"a\"}"), 3, "accepted");
        assertTaken(
                send(to(campaign.path() + "?phone=" + House.phone().replace("+", "%2B"))
                        .header("Authorization", "Bearer " + House.TOKEN)
                        .POST(BodyPublishers.noBody())
                        .build()),
                4,
                "accepted");
        assertThat(house.counts(campaign).pending()).isEqualTo(4);
        // Who comes again is who came.
        assertTaken(post(JSON, "{\"phone\":\"" + phone + "\"}"), 1, "duplicate");
        assertTaken(post(JSON, "{\"phone\":\"" + House.phone() + "\",\"event_id\":\"a\"}"), 3, "duplicate");
        assertThat(house.counts(campaign).pending()).isEqualTo(4);
    }

    private HttpRequest signed(String query, byte[] body, Instant at, String key) {
        String timestamp = Long.toString(at.getEpochSecond());
        Call call = new Call("POST", campaign.path(), query, name -> List.of(), body);
        byte[] hmac = Callers.hmac(key.getBytes(StandardCharsets.UTF_8), call, timestamp);
        return to(campaign.path() + "?" + query)
                .header("Content-Type", JSON)
                .header("X-Beckon-Timestamp", timestamp)
                .header("X-Beckon-Signature", "sha256=" + HexFormat.of().formatHex(hmac))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    @Test
    void aSignedRequestCountsOnceHoweverOftenItIsSent() {
        byte[] body = ("{\"phone\":\"" + phone + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpRequest request = signed("first_name=%C3%84nn", body, Instant.now(), House.SIGNING_KEY);
        assertTaken(send(request), 1, "accepted");
        assertTaken(send(request), 1, "duplicate");
        assertRefused(
                gateway.send(signed("", body, Instant.now().minusSeconds(400), House.SIGNING_KEY)),
                401,
                "seconds off the gateway's clock");
        assertRefused(gateway.send(signed("", body, Instant.now(), "another-key-to-sign-with")), 401, "not its token");
    }

    @Test
    void whoShowsNothingOrTheWrongThingLearnsNothing() {
        HttpRequest.Builder named =
                to(campaign.path() + "?phone=" + encoded()).header("X-Beckon-Token", "x".repeat(20));
        HttpResponse<String> wrong = gateway.send(named.GET().build());
        HttpResponse<String> unknown = gateway.send(
                let("/webhook/team/nobody?phone=" + encoded()).GET().build());
        assertRefused(wrong, 401, "There is no webhook of this name");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(wrong.headers().map().keySet());
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("Bearer"));
        assertRefused(gateway.send(to(campaign.path()).GET().build()), 401, "Authorization: Bearer TOKEN");
        assertRefused(
                gateway.send(to(campaign.path() + "?token=" + House.TOKEN).GET().build()), 401, "in every log");
    }

    @Test
    void aCampaignThatDoesNotExistTakesAsLongAsAWrongToken() {
        HttpRequest wrong = to(campaign.path())
                .header("X-Beckon-Token", "x".repeat(20))
                .GET()
                .build();
        HttpRequest unknown = to("/webhook/team/nobody")
                .header("X-Beckon-Token", "x".repeat(20))
                .GET()
                .build();
        long[] wrongs = new long[400];
        long[] unknowns = new long[400];
        for (int i = 0; i < 400; i++) {
            wrongs[i] = nanos(wrong);
            unknowns[i] = nanos(unknown);
        }
        double ratio = median(unknowns) / median(wrongs);
        assertThat(ratio).isBetween(0.8, 1.25);
    }

    private static long nanos(HttpRequest request) {
        long begin = System.nanoTime();
        assertThat(gateway.send(request).statusCode()).isEqualTo(401);
        return System.nanoTime() - begin;
    }

    private static double median(long[] values) {
        long[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Test
    void whatCanNotBeReadIsRefusedWithItsReason() {
        assertRefused(post(JSON, "{\"phone\":"), 400, "no JSON document");
        assertRefused(post(JSON, "{\"phone\":" + phone.substring(1) + "}"), 422, "phone is no text");
        assertRefused(post("text/plain", phone), 415, "neither application/json");
        assertRefused(post(JSON, "{}"), 422, "There is no phone");
        assertRefused(post(JSON, "{\"phone\":\"" + phone.substring(1) + "\"}"), 422, "no country code");
        assertRefused(post(JSON, "{\"phone\":\"+999123456789\"}"), 422, "no country's code");
        assertRefused(
                post(JSON, "{\"phone\":\"" + phone + "\",\"ct_phone\":\"" + House.phone() + "\"}"), 422, "two numbers");
        assertRefused(
                post("application/x-www-form-urlencoded", "phone=" + phone + "&first_name=%C4"), 400, "not UTF-8");
        assertThat(house.counts(campaign).total()).isZero();
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedHoweverLarge() {
        for (int size : new int[] {WebhookResource.LARGEST_BODY + 1, 3_000_000}) {
            assertRefused(post(JSON, " ".repeat(size)), 413, "16384 bytes");
        }
        assertThat(post(JSON, "{\"phone\":\"" + phone + "\"}" + " ".repeat(16_000))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void otherMethodsAndPathsAreRefusedAndALookBringsNobody() {
        assertRefused(gateway.send(let(campaign.path()).DELETE().build()), 405, "GET and POST");
        HttpResponse<String> head =
                gateway.send(let(campaign.path() + "?phone=" + encoded()).HEAD().build());
        assertThat(head.statusCode()).isEqualTo(405);
        for (String path : List.of("/webhook", "/webhook/team", campaign.path() + "/x", "/", "/api/x")) {
            assertRefused(gateway.send(let(path).GET().build()), 404, "/webhook/NAMESPACE/CAMPAIGN");
        }
        assertThat(house.counts(campaign).total()).isZero();
    }

    @Test
    void aClosedCampaignSaysSoAndOnlyToWhomItKnows() {
        assertTaken(post(JSON, "{\"phone\":\"" + phone + "\"}"), 1, "accepted");
        house.close(campaign);
        assertRefused(post(JSON, "{\"phone\":\"" + House.phone() + "\"}"), 409, "The campaign spring has ended");
        assertThat(gateway.send(to(campaign.path())
                                .header("X-Beckon-Token", "x".repeat(20))
                                .GET()
                                .build())
                        .statusCode())
                .isEqualTo(401);
        assertThat(house.counts(campaign).pending()).isEqualTo(1);
    }

    @Test
    void whoCameWithoutConsentIsToldSoAndLogged() {
        House.Campaign silent = house.campaign(Consent.Basis.Unknown, 100);
        HttpRequest.Builder event = let(silent.path()).header("Content-Type", JSON);
        assertRefused(
                send(event.POST(BodyPublishers.ofString("{\"phone\":\"" + phone + "\"}"))
                        .build()),
                422,
                "send consent_basis");
        assertTaken(
                send(event.POST(BodyPublishers.ofString("{\"phone\":\"" + phone + "\",\"consent_basis\":\"OptIn\"}"))
                        .build()),
                2,
                "accepted");
        assertThat(house.counts(silent).pending()).isEqualTo(1);
        assertThat(house.counts(silent).skipped()).isEqualTo(1);
    }

    @Test
    void aFloodIsAnsweredWithWhenToComeAgain() {
        House.Campaign narrow = house.campaign(Consent.Basis.OptIn, 5);
        List<HttpResponse<String>> answers = IntStream.range(0, 7)
                .mapToObj(
                        i -> send(let(narrow.path() + "?phone=" + House.phone().replace("+", "%2B"))
                                .GET()
                                .build()))
                .toList();
        assertThat(answers.stream().filter(it -> it.statusCode() == 202)).hasSize(5);
        HttpResponse<String> refused = answers.getLast();
        assertRefused(refused, 429, "5 events a minute");
        assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 12);
    }

    @Test
    void whatIsNoHttpIsSentAwayAndTheGatewayLivesOn() throws IOException {
        for (String nonsense : List.of(
                "GET /webhook/team/x?phone=\u0001 HTTP/1.1\r\n\r\n",
                "POST " + campaign.path() + " HTTP/1.1\r\nHost: x\r\nX-Beckon-Token: " + House.TOKEN
                        + "\r\nContent-Type: " + JSON + "\r\nContent-Length: 100\r\n\r\n{",
                "nonsense\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).doesNotContain(" 202 ").doesNotContain(" 500 ");
            }
        }
        assertThat(house.counts(campaign).total()).isZero();
        assertTaken(post(JSON, "{\"phone\":\"" + phone + "\"}"), 1, "accepted");
    }

    @Test
    void neitherLogNorMetricsNameAPersonOrACampaign() {
        post(JSON, "{\"phone\":\"" + phone + "\"}");
        post(JSON, "{\"phone\":\"" + phone + "\"");
        gateway.send(to(campaign.path() + "?phone=" + encoded()).GET().build());
        String metrics = gateway.get("/metrics").body();
        assertThat(metrics)
                .contains("beckon_webhook_events_total{fate=\"Accepted\"}")
                .contains("beckon_webhook_refused_total{status=\"401\"}")
                .contains("beckon_webhook_answers_seconds")
                .contains("beckon_ledger_up 1.0");
        for (String text : List.of(metrics, gateway.said())) {
            assertThat(text)
                    .doesNotContain(phone.substring(3))
                    .doesNotContain(campaign.name())
                    .doesNotContain(campaign.uid())
                    .doesNotContain(House.TOKEN);
        }
        assertThat(gateway.get("/health/ready").body())
                .contains("\"reachable\"")
                .contains("not configured");
    }
}
