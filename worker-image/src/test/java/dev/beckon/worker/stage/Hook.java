package dev.beckon.worker.stage;

import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.testing.TestDatabase;
import dev.beckon.ledger.webhook.Door;
import dev.beckon.ledger.webhook.DoorSeal;
import dev.beckon.ledger.webhook.FoundDoor;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A campaign's webhook: its door opened with the operator's rights, people let in with the gateway's. */
public final class Hook implements AutoCloseable {
    private final GatewayLedger gateway;
    private final InstantSource clock;
    private final FoundDoor door;

    private Hook(GatewayLedger gateway, InstantSource clock, FoundDoor door) {
        this.gateway = gateway;
        this.clock = clock;
        this.door = door;
    }

    static Hook open(TestDatabase database, LedgerKeys keys, InstantSource clock, Orders orders) {
        try (OperatorLedger operator = database.operatorLedger(clock)) {
            operator.webhooks()
                    .open(new Door(
                            "team",
                            "spring",
                            orders.campaign(),
                            List.of(orders.account()),
                            new DoorSeal(keys)
                                    .seal(orders.campaign(), Optional.of("a-token-of-callers"), Optional.empty()),
                            Consent.of(Consent.Basis.OptIn),
                            Door.DEFAULT_DEDUP_WINDOW,
                            Door.DEFAULT_EVENTS_PER_MINUTE));
        }
        GatewayLedger gateway = database.gatewayLedger(keys, clock);
        FoundDoor door = gateway.doors().all().stream()
                .filter(it -> it.campaignUid().equals(orders.campaign()))
                .findFirst()
                .orElseThrow();
        return new Hook(gateway, clock, door);
    }

    /** Somebody opts in now. */
    public Receipt.Fate comes(String phone) {
        return comes(phone, Consent.Basis.OptIn);
    }

    /** The same under a name that the caller gives to the event. */
    public Receipt.Fate comes(String phone, String eventId) {
        return accept(phone, Consent.of(Consent.Basis.OptIn), Optional.of(eventId));
    }

    public Receipt.Fate comes(String phone, Consent.Basis basis) {
        return comes(phone, Consent.of(basis));
    }

    /** The same with a consent that says when it was given. */
    public Receipt.Fate comes(String phone, Consent consent) {
        return accept(phone, consent, Optional.empty());
    }

    private Receipt.Fate accept(String phone, Consent consent, Optional<String> eventId) {
        WebhookEvent event = new WebhookEvent(
                new Person(Identities.ofPhone(phone), Optional.of("Ann"), Optional.empty(), consent),
                eventId,
                Optional.empty(),
                clock.instant());
        return gateway.queue()
                .accept(door, List.of(event))
                .orElseThrow()
                .getFirst()
                .fate();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
