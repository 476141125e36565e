package dev.beckon.gateway.webhook;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.Settings;
import dev.beckon.gateway.hint.Hints;
import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.webhook.FoundDoor;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Writes events together: while a campaign's transaction commits, those that come meanwhile wait, and go into the next one. So a
 * lone event is written at once, and a thousand share some commits. Nothing is kept here: an event whose caller has no answer
 * yet is not promised to anybody.
 */
public final class EventQueue {
    private static final Logger LOG = Logger.getLogger(EventQueue.class);
    private static final Duration SOON = Duration.ofSeconds(5);

    /** How events are kept, all of them or none. */
    @FunctionalInterface
    public interface Keeper {
        /** @return what became of each; empty when the door changed */
        Optional<List<Receipt>> accept(FoundDoor door, List<WebhookEvent> events);
    }

    private record Waiting(FoundDoor door, WebhookEvent event, CompletableFuture<Optional<Receipt>> receipt) {}

    private final Keeper keeper;
    private final Hints hints;
    private final GatewayMetrics metrics;
    private final Settings.Webhook settings;

    /** By campaign; one is here while a thread writes its events. */
    private final Map<Long, ArrayDeque<Waiting>> queues = new HashMap<>();

    private int waiting;

    public EventQueue(Keeper keeper, Hints hints, GatewayMetrics metrics, Settings.Webhook settings) {
        this.keeper = keeper;
        this.hints = hints;
        this.metrics = metrics;
        this.settings = settings;
        metrics.waiting(this::waiting);
    }

    synchronized int waiting() {
        return waiting;
    }

    /**
     * Waits until the event is kept.
     *
     * @return empty when the door was changed since it was found
     * @throws Refused with 503 when it is not known to be kept: to be sent again
     */
    Optional<Receipt> put(FoundDoor door, WebhookEvent event) {
        Waiting mine = new Waiting(door, event, new CompletableFuture<>());
        add(mine);
        try {
            return mine.receipt.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw later("The gateway is being stopped: send the event again.");
        } catch (TimeoutException e) {
            throw later("The ledger takes too long: send the event again.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LedgerException) {
                throw later("The ledger can't be reached, so the event is not known to be kept: send it again.");
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Refused later(String sentence) {
        return new Refused(503, sentence, SOON);
    }

    private synchronized void add(Waiting event) {
        if (waiting >= settings.waiting()) {
            throw later("Too many events wait to be written: send this one again.");
        }
        waiting++;
        long campaign = event.door.campaignId();
        ArrayDeque<Waiting> queue = queues.get(campaign);
        if (queue == null) {
            queue = new ArrayDeque<>();
            queues.put(campaign, queue);
            Thread.ofVirtual().name("events-" + campaign).start(() -> write(campaign));
        }
        queue.add(event);
    }

    private void write(long campaign) {
        for (List<Waiting> batch = next(campaign); !batch.isEmpty(); batch = next(campaign)) {
            write(batch);
        }
    }

    /** Those that wait for one door as it was found; nobody, and the campaign's thread ends. */
    private synchronized List<Waiting> next(long campaign) {
        ArrayDeque<Waiting> queue = queues.get(campaign);
        List<Waiting> batch = new ArrayList<>();
        while (!queue.isEmpty()
                && batch.size() < settings.batch()
                && (batch.isEmpty()
                        || queue.peek().door.version() == batch.getFirst().door.version())) {
            batch.add(queue.poll());
        }
        waiting -= batch.size();
        if (batch.isEmpty()) {
            queues.remove(campaign);
        }
        return batch;
    }

    private void write(List<Waiting> batch) {
        FoundDoor door = batch.getFirst().door;
        try {
            Optional<List<Receipt>> receipts =
                    keeper.accept(door, batch.stream().map(Waiting::event).toList());
            metrics.written(batch.size());
            if (receipts.isPresent() && receipts.get().stream().anyMatch(it -> it.fate() == Receipt.Fate.Accepted)) {
                hints.campaignChanged(door.campaignUid());
            }
            for (int i = 0; i < batch.size(); i++) {
                int index = i;
                batch.get(i).receipt.complete(receipts.map(all -> all.get(index)));
            }
        } catch (LedgerUnavailableException e) {
            LOG.warnf("Events could not be written: %s", e.getMessage());
            batch.forEach(event -> event.receipt.completeExceptionally(e));
        } catch (RuntimeException e) {
            LOG.errorf("Events were not written: %s", e instanceof LedgerException ? e.getMessage() : e.getClass());
            failed(batch, e);
        }
    }

    /** One event that can't be written must not cost the others: each is tried by itself. */
    private void failed(List<Waiting> batch, RuntimeException e) {
        if (batch.size() == 1) {
            batch.getFirst().receipt.completeExceptionally(e);
        } else {
            batch.forEach(event -> write(List.of(event)));
        }
    }
}
