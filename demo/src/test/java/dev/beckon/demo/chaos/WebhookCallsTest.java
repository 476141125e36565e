package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.workorder.InviteOrder.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookCallsTest {
    private static final int CONNECTION_DROPS = 0;

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private HttpServer gateway;

    @TempDir
    private Path folder;

    private record Answer(int status, String body) {}

    @BeforeEach
    void open() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/webhook/default/bring-again1", this::answer);
        gateway.start();
    }

    @AfterEach
    void close() {
        gateway.stop(0);
    }

    @Test
    void anEventIsPostedUntilItIsKept() throws InterruptedException {
        answers.add(new Answer(401, "{}"));
        answers.add(new Answer(503, "{}"));
        answers.add(new Answer(CONNECTION_DROPS, ""));
        answers.add(new Answer(202, "{\"event\":1}"));
        WebhookCalls calls = calls(1);

        calls.happen(() -> false);

        assertThat(calls.kept()).isEqualTo(1);
        assertThat(calls.unanswered()).isEqualTo(3);
        assertThat(bodies).hasSize(4).allMatch(bodies.getFirst()::equals);
        assertThat(calls.wrongs()).isEmpty();
    }

    @Test
    void whatComesAgainMustHaveItsFirstNumber() throws InterruptedException {
        answers.add(new Answer(202, "{\"event\":1}"));
        answers.add(new Answer(202, "{\"event\":2}"));
        answers.add(new Answer(200, "{\"event\":3}"));
        WebhookCalls calls = calls(2);

        calls.happen(() -> false);

        assertThat(bodies.get(2)).isEqualTo(bodies.get(1)).isNotEqualTo(bodies.get(0));
        assertThat(calls.wrongs())
                .singleElement()
                .asString()
                .contains("kept as number 2, and as number 3 when it came again");
    }

    @Test
    void anEventThatIsRefusedEndsTheRun() {
        answers.add(new Answer(400, "{\"error\":\"no\"}"));

        assertThatThrownBy(() -> calls(1).happen(() -> false)).hasMessageContaining("refused an event: 400");
    }

    @Test
    void aCampaignWhoseEventsWereKeptIsNeverUnknownAgain() {
        answers.add(new Answer(202, "{\"event\":1}"));
        answers.add(new Answer(401, "{\"error\":\"no\"}"));

        assertThatThrownBy(() -> calls(2).happen(() -> false)).hasMessageContaining("refused an event: 401");
    }

    private WebhookCalls calls(int people) {
        List<Line> lines = IntStream.range(0, people)
                .mapToObj(i -> new Line(Scenarios.human(i, false, Optional.empty(), Optional.empty()), true))
                .toList();
        Campaign called = new Campaign("bring-again1", "uid", "again1", Mode.InviteOrLink, List.of(), false, lines);
        List<Human> humans = lines.stream().map(Line::human).toList();
        Scenario scenario = new Scenario(List.of(), List.of(called), humans, List.of(), List.of(), List.of());
        return new WebhookCalls(
                scenario,
                0,
                new StepJournal(folder.resolve("steps.log")),
                () -> "http://127.0.0.1:" + gateway.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer answer = answers.remove();
        if (answer.status == CONNECTION_DROPS) {
            exchange.close();
            return;
        }
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
