package dev.beckon.gateway.webhook;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.House;
import dev.beckon.gateway.Settings;
import dev.beckon.gateway.hint.Hints;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A campaign's door on a real database, and a gateway whose clock may be off. */
final class ClockedDoor implements AutoCloseable {
    private static final InstantSource SYSTEM = InstantSource.system();

    private record Bounds(Duration look, int batch, int waiting, Duration patience) implements Settings.Webhook {}

    private final LedgerKeys keys = LedgerKeys.generate();
    private final String campaign = "clock-" + UUID.randomUUID();
    private final String uid = UUID.randomUUID().toString();
    private final GatewayLedger ledger;
    private final Webhook webhook;

    final Doors doors;

    /** By how much the gateway's clock is ahead of the database's. */
    volatile Duration off = Duration.ZERO;

    /** What happens between a caller's admission and the write of their event. */
    volatile Runnable meanwhile = () -> {};

    ClockedDoor(Optional<Instant> deadline) {
        opens(deadline);
        InstantSource clock = () -> SYSTEM.instant().plus(off);
        ledger = TestDatabase.shared().gatewayLedger(keys, clock);
        GatewayMetrics metrics = new GatewayMetrics(new SimpleMeterRegistry());
        doors = new Doors(ledger, metrics);
        Bounds bounds = new Bounds(Duration.ofSeconds(2), 16, 16, Duration.ofSeconds(20));
        EventQueue.Keeper keeper = (door, events) -> {
            meanwhile.run();
            return ledger.queue().accept(door, events);
        };
        EventQueue queue = new EventQueue(keeper, Hints.NONE, metrics, bounds);
        webhook = new Webhook(doors, new Callers(ledger.seal()), queue, clock, metrics);
    }

    /** As the operator does. */
    void opens(Optional<Instant> deadline) {
        try (OperatorLedger operator = TestDatabase.shared().operatorLedger(SYSTEM)) {
            operator.webhooks()
                    .open(new Door(
                            "team",
                            campaign,
                            uid,
                            List.of("account-of-" + campaign),
                            new DoorSeal(keys).seal(uid, Optional.of(House.TOKEN), Optional.empty()),
                            Consent.of(Consent.Basis.OptIn),
                            Door.DEFAULT_DEDUP_WINDOW,
                            Door.DEFAULT_EVENTS_PER_MINUTE,
                            deadline,
                            ""));
        }
    }

    /** Somebody opts in. @return the answer */
    String comes() {
        Map<String, String> headers = Map.of(Callers.TOKEN, House.TOKEN, "Content-Type", "application/json");
        byte[] body = ("{\"phone\":\"" + House.phone() + "\"}").getBytes(StandardCharsets.UTF_8);
        return webhook.take(
                "team",
                campaign,
                new Call(
                        "POST",
                        "/webhook/team/" + campaign,
                        "",
                        name -> headers.entrySet().stream()
                                .filter(header -> header.getKey().equalsIgnoreCase(name))
                                .map(Map.Entry::getValue)
                                .toList(),
                        body));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
