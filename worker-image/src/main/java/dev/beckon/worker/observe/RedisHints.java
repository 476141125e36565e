package dev.beckon.worker.observe;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints over Redis pub/sub, at most a few a second: what changed since the last message goes out together. A thread of its
 * own connects and sends, so that a Redis that is away costs the work nothing.
 */
public final class RedisHints implements Hints {
    /** The channel the operator listens on. */
    public static final String CHANNEL = "beckon:hints";

    private static final Logger LOG = LoggerFactory.getLogger(RedisHints.class);
    private static final Duration COALESCED = Duration.ofMillis(250);
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final String UNTRUSTED =
            "it shows a certificate that is not trusted, or that is not of the host which the redis-url names, or the authority's file"
                    + " holds no certificate as PEM";

    private final RedisURI uri;
    private final Optional<Path> ca;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Thread thread;
    private boolean closed;

    /** Whether certificate and host are checked: the URL may ask for less by {@code verifyPeer}, and Redis has no STARTTLS. */
    private static boolean isChecked(RedisURI uri) {
        return uri.isSsl() && !uri.isStartTls() && uri.getVerifyMode() == SslVerifyMode.FULL;
    }

    /**
     * Does not connect yet: the first hint does.
     *
     * @param url of Redis; with one that is none, or one that gives an authority nothing to check, there are no hints, and the log says so
     * @param ca certificates as PEM of who must have signed Redis' own, which must name its host
     */
    public static Hints at(String url, Optional<Path> ca) {
        try {
            RedisURI uri = RedisURI.create(url);
            uri.setTimeout(TIMEOUT);
            if (ca.isPresent() && !isChecked(uri)) {
                LOG.warn(
                        "The operator is told by the ledger alone: its certificate is to be checked, and the redis-url of the Secret beckon-worker"
                                + " asks for less. Write rediss://, without verifyPeer.");
                return NONE;
            }
            if (ca.isPresent() && !Files.isReadable(ca.get())) {
                LOG.warn(
                        "The operator is told by the ledger alone: the authority that Redis' certificate is to be checked by can't be read"
                                + " at {}. Mount the Secret that holds it.",
                        ca.get());
                return NONE;
            }
            return new RedisHints(uri, ca);
        } catch (IllegalArgumentException e) {
            // Without its message, which holds the whole URL, with the password.
            LOG.warn(
                    "The operator is told by the ledger alone: the redis-url of the Secret beckon-worker is no URL. Write"
                            + " redis://:password@host:6379, and percent-encode what is special in the password.");
            return NONE;
        }
    }

    private RedisHints(RedisURI uri, Optional<Path> ca) {
        this.uri = uri;
        this.ca = ca;
        this.thread = Thread.ofPlatform().name("hints").daemon().start(this::send);
    }

    @Override
    public void campaignChanged(String uid) {
        add("{\"campaign\":\"" + uid + "\"}");
    }

    @Override
    public void accountChanged(String uid) {
        add("{\"account\":\"" + uid + "\"}");
    }

    @Override
    public void parserChanged(String uid) {
        add("{\"parser\":\"" + uid + "\"}");
    }

    @Override
    public void autopostChanged(String uid) {
        add("{\"autopost\":\"" + uid + "\"}");
    }

    private synchronized void add(String payload) {
        waiting.add(payload);
        notifyAll();
    }

    private synchronized Set<String> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        Set<String> batch = new LinkedHashSet<>(waiting);
        waiting.clear();
        return batch;
    }

    private void send() {
        RedisClient client = null;
        Optional<StatefulRedisConnection<String, String>> connection = Optional.empty();
        try {
            for (Set<String> batch = next(); !batch.isEmpty(); batch = next()) {
                try {
                    if (client == null) {
                        client = client(uri, ca);
                    }
                    if (connection.isEmpty()) {
                        connection = Optional.of(client.connect());
                    }
                    for (String payload : batch) {
                        connection.get().sync().publish(CHANNEL, payload);
                    }
                    Thread.sleep(COALESCED);
                } catch (RuntimeException e) {
                    // Not only Lettuce's own: this thread must outlive whatever a broken file or network makes of it.
                    // The hint is lost: the operator's timer finds the change.
                    LOG.info("Redis is away, the operator is told by the ledger alone: {}", why(e));
                    connection.ifPresent(StatefulRedisConnection::close);
                    connection = Optional.empty();
                    Thread.sleep(RECONNECT_AFTER);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Hints end unsent");
        } finally {
            if (client != null) {
                client.shutdown(0, 1, TimeUnit.SECONDS);
            }
        }
    }

    private static String why(RuntimeException failure) {
        if (untrusted(failure)) {
            return UNTRUSTED;
        }
        return failure instanceof RedisException
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
    }

    private static boolean untrusted(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
    }

    private static RedisClient client(RedisURI uri, Optional<Path> ca) {
        RedisClient client = RedisClient.create(uri);
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
        ca.ifPresent(file -> options.sslOptions(SslOptions.builder()
                .jdkSslProvider()
                .trustManager(file.toFile())
                .build()));
        client.setOptions(options.build());
        return client;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            if (!thread.join(Duration.ofSeconds(1))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
