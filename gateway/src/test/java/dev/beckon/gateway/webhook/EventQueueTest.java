package dev.beckon.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.Settings;
import dev.beckon.gateway.hint.Hints;
import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.webhook.FoundDoor;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.ledger.webhook.WebhookEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    private final List<List<String>> written = new CopyOnWriteArrayList<>();
    private final List<String> hinted = new CopyOnWriteArrayList<>();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch firstIsWritten = new CountDownLatch(1);

    @AfterEach
    void close() {
        callers.shutdownNow();
    }

    private record Bounds(Duration look, int batch, int waiting, Duration patience) implements Settings.Webhook {}

    private EventQueue queue(EventQueue.Keeper keeper, Bounds bounds) {
        Hints hints = new Hints() {
            @Override
            public void campaignChanged(String uid) {
                hinted.add(uid);
            }

            @Override
            public String state() {
                return "";
            }

            @Override
            public void close() {}
        };
        return new EventQueue(keeper, hints, new GatewayMetrics(new SimpleMeterRegistry()), bounds);
    }

    private EventQueue queue(EventQueue.Keeper keeper) {
        return queue(keeper, new Bounds(Duration.ZERO, 4, 9, Duration.ofSeconds(20)));
    }

    private static FoundDoor door(long campaign, long version) {
        FoundDoor none = FoundDoor.NONE;
        return new FoundDoor(
                "team",
                "c" + campaign,
                campaign,
                "uid-" + campaign,
                version,
                Optional.empty(),
                none.tokenDigest(),
                none.signingKey(),
                List.of(1L),
                none.consent(),
                none.dedupWindow(),
                none.eventsPerMinute(),
                none.deadline());
    }

    private static WebhookEvent event(String id) {
        return new WebhookEvent(
                new Person(
                        Identities.ofPhone("+4917612345678"),
                        Optional.empty(),
                        Optional.empty(),
                        Consent.of(Consent.Basis.OptIn)),
                Optional.of(id),
                Optional.empty(),
                Instant.EPOCH);
    }

    private Optional<List<Receipt>> keep(List<WebhookEvent> events) {
        written.add(events.stream().map(event -> event.eventId().orElseThrow()).toList());
        return Optional.of(events.stream()
                .map(event -> new Receipt(Long.parseLong(event.eventId().orElseThrow()), Receipt.Fate.Accepted))
                .toList());
    }

    /** Keeps the first event only when it may. */
    private Optional<List<Receipt>> keepSlowly(List<WebhookEvent> events) {
        if (written.isEmpty()) {
            begun.countDown();
            try {
                firstIsWritten.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return keep(events);
    }

    private List<Future<Optional<Receipt>>> put(EventQueue queue, FoundDoor door, int from, int to) {
        List<Future<Optional<Receipt>>> all = new ArrayList<>();
        for (int i = from; i < to; i++) {
            WebhookEvent event = event(Integer.toString(i));
            all.add(callers.submit(() -> queue.put(door, event)));
        }
        return all;
    }

    @Test
    void aLoneEventIsWrittenAtOnceAndTheOperatorIsTold() {
        EventQueue queue = queue((door, events) -> keep(events));
        assertThat(queue.put(door(1, 1), event("7"))).contains(new Receipt(7, Receipt.Fate.Accepted));
        assertThat(queue.put(door(1, 1), event("8"))).contains(new Receipt(8, Receipt.Fate.Accepted));
        assertThat(written).containsExactly(List.of("7"), List.of("8"));
        assertThat(hinted).containsExactly("uid-1", "uid-1");
    }

    /** The first is being written; the others wait. */
    private List<Future<Optional<Receipt>>> oneIsWrittenAndOthersWait(EventQueue queue, int others) {
        List<Future<Optional<Receipt>>> all = put(queue, door(1, 1), 0, 1);
        await().until(() -> begun.getCount() == 0);
        all.addAll(put(queue, door(1, 1), 1, 1 + others));
        await().until(() -> queue.waiting() == others);
        return all;
    }

    @Test
    void whoComesMeanwhileSharesTheNextCommitAndEachGetsTheirOwnReceipt() throws Exception {
        EventQueue queue = queue((door, events) -> keepSlowly(events));
        List<Future<Optional<Receipt>>> all = oneIsWrittenAndOthersWait(queue, 8);
        firstIsWritten.countDown();
        for (int i = 0; i < 9; i++) {
            assertThat(all.get(i).get().orElseThrow().event()).isEqualTo(i);
        }
        assertThat(written).extracting(List::size).containsExactly(1, 4, 4);
    }

    @Test
    void moreThanCanWaitAreAskedToComeAgain() {
        EventQueue queue = queue((door, events) -> keepSlowly(events));
        oneIsWrittenAndOthersWait(queue, 9);
        assertThatThrownBy(() -> queue.put(door(2, 1), event("99"))).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.getMessage()).contains("Too many events wait");
            assertThat(e.retryAfter()).isPresent();
        });
        firstIsWritten.countDown();
    }

    @Test
    void campaignsDoNotWaitForEachOther() {
        EventQueue queue = queue((door, events) -> door.campaignId() == 1 ? keepSlowly(events) : keep(events));
        put(queue, door(1, 1), 1, 2);
        assertThat(queue.put(door(2, 1), event("5"))).isPresent();
        firstIsWritten.countDown();
    }

    @Test
    void eventsOfTwoVersionsOfADoorAreNotMixed() throws Exception {
        EventQueue queue = queue((door, events) -> {
            Optional<List<Receipt>> receipts = keepSlowly(events);
            return door.version() == 1 ? Optional.empty() : receipts;
        });
        List<Future<Optional<Receipt>>> old = put(queue, door(1, 1), 0, 3);
        List<Future<Optional<Receipt>>> young = put(queue, door(1, 2), 3, 5);
        firstIsWritten.countDown();
        for (Future<Optional<Receipt>> each : old) {
            assertThat(each.get()).isEmpty();
        }
        for (Future<Optional<Receipt>> each : young) {
            assertThat(each.get()).isPresent();
        }
    }

    @Test
    void aLedgerThatIsAwayIsToldAndTheNextEventIsTriedAgain() {
        EventQueue queue = queue((door, events) -> {
            if (events.getFirst().eventId().orElseThrow().equals("1")) {
                throw new LedgerUnavailableException("away");
            }
            return keep(events);
        });
        assertThatThrownBy(() -> queue.put(door(1, 1), event("1")))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(queue.put(door(1, 1), event("2"))).isPresent();
        assertThat(hinted).hasSize(1);
    }

    @Test
    void anEventThatCanNotBeWrittenCostsOnlyItself() throws Exception {
        EventQueue queue = queue((door, events) -> {
            Optional<List<Receipt>> receipts = keepSlowly(events);
            if (events.stream().anyMatch(it -> it.eventId().orElseThrow().equals("2"))) {
                throw new LedgerException("too long");
            }
            return receipts;
        });
        List<Future<Optional<Receipt>>> all = put(queue, door(1, 1), 0, 5);
        firstIsWritten.countDown();
        for (int i = 0; i < 5; i++) {
            Future<Optional<Receipt>> each = all.get(i);
            if (i == 2) {
                assertThatThrownBy(each::get).hasCauseInstanceOf(Refused.class);
            } else {
                assertThat(each.get()).isPresent();
            }
        }
    }

    @Test
    void whoWaitsTooLongIsToldToComeAgain() {
        EventQueue queue =
                queue((door, events) -> keepSlowly(events), new Bounds(Duration.ZERO, 4, 9, Duration.ofMillis(50)));
        assertThatThrownBy(() -> queue.put(door(1, 1), event("1"))).hasMessageContaining("takes too long");
        firstIsWritten.countDown();
    }
}
