package dev.beckon.ledger.webhook;

import dev.beckon.ledger.people.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who came in through a webhook. Printed without them.
 *
 * @param person by a phone in its one spelling, with the basis that holds for them
 * @param eventId the caller's own name for the event, by which a repeat is known
 * @param signature the request's, by which a replay is known
 */
public record WebhookEvent(Person person, Optional<String> eventId, Optional<String> signature, Instant receivedAt) {
    @Override
    public String toString() {
        return "WebhookEvent[receivedAt=" + receivedAt + "]";
    }
}
