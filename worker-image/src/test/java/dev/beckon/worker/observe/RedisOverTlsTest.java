package dev.beckon.worker.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.beckon.ledger.testing.TestAuthority;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import redis.embedded.RedisServer;

/** A real Redis that shows a certificate for {@code localhost}. */
@Tag("integration")
class RedisOverTlsTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestAuthority other;
    private static RedisServer redis;
    private static int plain;
    private static int tls;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        authority = TestAuthority.in(folder.resolve("authority"));
        other = TestAuthority.in(folder.resolve("other"));
        TestAuthority.Identity server = authority.identity("redis", "dns:localhost");
        plain = freePort();
        tls = freePort();
        redis = RedisServer.newRedisServer()
                .port(plain)
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
    void aHintGoesOverItToWhoListens() {
        try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + plain);
                Hints hints = RedisHints.at("rediss://localhost:" + tls, Optional.of(authority.certificate()))) {
            var connection = client.connectPubSub();
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    heard.add(message);
                }
            });
            connection.sync().subscribe(RedisHints.CHANNEL);
            hints.campaignChanged("uid");

            await().atMost(Duration.ofSeconds(20)).until(() -> heard.contains("{\"campaign\":\"uid\"}"));
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsToldInASentence() {
        assertThat(loggedBy("rediss://localhost:" + tls, other.certificate()))
                .anyMatch(line -> line.contains("shows a certificate that is not trusted"));
    }

    @Test
    void soIsOneOfAnotherHost() {
        assertThat(loggedBy("rediss://127.0.0.1:" + tls, authority.certificate()))
                .anyMatch(line -> line.contains("not of the host which the redis-url names"));
    }

    @Test
    void nothingIsSaidWithoutTlsWhereAnAuthorityIsGiven() {
        assertThat(RedisHints.at("redis://localhost:" + plain, Optional.of(authority.certificate())))
                .isSameAs(Hints.NONE);
    }

    @Test
    void aFileWithoutCertificatesIsToldInASentence() throws IOException {
        assertThat(loggedBy("rediss://localhost:" + tls, Files.writeString(folder.resolve("none"), "none")))
                .anyMatch(line -> line.contains("holds no certificate as PEM"));
    }

    @Test
    void soIsOneThatIsNotThere() {
        assertThat(loggedBy("rediss://localhost:" + tls, folder.resolve("nowhere")))
                .singleElement()
                .asString()
                .contains("can't be read", "nowhere");
    }

    private static List<String> loggedBy(String url, Path ca) {
        Logger logger = (Logger) LoggerFactory.getLogger(RedisHints.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        try (Hints hints = RedisHints.at(url, Optional.of(ca))) {
            hints.campaignChanged("uid");
            await().atMost(Duration.ofSeconds(20)).until(() -> !lines.list.isEmpty());
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
