package dev.beckon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.proof.ControlDoor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScansTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final String LINK = "tg://login?token=abc-1";

    private final List<String> asked = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private int answer = 200;
    private HttpServer door;
    private Scans scans;

    @BeforeEach
    void open() throws IOException {
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        door.start();
        scans = new Scans(
                new ControlDoor("http://127.0.0.1:" + door.getAddress().getPort() + "/control/"),
                InstantSource.fixed(NOON));
    }

    @AfterEach
    void close() {
        door.stop(0);
    }

    private static TelegramAccount account(String status) {
        return Serialization.unmarshal("metadata: {name: fred}\nstatus: " + status, TelegramAccount.class);
    }

    private void look(String status) {
        scans.look(account(status), said::add);
    }

    @Test
    void aCodeIsScannedOnceByThePhoneOfItsPerson() {
        look("{login: {qrLink: \"" + LINK + "\", job: fred-login-1}}");
        look("{login: {qrLink: \"" + LINK + "\", job: fred-login-1}}");
        assertThat(asked)
                .containsExactly("POST /control/accept-login?account=fred&link=tg%3A%2F%2Flogin%3Ftoken%3Dabc-1");
        assertThat(said)
                .singleElement()
                .asString()
                .contains("kubectl logs job/fred-login-1")
                .doesNotContain("token");
        assertThat(scans.taken()).containsExactly(Map.entry("fred", NOON));
    }

    @Test
    void aCodeThatWasRenewedMeanwhileIsFollowedByTheNextOne() {
        answer = 400;
        look("{login: {qrLink: \"" + LINK + "\", job: fred-login-1}}");
        assertThat(scans.taken()).isEmpty();
        answer = 200;
        look("{login: {qrLink: \"tg://login?token=abc-2\", job: fred-login-1}}");
        assertThat(asked).hasSize(2).last().asString().endsWith("abc-2");
        assertThat(said).hasSize(2).last().isEqualTo("The code was renewed meanwhile: the next one is scanned.");
    }

    @Test
    void whoDoesNotWaitForAScanIsLeftAlone() {
        look("{state: Ready}");
        look("{state: WaitingForCode, login: {job: fred-login-1}}");
        scans.look(account("{}"), said::add);
        assertThat(asked).isEmpty();
        assertThat(said).isEmpty();
    }
}
