package dev.beckon.worker.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.worker.BadInput;
import dev.beckon.worker.Ending;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.worker.stage.Mounts;
import dev.beckon.workorder.InviteOrder.Audience;
import dev.beckon.workorder.Paths;
import dev.beckon.workorder.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list behind a URL: read whole or told why not, in a sentence that names the host and nothing of the rest. */
class UrlAudienceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final UrlAudience.Limits SMALL =
            new UrlAudience.Limits(2 << 20, Duration.ofMillis(500), Duration.ofSeconds(2));

    /** Of a server that is waited for as long as in production. */
    private static final UrlAudience.Limits PATIENT =
            new UrlAudience.Limits(1L << 30, Duration.ofSeconds(30), Duration.ofMinutes(10));

    private static final Ending END = Ending.yielded("Account", "Another one waits for the account.");
    private static final Duration IN_TIME = Duration.ofSeconds(10);

    @TempDir
    private Path root;

    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        on("/guests.csv", exchange -> answer(exchange, 200, "username\nbobby\n"));
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void redirect(String path, String to) {
        on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            answer(exchange, 302, "");
        });
    }

    private UrlAudience audience(String url, boolean allowPrivate) {
        return audience(url, allowPrivate, () -> {}, SMALL);
    }

    private UrlAudience audience(String url, boolean allowPrivate, Runnable look, UrlAudience.Limits limits) {
        return UrlAudience.of(
                new Audience.Url(url, allowPrivate), new MountedFiles(root), InstantSource.fixed(NOW), look, limits);
    }

    private String read(String path) throws IOException {
        try (InputStream in = audience(base + path, true).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private RunResult told(String url, boolean allowPrivate) {
        return catchThrowableOfType(Ending.Now.class, () -> {
                    try (InputStream in = audience(url, allowPrivate).open()) {
                        in.readAllBytes();
                    }
                })
                .ending()
                .result();
    }

    private void refused(RunResult result, String words) {
        assertThat(result.ending()).isEqualTo(RunResult.Ending.FAULT);
        assertThat(result.reason()).isEqualTo("AudienceUnreadable");
        assertThat(result.message()).contains(words).doesNotContain("s3cret");
    }

    private void away(RunResult result, String words) {
        assertThat(result.ending()).isEqualTo(RunResult.Ending.WAITING);
        assertThat(result.reason()).isEqualTo("AudienceUnavailable");
        assertThat(result.resumeAt()).contains(NOW.plus(Duration.ofMinutes(5)));
        assertThat(result.message()).contains(words).doesNotContain("s3cret");
    }

    @Test
    void aFileIsReadAsOftenAsItIsOpened() throws IOException {
        UrlAudience audience = audience(base + "/guests.csv", true);
        for (int time = 0; time < 2; time++) {
            try (InputStream in = audience.open()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("username\nbobby\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/x?token=s3cret",
                "http://localhost/x",
                "http://[::1]/x",
                "http://0.0.0.0/x",
                "http://10.96.0.1/x",
                "http://mysql/x",
                "http://beckon-mysql.beckon-system.svc/x",
                "http://kubernetes.default.svc.cluster.local/x",
                "http://[::ffff:127.0.0.1]/x",
                "http://[64:ff9b::7f00:1]/x",
                "http://2130706433/x",
                "https://169.254.169.254/latest/meta-data/"
            })
    void anAddressOfPodClusterOrCloudIsRefused(String url) {
        refused(told(url, false), "an address of this pod, the cluster");
    }

    @Test
    void theMetadataOfACloudIsRefusedEvenWherePrivateAddressesAreAllowed() {
        refused(told("http://169.254.169.254/latest/meta-data/", true), "a cloud's own services");
    }

    @Test
    void aRedirectIsFollowedAndEachHostIsLookedAt() throws IOException {
        redirect("/moved", "/guests.csv");
        assertThat(read("/moved")).contains("bobby");
        redirect("/inside", "http://169.254.169.254/latest/meta-data/");
        refused(told(base + "/inside", true), "169.254.169.254 is, or leads to");
        redirect("/file", "file:///etc/passwd");
        refused(told(base + "/file", true), "no address of a file");
        redirect("/loop", "/loop");
        refused(told(base + "/loop", true), "more than 5 times");
    }

    @Test
    void theHeaderGoesToTheServerItIsForAndToNoOther() throws IOException {
        Mounts.write(root, Paths.AUDIENCE_HEADER + "/header", "Authorization: Bearer s3cret\n");
        redirect("/moved", base.replace("127.0.0.1", "localhost") + "/guests.csv");
        read("/moved");
        assertThat(asked).containsExactly("/moved Bearer s3cret", "/guests.csv null");
    }

    @Test
    void aHeaderThatIsNoneIsRefusedWithoutRepeatingIt() {
        for (String line : new String[] {"s3cret", "Host: s3cret", "Content-Length: s3cret", ": s3cret"}) {
            Mounts.write(root, Paths.AUDIENCE_HEADER + "/header", line);
            assertThatThrownBy(() -> audience(base + "/guests.csv", true))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("Name: value")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void aHeaderNeedsHttpsOutsideTheCluster() {
        Mounts.write(root, Paths.AUDIENCE_HEADER + "/header", "Authorization: Bearer s3cret");
        assertThatThrownBy(() -> audience("http://files.example.org/guests.csv", false))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "guests.csv",
                "ftp://example.org/x",
                "https:///x",
                "https://user:s3cret@example.org/x",
                "h ttp://x"
            })
    void whatIsNoAddressOfAFileIsRefused(String url) {
        assertThatThrownBy(() -> audience(url, false))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("spec.audience.url")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatWaitingDoesNotMendIsAFaultAndTheRestIsTriedAgain() {
        on("/gone", exchange -> answer(exchange, 404, ""));
        refused(told(base + "/gone?token=s3cret", true), "127.0.0.1 answers 404");
        on("/busy", exchange -> answer(exchange, 503, ""));
        away(told(base + "/busy?token=s3cret", true), "answers 503");
        away(told("http://127.0.0.1:1/x", true), "can't be reached");
        // No name server is asked for a label of more than 63 characters.
        away(told("http://" + "n".repeat(64) + ".invalid/x", false), "has no address");
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithAndWithoutItsLengthTold() {
        on("/large", exchange -> {
            exchange.sendResponseHeaders(200, 3L << 20);
            exchange.getResponseBody().flush();
            waited();
        });
        refused(told(base + "/large", true), "more than 2 MiB");
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        });
        refused(told(base + "/endless", true), "more than 2 MiB");
    }

    @Test
    void aServerThatFallsSilentIsTriedAgainLater() {
        on("/never", exchange -> waited());
        away(told(base + "/never", true), "can't be reached");
        on("/half", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("username\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            waited();
        });
        away(told(base + "/half", true), "too slow");
    }

    @Test
    void aServerThatSendsAByteNowAndThenIsNotWaitedForForEver() {
        on("/drops", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write('a');
                exchange.getResponseBody().flush();
                java.util.concurrent.locks.LockSupport.parkNanos(
                        Duration.ofMillis(50).toNanos());
            }
        });
        long began = System.nanoTime();
        away(told(base + "/drops", true), "too slow");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whoIsToEndHearsItWhileTheServerIsSilentBeforeItsAnswer() {
        on("/never", exchange -> waited());
        endsInTime(() ->
                audience(base + "/never", true, this::endOnceAsked, PATIENT).open());
    }

    @Test
    void whoIsToEndHearsItWhileTheServerIsSilentInTheMidstOfTheFile() {
        on("/half", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("username\nbob".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            waited();
        });
        AtomicBoolean wished = new AtomicBoolean();
        Runnable look = () -> {
            if (wished.get()) {
                throw END.now();
            }
        };
        endsInTime(() -> {
            try (InputStream in = audience(base + "/half", true, look, PATIENT).open()) {
                assertThat(in.readNBytes(12)).hasSize(12);
                wished.set(true);
                in.readAllBytes();
            }
        });
    }

    @Test
    void whoIsToEndHearsItWhileTheFileComesWithoutAPause() {
        on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 10]);
            }
        });
        AtomicInteger looks = new AtomicInteger();
        Runnable look = () -> {
            if (looks.incrementAndGet() > 20) {
                throw END.now();
            }
        };
        endsInTime(() -> {
            try (InputStream in =
                    audience(base + "/endless", true, look, PATIENT).open()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        });
    }

    private void endOnceAsked() {
        if (!asked.isEmpty()) {
            throw END.now();
        }
    }

    private static void endsInTime(ThrowingCallable download) {
        long began = System.nanoTime();
        assertThat(catchThrowableOfType(Ending.Now.class, download).ending()).isSameAs(END);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(IN_TIME);
    }

    @Test
    void anAnswerThatIsCutOffIsNotTakenForTheWhole() throws IOException {
        try (ServerSocket cut = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> cutOff(cut));
            away(told("http://127.0.0.1:" + cut.getLocalPort() + "/cut", true), "before the whole file was there");
        }
    }

    private void cutOff(ServerSocket socket) {
        try (Socket connection = socket.accept()) {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nusername\nbobby\n"
                            .getBytes(StandardCharsets.UTF_8));
            connection.shutdownOutput();
            waited();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void waited() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
