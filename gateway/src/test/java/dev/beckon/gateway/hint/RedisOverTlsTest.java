package dev.beckon.gateway.hint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.ledger.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** A real Redis that shows a certificate for {@code localhost}; what is not trusted the worker's test tries. */
@Tag("integration")
class RedisOverTlsTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static RedisServer redis;
    private static int tls;

    @BeforeAll
    static void start() throws IOException {
        authority = TestAuthority.in(folder.resolve("authority"));
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

    @Test
    void aCertificateOfTheAuthorityIsTrusted() {
        Hints hints = RedisHints.at("rediss://localhost:" + tls, Optional.of(authority.certificate()));
        try {
            await().atMost(Duration.ofSeconds(20)).until(() -> hints.state().equals("connected"));
        } finally {
            hints.close();
        }
    }

    @Test
    void aUrlWithoutTlsIsRefusedWhereAnAuthorityIsGiven() {
        assertThat(RedisHints.at("redis://localhost:" + tls, Optional.of(authority.certificate())))
                .isSameAs(Hints.NONE);
    }

    @Test
    void anAuthorityThatIsNotThereIsNoUrlThatIsWrong() {
        assertThat(RedisHints.at("rediss://localhost:" + tls, Optional.of(folder.resolve("nowhere"))))
                .isSameAs(Hints.NONE);
    }

    @Test
    void aFileWithoutCertificatesLeavesItDisconnected() throws IOException {
        Path none = Files.writeString(folder.resolve("none"), "none");
        Hints hints = RedisHints.at("rediss://localhost:" + tls, Optional.of(none));
        try {
            assertThat(hints.state()).isEqualTo("disconnected");
        } finally {
            hints.close();
        }
    }
}
