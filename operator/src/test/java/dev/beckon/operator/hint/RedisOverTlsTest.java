package dev.beckon.operator.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.testing.TestAuthority;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.ledger.ReportBook;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** A real Redis that shows a certificate for {@code localhost}. */
@Tag("integration")
class RedisOverTlsTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestAuthority other;
    private static RedisServer redis;
    private static int tls;

    @BeforeAll
    static void start() throws IOException {
        authority = TestAuthority.in(folder.resolve("authority"));
        other = TestAuthority.in(folder.resolve("other"));
        TestAuthority.Identity server = authority.identity("redis", "dns:localhost");
        tls = freePort();
        redis = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("tls-port " + tls)
                .setting("tls-cert-file " + server.certificate())
                .setting("tls-key-file " + server.key())
                .setting("tls-ca-cert-file " + authority.certificate())
                .setting("tls-auth-clients no")
                .build();
        redis.start();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.stop();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static RedisHints hints(String url, Path ca) {
        return new RedisHints(
                TestSettings.with(Map.of("beckon.redis.url", url, "beckon.redis.ca-file", ca.toString())),
                new ReportBook(InstantSource.system()),
                new OperatorMetrics(new SimpleMeterRegistry()));
    }

    @Test
    void aCertificateOfTheAuthorityIsTrusted() {
        RedisHints hints = hints("rediss://localhost:" + tls, authority.certificate());
        hints.onStart(new StartupEvent());
        try {
            await().atMost(Duration.ofSeconds(20)).until(hints::connected);
        } finally {
            hints.onStop(new ShutdownEvent());
        }
    }

    @Test
    void oneOfAnotherAuthorityIsToldInASentence() {
        refused("rediss://localhost:" + tls, other, "shows a certificate that is not trusted");
    }

    @Test
    void soIsOneOfAnotherHost() {
        refused("rediss://127.0.0.1:" + tls, authority, "not of the host which the redis-url names");
    }

    @Test
    void aUrlWithoutTlsIsRefusedWhereAnAuthorityIsGiven() {
        refused("redis://localhost:" + tls, authority, "it begins with rediss://");
    }

    @Test
    void anAuthorityThatCanNotBeReadIsTold() throws IOException {
        refused("rediss://localhost:" + tls, folder.resolve("nowhere"), "the authority's file is there");
        refused(
                "rediss://localhost:" + tls,
                Files.writeString(folder.resolve("none"), "none"),
                "holds no certificate as PEM");
    }

    private static void refused(String url, TestAuthority by, String sentence) {
        refused(url, by.certificate(), sentence);
    }

    private static void refused(String url, Path authority, String sentence) {
        RedisHints hints = hints(url, authority);

        assertThatThrownBy(() -> hints.connect(url))
                .satisfies(e -> assertThat(RedisHints.complaint(e)).contains(sentence));
        assertThat(hints.connected()).isFalse();
    }
}
