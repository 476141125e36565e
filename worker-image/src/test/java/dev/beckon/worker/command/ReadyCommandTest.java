package dev.beckon.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.beckon.ledger.testing.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** With a real database and a server that answers. */
@Tag("integration")
class ReadyCommandTest {
    private static final TestDatabase DATABASE = TestDatabase.shared();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/ready", 200, "{\"status\":\"UP\"}");
        answer("/unready", 503, "{\"status\":\"DOWN\"}");
        server.start();
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private int check(String user, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--jdbc-url", DATABASE.jdbcUrl(), "--username", user));
        arguments.addAll(List.of(more));
        return new CommandLine(new ReadyCommand(name -> TestDatabase.OPERATOR_PASSWORD))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void saysWhatAnswers() {
        assertThat(check("beckon_operator", "--url", url("/ready"))).isZero();
        assertThat(out.toString()).contains("The ledger answers", "/ready answers 200: {\"status\":\"UP\"}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAServer() {
        assertThat(check("beckon_operator", "--url", url("/ready"), "--url", url("/unready")))
                .isEqualTo(10);
        assertThat(err.toString())
                .contains("/unready answers 503: {\"status\":\"DOWN\"}")
                .doesNotContain("\tat ");

        assertThat(check("beckon_operator", "--url", "http://127.0.0.1:1/")).isEqualTo(10);
        assertThat(err.toString()).contains("http://127.0.0.1:1/ does not answer.");
    }

    @Test
    void saysWhatIsWrongWithTheLedger() {
        assertThat(check("beckon_nobody")).isEqualTo(21);
        assertThat(err.toString()).contains("refuses the user or the password");
    }

    @Test
    void aUserWhoMayNotReadWhatTheOperatorReadsIsNoOperator() {
        DATABASE.execute("CREATE USER IF NOT EXISTS 'beckon_guest'@'%' IDENTIFIED BY '"
                + TestDatabase.OPERATOR_PASSWORD.replace("\\", "\\\\").replace("'", "''") + "'");

        assertThat(check("beckon_guest")).isEqualTo(10);
        assertThat(err.toString()).contains("run \"worker migrate\" of this version");
    }
}
