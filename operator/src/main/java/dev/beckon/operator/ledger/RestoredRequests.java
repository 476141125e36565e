package dev.beckon.operator.ledger;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TrippedBreaker;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import io.fabric8.kubernetes.api.model.HasMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * The annotation by which a person acknowledges that the ledger was restored, on a resource of any kind. What remembers that nobody did is the
 * breaker in the status, which the pass that carries this out takes away: whoever dies in between, or can't write the status, carries
 * it out once more, which changes nothing.
 */
@ApplicationScoped
public class RestoredRequests {
    private final LedgerDoor door;
    private final ReportBook book;
    private final HumanRequests requests;

    public RestoredRequests(LedgerDoor door, ReportBook book, HumanRequests requests) {
        this.door = door;
        this.book = book;
        this.requests = requests;
    }

    /**
     * A resource as a pass sees it.
     *
     * @param open the breaker that its last status carries; null when it carries none
     * @param goesOn whether its work goes on with the acceptance: it neither rests nor has ended
     */
    public record Held(
            HasMetadata resource,
            Subject subject,
            String noun,
            Reading<?> reading,
            TrippedBreaker open,
            boolean goesOn,
            Instant now) {
        /** What a person accepts by its annotation, if that is what holds it. */
        public Optional<RestoredLedger.Accepted> accepted() {
            return acknowledged().flatMap(value -> RestoredLedger.accepted(value, open, now));
        }

        private Optional<String> acknowledged() {
            return Optional.ofNullable(resource.getMetadata().getAnnotations()).map(it -> it.get(Labels.ACKNOWLEDGE));
        }
    }

    /**
     * Writes the acceptance into the ledger.
     *
     * @return what to tell of it; empty when nobody accepts anything, and when the ledger must answer first: the annotation is looked at again
     *     then
     */
    public Optional<Said> carryOut(Held held) {
        Optional<RestoredLedger.Accepted> accepted = held.accepted();
        if (accepted.isEmpty() || !(held.reading() instanceof Reading.Known<?>)) {
            return Optional.empty();
        }
        try {
            door.acknowledgeRestored(accepted.get());
        } catch (LedgerUnavailableException e) {
            // The reader finds out when the ledger answers again, and has this resource looked at.
            book.refresh(held.subject());
            return Optional.empty();
        }
        String value = held.open().id();
        requests.done(held.resource().getMetadata().getUid(), Labels.ACKNOWLEDGE, value);
        book.refresh(held.subject());
        book.allChanged();
        return Optional.of(HumanRequests.told(
                Labels.ACKNOWLEDGE,
                value,
                Reason.Acknowledged,
                "The ledger is accepted as it is" + (held.goesOn() ? "; the " + held.noun() + " goes on." : ".")));
    }
}
