package dev.beckon.operator.hint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.Settings;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.Subject;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.File;
import java.net.SocketAddress;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Listens on the channel {@value #CHANNEL}. Redis may be away at any time, also at the start: everything works without it,
 * only slower to show.
 */
@ApplicationScoped
public class RedisHints implements Hints {
    /** Its messages are {@code {"campaign":"<uid>"}} or {@code {"account":"<uid>"}}. */
    public static final String CHANNEL = "beckon:hints";

    private static final Logger LOG = Logger.getLogger(RedisHints.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Settings settings;
    private final ReportBook book;
    private final OperatorMetrics metrics;
    private final AtomicBoolean connected = new AtomicBoolean();
    private Optional<Thread> connector = Optional.empty();
    private Optional<RedisClient> client = Optional.empty();

    public RedisHints(Settings settings, ReportBook book, OperatorMetrics metrics) {
        this.settings = settings;
        this.book = book;
        this.metrics = metrics;
    }

    @Override
    public boolean configured() {
        return settings.redis().url().isPresent();
    }

    @Override
    public boolean connected() {
        return connected.get();
    }

    void onStart(@Observes StartupEvent event) {
        metrics.hintsConfigured(configured());
        settings.redis()
                .url()
                .ifPresent(url -> connector =
                        Optional.of(Thread.ofPlatform().name("hints").daemon().start(() -> connectUntilDone(url))));
    }

    void onStop(@Observes ShutdownEvent event) {
        connector.ifPresent(Thread::interrupt);
        client.ifPresent(RedisClient::shutdown);
    }

    /** Once connected, the client reconnects and subscribes anew by itself; only the first time is ours. */
    private void connectUntilDone(String url) {
        Duration retry = Duration.ofSeconds(1);
        boolean told = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                connect(url);
                return;
            } catch (RuntimeException e) {
                // Not only Lettuce's own: a file that is not there is told by the JDK.
                if (!told) {
                    LOG.warnf("%s; progress is looked at now and then instead", complaint(e));
                    told = true;
                }
                metrics.hintsConnected(false);
            }
            try {
                Thread.sleep(retry);
            } catch (InterruptedException e) {
                return;
            }
            retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
        }
    }

    /** In words of ours: Lettuce's may quote the URL, with the password. */
    static String complaint(Throwable failure) {
        boolean untrusted = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
        return untrusted
                ? "Redis shows a certificate that is not trusted, or that is not of the host which the redis-url names, or the"
                        + " authority's file holds no certificate as PEM"
                : "Redis can't be reached or its URL is wrong (with an authority to check it by, it begins with rediss://, and the"
                        + " authority's file is there)";
    }

    /** Whether certificate and host are checked: the URL may ask for less by {@code verifyPeer}, and Redis has no STARTTLS. */
    private static boolean isChecked(RedisURI uri) {
        return uri.isSsl() && !uri.isStartTls() && uri.getVerifyMode() == SslVerifyMode.FULL;
    }

    void connect(String url) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(TIMEOUT);
        Optional<File> ca = settings.redis().caFile().map(File::new);
        if (ca.isPresent() && !isChecked(uri)) {
            throw new IllegalArgumentException("The redis-url gives the authority nothing to check");
        }
        // Before there is a client that would be left behind: a file that is not there is told here.
        ClientOptions.Builder options = ClientOptions.builder()
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(TIMEOUT)
                        .keepAlive(true)
                        .build());
        ca.ifPresent(file -> options.sslOptions(
                SslOptions.builder().jdkSslProvider().trustManager(file).build()));
        RedisClient redis = RedisClient.create(uri);
        redis.setOptions(options.build());
        redis.addListener(new RedisConnectionStateAdapter() {
            @Override
            public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
                changeTo(true);
            }

            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                changeTo(false);
            }
        });
        try {
            StatefulRedisPubSubConnection<String, String> connection = redis.connectPubSub(StringCodec.UTF8);
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    hint(message);
                }
            });
            connection.sync().subscribe(CHANNEL);
            client = Optional.of(redis);
        } catch (RuntimeException e) {
            redis.shutdown();
            throw e;
        }
    }

    private void changeTo(boolean now) {
        metrics.hintsConnected(now);
        if (connected.getAndSet(now) != now) {
            LOG.infof("Hints over Redis: %s", now ? "connected" : "disconnected");
            // What was said while nobody listened is lost.
            book.allChanged();
        }
    }

    /** What is no hint of ours is left alone: the channel is not only ours to write. */
    void hint(String message) {
        metrics.hintReceived();
        try {
            JsonNode node = JSON.readTree(message);
            if (node.path("campaign").isTextual()) {
                book.changed(Subject.campaign(node.path("campaign").textValue()));
            }
            if (node.path("parser").isTextual()) {
                book.changed(Subject.parser(node.path("parser").textValue()));
            }
            if (node.path("autopost").isTextual()) {
                book.changed(Subject.autopost(node.path("autopost").textValue()));
            }
            if (node.path("account").isTextual()) {
                book.changed(Subject.account(node.path("account").textValue()));
            }
        } catch (JsonProcessingException e) {
            LOG.debug("A message on the hint channel is no JSON");
        }
    }
}
