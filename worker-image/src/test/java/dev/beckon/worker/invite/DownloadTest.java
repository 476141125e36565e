package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.worker.Ending;
import dev.beckon.worker.stage.Orders;
import dev.beckon.worker.stage.Pod;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list that is downloaded slowly keeps nobody who goes first from the account, and comes in later, whole. */
class DownloadTest extends OnStage {
    private static final String WORLD = """
            people:
              - {username: alice, phone: "+491700000001"}
              - {username: bobby}
              - {username: carol}
            chats:
              - {title: Meetup, username: meetup, owner: alice}
            """;

    private static final byte[] LIST = "username\nbobby\ncarol\n".getBytes(StandardCharsets.UTF_8);
    private static final int HALF = "username\nbobby\n".length();

    /** The server is silent for longer than that, and a wish is looked for with each look. */
    private static final Duration IN_TIME = Duration.ofSeconds(10);

    private final AtomicInteger downloads = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private Orders orders;
    private volatile int halted;
    private volatile Runnable then = () -> {};

    @BeforeEach
    void serve() throws IOException {
        open(WORLD);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/guests.csv", this::answer);
        server.start();
        orders = Orders.of(alice).url("http://127.0.0.1:" + server.getAddress().getPort() + "/guests.csv", true);
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            if (downloads.incrementAndGet() == halted) {
                exchange.getResponseBody().write(LIST, 0, HALF);
                exchange.getResponseBody().flush();
                then.run();
                over.await();
            }
            exchange.getResponseBody().write(LIST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Ending load(Pod pod) {
        return pod.run(workshop -> {
            new AudienceLoad(workshop, orders.build(), Duration.ZERO).load();
            return Ending.completed("Imported", "The audience was imported.");
        });
    }

    private void nothingCameIn() {
        assertThat(stage.report(orders.campaign()).imported()).isFalse();
        assertThat(counts(orders).total()).isZero();
    }

    private void allComeInLater() {
        assertThat(stage.invite(orders.build()).result().ending()).isEqualTo(RunResult.Ending.COMPLETED);
        assertThat(stage.report(orders.campaign()).imported()).isTrue();
        assertThat(counts(orders).total()).isEqualTo(2);
        assertThat(counts(orders).invited()).isEqualTo(2);
    }

    /** It is downloaded twice: for its digest, and for its lines. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDownloadMakesWayInItsMidstForWhoGoesFirstAndBeginsAnewLater(int download) {
        halted = download;
        then = () -> stage.ledger()
                .leases()
                .wish(orders.account(), "post", Priority.Publish, Urgency.Now, Duration.ofMinutes(5));
        long began = System.nanoTime();

        Ending ending = load(stage.pod());

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
        assertThat(ending.exit()).isEqualTo(ExitCode.OK);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(ending.result().reason()).isEqualTo("Account");
        nothingCameIn();
        stage.ledger().leases().withdraw(orders.account(), "post");
        allComeInLater();
    }

    @Test
    void aDownloadEndsWhenItsPodIsToEnd() {
        halted = 1;
        Pod pod = stage.pod();
        then = pod.stop()::raise;
        long began = System.nanoTime();

        Ending ending = load(pod);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
        assertThat(ending.result().ending()).isEqualTo(RunResult.Ending.YIELDED);
        assertThat(ending.result().reason()).isEqualTo("Stopped");
        nothingCameIn();
        allComeInLater();
    }

    @Test
    void aDownloadGoesOnWhileNobodyWhoGoesFirstWaits() {
        stage.ledger()
                .leases()
                .wish(orders.account(), "other", Priority.Invite, Urgency.AtSliceEnd, Duration.ofMinutes(5));

        assertThat(load(stage.pod()).result().reason()).isEqualTo("Imported");

        assertThat(counts(orders).total()).isEqualTo(2);
    }
}
