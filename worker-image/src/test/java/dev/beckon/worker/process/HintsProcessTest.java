package dev.beckon.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.worker.stage.Orders;
import dev.beckon.workorder.Paths;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The built worker tells the operator over a real Redis that something changed; without one it works as well. */
@Tag("integration")
class HintsProcessTest {
    @TempDir
    private Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private Site site;
    private Orders orders;
    private int port;

    @BeforeEach
    void aSiteAndAFreePort() throws IOException {
        site = new Site(folder, """
                people:
                  - {username: alice, phone: "+491700000001"}
                  - {username: bobby}
                  - {username: carol}
                chats:
                  - {title: Meetup, username: meetup, owner: alice}
                """);
        orders = Site.noon(site.login("alice")).people("bobby", "carol");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void close() {
        site.close();
    }

    private WorkerProcess invite() {
        return site.invite(orders.build(), Map.of(Paths.LEDGER + "/redis-url", "redis://127.0.0.1:" + port));
    }

    @Test
    void whoListensHearsOfTheCampaignAndNothingElse() throws Exception {
        RedisServer redis =
                RedisServer.newRedisServer().port(port).bind("127.0.0.1").build();
        redis.start();
        try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + port)) {
            var connection = client.connectPubSub();
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    heard.add(message);
                }
            });
            // The operator's channel and message, letter by letter: its own tests speak them too.
            connection.sync().subscribe("beckon:hints");
            invite().endsWith(0);

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> heard.contains("{\"campaign\":\"" + orders.campaign() + "\"}"));
            assertThat(heard).allMatch(it -> it.matches("\\{\"(campaign|account)\":\"[0-9a-f-]{36}\"}"));
            // Coalesced: not one for each step of each person.
            assertThat(heard.size()).isLessThan(30);
        } finally {
            redis.stop();
        }
    }

    @Test
    void aRedisThatIsAwayCostsNobodyAnything() {
        invite().endsWith(0);

        assertThat(site.report(orders).counts().done()).isEqualTo(2);
        assertThat(heard).isEmpty();
    }
}
