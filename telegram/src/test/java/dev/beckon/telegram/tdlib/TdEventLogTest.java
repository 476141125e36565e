package dev.beckon.telegram.tdlib;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.telegram.Answer;
import dev.beckon.telegram.EventLog;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A log that is longer than one reading tells where its rest begins, and nothing is between the two. */
class TdEventLogTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final int MOST = 20_000;

    /** How many events the chat has: each is somebody who left a second ago, and whose id is the event's. */
    private long events;

    private final TdEventLog log = new TdEventLog(client(), () -> NOW);

    private EventLog part(Answer<EventLog> answer) {
        return ((Answer.Ok<EventLog>) answer).value();
    }

    @Test
    void aShortOneHasNoRest() {
        events = 250;
        EventLog whole = part(log.read(-100, NOW.minusSeconds(60)));
        assertThat(whole.events()).hasSize(250);
        assertThat(whole.rest()).isEmpty();
        assertThat(whole.coversFrom()).isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void theRestOfALongOneIsReadFromWhereTheFirstPartEnded() {
        events = MOST + 150;
        EventLog newest = part(log.read(-100, NOW.minusSeconds(60)));
        assertThat(newest.events()).hasSize(MOST);
        assertThat(newest.coversFrom())
                .as("an event of this second may be in the rest")
                .isEqualTo(NOW);

        EventLog rest = part(log.older(-100, NOW.minusSeconds(60), newest.rest().orElseThrow()));
        assertThat(rest.rest()).isEmpty();
        assertThat(rest.events()).hasSize(150);
        assertThat(rest.events().getLast().userId() + 1)
                .isEqualTo(newest.events().getFirst().userId());
        assertThat(rest.events().getFirst().userId()).isEqualTo(1);
    }

    /** The newest ones before a number, as Telegram gives them. */
    private ObjectNode page(ObjectNode request) {
        long before = request.path("from_event_id").asLong();
        ObjectNode page = Td.object("chatEvents");
        ArrayNode found = page.putArray("events");
        long newest = before == 0 ? events : before - 1;
        for (long id = newest; id > Math.max(0, newest - request.path("limit").asInt()); id--) {
            ObjectNode event = found.addObject()
                    .put("id", id)
                    .put("date", NOW.minusSeconds(1).getEpochSecond());
            event.putObject("member_id").put("user_id", id);
            event.set("action", Td.object("chatEventMemberLeft"));
        }
        return page;
    }

    private TdClient client() {
        TdClient client = new TdClient(
                new TdTransport() {
                    @Override
                    public int newClient(Consumer<ObjectNode> updates) {
                        return 1;
                    }

                    @Override
                    public CompletableFuture<ObjectNode> send(int id, ObjectNode request) {
                        return CompletableFuture.completedFuture(page(request));
                    }

                    @Override
                    public void awaitEnd() {}
                },
                () -> Duration.ofHours(1));
        client.start(_ -> {});
        return client;
    }
}
