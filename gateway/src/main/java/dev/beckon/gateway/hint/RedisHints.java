package dev.beckon.gateway.hint;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Hints over Redis, sent by a thread of their own and at most a few a second: what changed since the last ones goes out together. */
public final class RedisHints implements Hints {
    /** The channel the operator listens on; a message is {@code {"campaign":"<uid>"}}. */
    public static final String CHANNEL = "beckon:hints";

    private static final Logger LOG = Logger.getLogger(RedisHints.class);
    private static final Duration COALESCED = Duration.ofMillis(100);
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final RedisClient client;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean connected;

    /** Whether certificate and host are checked: the URL may ask for less by {@code verifyPeer}, and Redis has no STARTTLS. */
    private static boolean isChecked(RedisURI uri) {
        return uri.isSsl() && !uri.isStartTls() && uri.getVerifyMode() == SslVerifyMode.FULL;
    }

    /**
     * @param url of Redis; with one that is none, or one that gives an authority nothing to check, there are no hints, and the log says so
     * @param ca certificates as PEM of who must have signed Redis' own, which must name its host
     */
    public static Hints at(String url, Optional<Path> ca) {
        try {
            RedisURI uri = RedisURI.create(url);
            uri.setTimeout(TIMEOUT);
            if (ca.isPresent() && !isChecked(uri)) {
                LOG.warn(
                        "The operator finds out by itself that people came: its certificate is to be checked, and the redis-url of the Secret beckon-gateway"
                                + " asks for less. Write rediss://, without verifyPeer.");
                return NONE;
            }
            if (ca.isPresent() && !Files.isReadable(ca.get())) {
                LOG.warnf(
                        "The operator finds out by itself that people came: the authority that Redis' certificate is to be checked by can't be"
                                + " read at %s. Mount the Secret that holds it.",
                        ca.get());
                return NONE;
            }
            return new RedisHints(uri, ca);
        } catch (IllegalArgumentException e) {
            // Without its message, which holds the whole URL, with the password.
            LOG.warn(
                    "The operator finds out by itself that people came: the redis-url of the Secret beckon-gateway is no URL. Write"
                            + " redis://:password@host:6379, and percent-encode what is special in the password.");
            return NONE;
        }
    }

    private RedisHints(RedisURI uri, Optional<Path> ca) {
        client = RedisClient.create(uri);
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
        ca.ifPresent(file -> options.sslOptions(SslOptions.builder()
                .jdkSslProvider()
                .trustManager(file.toFile())
                .build()));
        client.setOptions(options.build());
        thread = Thread.ofPlatform().name("hints").daemon().start(this::send);
    }

    @Override
    public synchronized void campaignChanged(String uid) {
        waiting.add(uid);
        notifyAll();
    }

    @Override
    public String state() {
        return connected ? "connected" : "disconnected";
    }

    private synchronized Set<String> next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        Set<String> batch = new LinkedHashSet<>(waiting);
        waiting.clear();
        return batch;
    }

    private void send() {
        Optional<StatefulRedisConnection<String, String>> connection = Optional.empty();
        boolean untrusted = false;
        try {
            while (true) {
                try {
                    // Before there is anything to tell, so that the first is told as fast as any.
                    if (connection.isEmpty()) {
                        connection = Optional.of(client.connect());
                        connected = true;
                    }
                    for (String uid : next()) {
                        connection.get().sync().publish(CHANNEL, "{\"campaign\":\"" + uid + "\"}");
                    }
                    Thread.sleep(COALESCED);
                } catch (RuntimeException e) {
                    // Not only Lettuce's own: this thread must outlive whatever a broken file or network makes of it.
                    if (connected) {
                        LOG.warn("Redis is away; the operator finds out by itself that people came");
                    }
                    if (!untrusted && isUntrusted(e)) {
                        untrusted = true;
                        LOG.warn(
                                "Redis shows a certificate that is not trusted, or that is not of the host which the redis-url names,"
                                        + " or the authority's file holds no certificate as PEM;"
                                        + " the operator finds out by itself that people came");
                    }
                    connected = false;
                    connection.ifPresent(StatefulRedisConnection::close);
                    connection = Optional.empty();
                    Thread.sleep(RECONNECT_AFTER);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Hints end");
        }
    }

    private static boolean isUntrusted(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
    }

    @Override
    public void close() {
        thread.interrupt();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
