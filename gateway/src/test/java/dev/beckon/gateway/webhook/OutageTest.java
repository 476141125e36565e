package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.beckon.gateway.DatabaseProxy;
import dev.beckon.gateway.GatewayProcess;
import dev.beckon.gateway.House;
import dev.beckon.ledger.testing.TestDatabase;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The gateway, its database or Redis dies; whoever was answered with 202 is there, once. */
@Tag("integration")
class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Two seconds, and what a busy machine needs. */
    private static final Duration SOON = Duration.ofMillis(2_900);

    @TempDir
    private Path folder;

    private static HttpRequest event(GatewayProcess gateway, House.Campaign campaign, String phone, String id) {
        return HttpRequest.newBuilder(URI.create(gateway.address() + campaign.path()))
                .header("X-Beckon-Token", House.TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"phone\":\"" + phone + "\",\"event_id\":\"" + id + "\"}"))
                .build();
    }

    /** The answer, or none when the connection broke. */
    private static Optional<HttpResponse<String>> sent(GatewayProcess gateway, HttpRequest request) {
        try {
            return Optional.of(gateway.send(request));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static boolean isTaken(GatewayProcess gateway, HttpRequest request) {
        return sent(gateway, request).filter(it -> it.statusCode() == 202).isPresent();
    }

    private static void awaitOpen(GatewayProcess gateway, House.Campaign campaign, String phone) {
        await().atMost(PATIENCE).until(() -> isTaken(gateway, event(gateway, campaign, phone, "first")));
    }

    @Test
    void whoWasAnsweredWith202IsThereAfterAKillAndARepeatMakesNobodyTwice() throws Exception {
        int people = 600;
        List<String> phones =
                IntStream.range(0, people).mapToObj(i -> House.phone()).toList();
        Set<Integer> taken = ConcurrentHashMap.newKeySet();
        try (House house = new House(TestDatabase.shared(), folder)) {
            House.Campaign campaign = house.campaign();
            GatewayProcess doomed = house.gateway(Map.of());
            awaitOpen(doomed, campaign, House.phone());
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> all = new ArrayList<>();
                for (int caller = 0; caller < 20; caller++) {
                    int first = caller;
                    all.add(callers.submit(() -> IntStream.range(0, people)
                            .filter(i -> i % 20 == first)
                            .filter(i -> isTaken(doomed, event(doomed, campaign, phones.get(i), "e" + i)))
                            .forEach(taken::add)));
                }
                await().atMost(PATIENCE).until(() -> taken.size() > people / 4);
                doomed.kill();
                for (Future<?> each : all) {
                    each.get();
                }
            }
            assertThat(taken).hasSizeLessThan(people);
            assertThat(house.counts(campaign).pending()).isGreaterThanOrEqualTo(taken.size() + 1L);
            try (GatewayProcess next = house.gateway(Map.of())) {
                awaitOpen(next, campaign, House.phone());
                for (int i = 0; i < people; i++) {
                    HttpResponse<String> again = next.send(event(next, campaign, phones.get(i), "e" + i));
                    assertThat(again.statusCode()).isEqualTo(202);
                    if (taken.contains(i)) {
                        assertThat(again.body()).contains("\"duplicate\"");
                    }
                }
            }
            assertThat(house.counts(campaign).pending()).isEqualTo(people + 1L);
        }
    }

    @Test
    void twoGatewaysThatAreToldOfTheSamePeopleBringEachOnce() throws Exception {
        try (House house = new House(TestDatabase.shared(), folder)) {
            House.Campaign campaign = house.campaign();
            List<String> phones =
                    IntStream.range(0, 100).mapToObj(i -> House.phone()).toList();
            try (GatewayProcess one = house.gateway(Map.of());
                    GatewayProcess other = house.gateway(Map.of());
                    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                awaitOpen(one, campaign, phones.getFirst());
                awaitOpen(other, campaign, phones.getFirst());
                List<Future<Boolean>> all = new ArrayList<>();
                for (String phone : phones) {
                    for (GatewayProcess gateway : List.of(one, other)) {
                        all.add(callers.submit(() -> isTaken(gateway, event(gateway, campaign, phone, "p" + phone))));
                    }
                }
                for (Future<Boolean> each : all) {
                    assertThat(each.get()).isTrue();
                }
            }
            assertThat(house.counts(campaign).pending()).isEqualTo(100);
        }
    }

    @Test
    void aDatabaseThatIsAwayIsToldWithWhenToComeAgainAndNothingHasToBeRestarted() throws Exception {
        try (TestDatabase database = TestDatabase.start(Files.createDirectory(folder.resolve("database")));
                House house = new House(database, folder)) {
            House.Campaign campaign = house.campaign();
            String phone = House.phone();
            try (GatewayProcess gateway = house.gateway(Map.of())) {
                awaitOpen(gateway, campaign, phone);
                database.kill();
                // Nobody has noticed yet.
                HttpResponse<String> refused = soon(gateway, event(gateway, campaign, House.phone(), "a"));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(refused.body()).contains("ledger").doesNotContain("jdbc");
                assertThat(gateway.get("/health/ready").statusCode()).isEqualTo(200);

                try (GatewayProcess late = house.blindGateway()) {
                    HttpResponse<String> blind = soon(late, event(late, campaign, House.phone(), "b"));
                    assertThat(blind.statusCode()).isEqualTo(503);
                    assertThat(blind.headers().firstValue("Retry-After")).isPresent();
                    // It knows no door yet: others are to be asked.
                    assertThat(late.get("/health/ready").statusCode()).isEqualTo(503);
                    database.restart();
                    await().atMost(PATIENCE)
                            .until(() -> late.get("/health/ready").statusCode() == 200);
                    String last = House.phone();
                    await().atMost(PATIENCE).until(() -> isTaken(late, event(late, campaign, last, "c")));
                    await().atMost(PATIENCE).until(() -> isTaken(gateway, event(gateway, campaign, last, "c")));
                }
                assertThat(gateway.said()).doesNotContain(phone.substring(3)).doesNotContain("jdbc:");
            }
            // The one before the outage, the one after it, and nobody of those who were refused.
            assertThat(house.counts(campaign).pending()).isEqualTo(2);
        }
    }

    private static HttpResponse<String> soon(GatewayProcess gateway, HttpRequest request) {
        long begin = System.nanoTime();
        HttpResponse<String> answer = gateway.send(request);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        return answer;
    }

    private static Map<String, String> through(DatabaseProxy proxy) {
        return Map.of("BECKON_LEDGER_JDBC_URL", TestDatabase.urlOf(proxy.port()));
    }

    @Test
    void aDatabaseThatSaysNothingIsToldWithinTwoSecondsToo() throws Exception {
        try (House house = new House(TestDatabase.shared(), folder);
                DatabaseProxy proxy = new DatabaseProxy(TestDatabase.shared().port());
                GatewayProcess gateway = house.gateway(through(proxy))) {
            House.Campaign campaign = house.campaign();
            awaitOpen(gateway, campaign, House.phone());
            proxy.holdAnswers();
            String phone = House.phone();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> refused = soon(gateway, event(gateway, campaign, phone, "a"));
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
            proxy.pass();
            await().atMost(PATIENCE).until(() -> isTaken(gateway, event(gateway, campaign, phone, "a")));
            assertThat(house.counts(campaign).pending()).isEqualTo(2);
        }
    }

    /** Its sender can't know, and repeats it. */
    @Test
    void anEventWhoseGatewayDiedBetweenTheWriteAndTheAnswerIsOneWhenItComesAgain() throws Exception {
        String phone = House.phone();
        try (House house = new House(TestDatabase.shared(), folder);
                DatabaseProxy proxy = new DatabaseProxy(TestDatabase.shared().port());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            House.Campaign campaign = house.campaign();
            GatewayProcess doomed = house.gateway(patient(proxy));
            awaitOpen(doomed, campaign, House.phone());
            proxy.holdAnswersToCommits();
            Future<Optional<HttpResponse<String>>> answer =
                    callers.submit(() -> sent(doomed, event(doomed, campaign, phone, "e")));
            assertThat(proxy.awaitHeld()).isTrue();
            await().atMost(PATIENCE).until(() -> house.counts(campaign).pending() == 2);
            assertThat(answer.isDone()).isFalse();
            doomed.kill();
            assertThat(answer.get()).isEmpty();

            try (GatewayProcess next = house.gateway(Map.of())) {
                HttpResponse<String> again = next.send(event(next, campaign, phone, "e"));
                assertThat(again.statusCode()).isEqualTo(202);
                assertThat(again.body()).contains("\"event\":2,").contains("\"duplicate\"");
            }
            assertThat(house.counts(campaign).pending()).isEqualTo(2);
        }
    }

    @Test
    void anEventWhoseGatewayDiedBeforeTheWriteIsNotThereAndIsOneWhenItComesAgain() throws Exception {
        String phone = House.phone();
        try (House house = new House(TestDatabase.shared(), folder);
                DatabaseProxy proxy = new DatabaseProxy(TestDatabase.shared().port());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            House.Campaign campaign = house.campaign();
            GatewayProcess doomed = house.gateway(patient(proxy));
            awaitOpen(doomed, campaign, House.phone());
            proxy.holdCommits();
            Future<Optional<HttpResponse<String>>> answer =
                    callers.submit(() -> sent(doomed, event(doomed, campaign, phone, "e")));
            assertThat(proxy.awaitHeld()).isTrue();
            assertThat(answer.isDone()).isFalse();
            doomed.kill();
            assertThat(answer.get()).isEmpty();
            assertThat(house.counts(campaign).pending()).isEqualTo(1);

            try (GatewayProcess next = house.gateway(Map.of())) {
                HttpResponse<String> again = next.send(event(next, campaign, phone, "e"));
                assertThat(again.statusCode()).isEqualTo(202);
                assertThat(again.body()).contains("\"accepted\"");
                assertThat(next.send(event(next, campaign, phone, "e")).body()).contains("\"duplicate\"");
            }
            assertThat(house.counts(campaign).pending()).isEqualTo(2);
        }
    }

    /** It waits as long as the test needs to kill it. */
    private static Map<String, String> patient(DatabaseProxy proxy) {
        Map<String, String> settings = new HashMap<>(through(proxy));
        settings.put("BECKON_WEBHOOK_PATIENCE", "60s");
        settings.put("BECKON_LEDGER_STATEMENT_TIMEOUT", "60s");
        return settings;
    }

    @Test
    void theOperatorIsToldOverRedisThatSomebodyCameAlsoAfterRedisWasAway() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        List<String> heard = new CopyOnWriteArrayList<>();
        try (House house = new House(TestDatabase.shared(), folder);
                GatewayProcess gateway = house.gateway(Map.of("BECKON_REDIS_URL", "redis://127.0.0.1:" + port))) {
            House.Campaign campaign = house.campaign();
            // Redis is away: that costs nobody anything.
            awaitOpen(gateway, campaign, House.phone());
            RedisServer redis =
                    RedisServer.newRedisServer().port(port).bind("127.0.0.1").build();
            redis.start();
            try {
                RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
                var connection = client.connectPubSub();
                connection.addListener(new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, String message) {
                        heard.add(message);
                    }
                });
                connection.sync().subscribe("beckon:hints");
                await().atMost(PATIENCE)
                        .until(() -> gateway.get("/health/ready").body().contains("\"connected\""));
                heard.clear();
                gateway.send(event(gateway, campaign, House.phone(), "x"));
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> heard.contains("{\"campaign\":\"" + campaign.uid() + "\"}"));
                client.shutdown();
            } finally {
                redis.stop();
            }
        }
    }
}
