package dev.beckon.operator.run;

import dev.beckon.crd.Labels;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** The annotation by which a person acknowledges that the ledger was restored. A breaker of the account is acknowledged there. */
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
     * Carries out what is new.
     *
     * @return what to tell of it
     */
    public Optional<Said> carryOut(RunScene<?> scene, Subject subject) {
        Map<String, String> annotations = scene.resource().getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(Labels.ACKNOWLEDGE);
        if (value == null
                || requests.isDone(scene.uid(), Labels.ACKNOWLEDGE, value)
                || !(scene.reading() instanceof Reading.Known<?>)) {
            return Optional.empty();
        }
        Optional<RestoredLedger.Accepted> accepted =
                RestoredLedger.accepted(value, scene.before().breaker(), scene.now());
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        try {
            door.acknowledgeRestored(accepted.get());
        } catch (LedgerUnavailableException e) {
            // The reader finds out when the ledger answers again, and has this resource looked at.
            book.refresh(subject);
            return Optional.empty();
        }
        requests.done(scene.uid(), Labels.ACKNOWLEDGE, value);
        book.refresh(subject);
        return Optional.of(HumanRequests.told(
                Labels.ACKNOWLEDGE,
                value,
                Reason.Acknowledged,
                "The ledger is accepted as it is; the " + scene.noun() + " goes on."));
    }
}
