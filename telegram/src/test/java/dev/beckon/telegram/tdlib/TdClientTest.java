package dev.beckon.telegram.tdlib;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramErrors.Subject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TdClientTest {
    private final AtomicReference<Duration> callTimeout = new AtomicReference<>(Duration.ofHours(1));

    @Test
    @Timeout(60)
    void aCallThatIsOnItsWayIsGivenUpSoonerWhenSomebodyWaitsForTheSession() {
        TdClient client = client(new CompletableFuture<>(), () -> callTimeout.set(Duration.ofMillis(1)));

        Answer<ObjectNode> answer = client.call(Td.object("getMe"), Subject.PERSON);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.error()).isInstanceOf(TelegramError.Unanswered.class));
    }

    @Test
    @Timeout(60)
    void anAnswerThatTakesLongerThanALookIsHeard() {
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        TdClient client =
                client(answer, () -> answer.completeOnTimeout(Td.object("user"), 1_200, TimeUnit.MILLISECONDS));

        assertThat(client.call(Td.object("getMe"), Subject.PERSON))
                .isInstanceOfSatisfying(
                        Answer.Ok.class, ok -> assertThat(ok.value()).isEqualTo(Td.object("user")));
    }

    @Test
    void anAnswerThatIsThereIsHeardThoughItsTimeIsOver() {
        callTimeout.set(Duration.ZERO);
        TdClient client = client(CompletableFuture.completedFuture(Td.object("user")), () -> {});

        assertThat(client.call(Td.object("getMe"), Subject.PERSON)).isInstanceOf(Answer.Ok.class);
    }

    /** @param sent done when a call is on its way */
    private TdClient client(CompletableFuture<ObjectNode> answer, Runnable sent) {
        TdClient client = new TdClient(
                new TdTransport() {
                    @Override
                    public int newClient(Consumer<ObjectNode> updates) {
                        return 1;
                    }

                    @Override
                    public CompletableFuture<ObjectNode> send(int id, ObjectNode request) {
                        sent.run();
                        return answer;
                    }

                    @Override
                    public void awaitEnd() {}
                },
                callTimeout::get);
        client.start(_ -> {});
        return client;
    }
}
