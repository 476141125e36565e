package dev.beckon.operator.campaign;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.operator.ledger.LedgerDoor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the ledger was told of each door, so that it is written only when something changed. The first pass of a process tells it anew. */
final class ToldDoors {
    private final LedgerDoor ledger;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final AtomicLong closings = new AtomicLong();

    ToldDoors(LedgerDoor ledger) {
        this.ledger = ledger;
    }

    private sealed interface Told {}

    private record Open(Door door, Duration retention) implements Told {}

    /** @param closing the number of the step from open to closed; another sentence is no such step */
    private record Closed(String because, long closing) implements Told {}

    /** @throws LedgerException when the ledger could not be told */
    void open(Door door, Duration retention) {
        Open open = new Open(door, retention);
        if (!open.equals(told.get(door.campaignUid()))) {
            ledger.openWebhook(door, retention);
            told.put(door.campaignUid(), open);
        }
    }

    /** @throws LedgerException when the ledger could not be told */
    void close(String campaignUid, String because) {
        if (!isClosed(campaignUid, because)) {
            ledger.closeWebhook(campaignUid, because);
            long closing = closing(campaignUid);
            told.put(campaignUid, new Closed(because, closing == 0 ? closings.incrementAndGet() : closing));
        }
    }

    boolean isClosed(String campaignUid, String because) {
        return told.get(campaignUid) instanceof Closed closed
                && closed.because().equals(because);
    }

    /** The number of the step by which the door was closed; 0 while it is open, and before anything was told. */
    long closing(String campaignUid) {
        return told.get(campaignUid) instanceof Closed closed ? closed.closing() : 0;
    }

    void forget(String campaignUid) {
        told.remove(campaignUid);
    }
}
