package dev.beckon.operator.life;

import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.people.Consent;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Person;
import dev.beckon.ledger.webhook.FoundDoor;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A campaign's webhook as a gateway sees it, in the ledger. */
final class Webhook {
    private final RealWorld world;
    private final Team team;
    private final String campaign;

    Webhook(RealWorld world, Team team, String campaign) {
        this.world = world;
        this.team = team;
        this.campaign = campaign;
    }

    /** The door; empty when there is none. */
    Optional<FoundDoor> door() {
        try (GatewayLedger gateway = world.gateway()) {
            return gateway.doors().all().stream()
                    .filter(it ->
                            it.namespace().equals(team.namespace()) && it.name().equals(campaign))
                    .findFirst();
        }
    }

    boolean isOpen() {
        return door().filter(it -> it.closedBecause().isEmpty()).isPresent();
    }

    /** Somebody opts in; nobody is told. */
    void comesUnheard() {
        String phone = world.written().phone();
        WebhookEvent event = new WebhookEvent(
                new Person(
                        Identities.ofPhone(phone), Optional.empty(), Optional.empty(), Consent.of(Consent.Basis.OptIn)),
                Optional.empty(),
                Optional.empty(),
                Instant.now());
        try (GatewayLedger gateway = world.gateway()) {
            if (gateway.queue().accept(door().orElseThrow(), List.of(event)).isEmpty()) {
                throw new IllegalStateException("the door has changed");
            }
        }
    }

    /** Somebody opts in. */
    void comes() {
        comesUnheard();
        world.hint("campaign", team.campaign(campaign).getMetadata().getUid());
    }
}
