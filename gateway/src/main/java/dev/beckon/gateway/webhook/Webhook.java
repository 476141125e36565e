package dev.beckon.gateway.webhook;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.problem.Refused;
import dev.beckon.ledger.webhook.Receipt;
import dev.beckon.ledger.webhook.WebhookEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The way of one request through the door; everything it may be refused for, in the order in which it is asked. */
public class Webhook {
    /** Longer than a door needs to be looked at again. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final Doors doors;
    private final Callers callers;
    private final EventQueue queue;
    private final InstantSource clock;
    private final GatewayMetrics metrics;

    public Webhook(Doors doors, Callers callers, EventQueue queue, InstantSource clock, GatewayMetrics metrics) {
        this.doors = doors;
        this.callers = callers;
        this.queue = queue;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Takes an event in. When this returns it is kept.
     *
     * @return the answer, a JSON document
     * @throws Refused when it is not
     */
    String take(String namespace, String campaign, Call call) {
        Instant now = clock.instant();
        Optional<Receipt> receipt = take(doors.find(namespace, campaign), call, now);
        if (receipt.isEmpty()) {
            // Opened anew, closed or over since it was looked at: the caller is judged by how it is now.
            doors.look();
            receipt = take(doors.find(namespace, campaign), call, clock.instant());
        }
        Receipt kept = receipt.orElseThrow(
                () -> new Refused(503, "The campaign's webhook is being changed: send the event again.", SOON));
        metrics.answered(kept.fate(), Duration.between(now, clock.instant()));
        return answer(kept);
    }

    private Optional<Receipt> take(OpenDoor door, Call call, Instant now) {
        Optional<String> signature = callers.admit(call, door, now);
        door.tooMany().ifPresent(wait -> {
            throw new Refused(
                    429,
                    "The campaign takes " + door.found().eventsPerMinute()
                            + (door.found().eventsPerMinute() == 1 ? " event" : " events")
                            + " a minute: send this one later.",
                    wait);
        });
        door.found().closedBecause().ifPresent(because -> {
            throw new Refused(409, because);
        });
        doors.wrongClock().ifPresent(why -> {
            throw new Refused(503, why, SOON);
        });
        // Not before the clock is known to be right. No operator needs to be there for it.
        if (door.found().isOver(now)) {
            throw new Refused(409, "The campaign's deadline has passed: it takes nobody in any more.");
        }
        WebhookEvent event = EventReader.read(Fields.of(call), door.found().consent(), signature, now);
        if (!metrics.ledgerUp()) {
            // Else each would wait until a connection attempt times out.
            throw new Refused(503, "The ledger can't be reached, so nothing can be kept: send the event again.", SOON);
        }
        return queue.put(door.found(), event);
    }

    /** That a person opted out is nothing for callers: their event was taken in like any other. */
    private static String answer(Receipt receipt) {
        String state = switch (receipt.fate()) {
            case Accepted, Suppressed -> "accepted";
            case Duplicate -> "duplicate";
            case NoConsent ->
                throw new Refused(
                        422,
                        "Neither the event nor the campaign says why the person may be contacted: send consent_basis as"
                                + " OptIn, ExistingMember or Contract. The event is logged as number "
                                + receipt.event() + ", and nobody is contacted.");
        };
        return "{\"event\":" + receipt.event() + ",\"state\":\"" + state + "\"}";
    }
}
