package dev.beckon.operator.account;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.CampaignReport.BreakerReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.RestoredLedger;
import dev.beckon.operator.ledger.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The annotation by which a person acknowledges that an account was limited, or that the ledger was restored. */
public final class AccountRequests {
    private final LedgerDoor door;
    private final ReportBook book;
    private final HumanRequests requests;

    public AccountRequests(LedgerDoor door, ReportBook book, HumanRequests requests) {
        this.door = door;
        this.book = book;
        this.requests = requests;
    }

    /**
     * Carries out what is new.
     *
     * @return what to tell of it
     */
    public Optional<Said> carryOut(AccountObserved observed) {
        Map<String, String> annotations = observed.account().getMetadata().getAnnotations();
        String value = annotations == null ? null : annotations.get(Labels.ACKNOWLEDGE);
        if (value == null
                || requests.isDone(observed.uid(), Labels.ACKNOWLEDGE, value)
                || !(observed.reading() instanceof Reading.Known<AccountReport> known)) {
            return Optional.empty();
        }
        try {
            return acknowledge(observed, value, known);
        } catch (LedgerUnavailableException e) {
            // The reader finds out when the ledger answers again, and has this account looked at.
            book.refresh(Subject.account(observed.uid()));
            return Optional.empty();
        }
    }

    private Optional<Said> acknowledge(AccountObserved observed, String value, Reading.Known<AccountReport> known) {
        TelegramAccountStatus before = observed.before();
        Optional<String> open = known.report().flatMap(AccountReport::breaker).map(BreakerReport::breakerId);
        OptionalLong accepted = RestoredLedger.accepted(value, before.breaker());
        if (accepted.isPresent()) {
            door.acknowledgeRestored(accepted.getAsLong());
            return told(observed, value, "The ledger is accepted as it is.");
        }
        if (open.filter(value::equals).isPresent()) {
            door.acknowledge(value);
            return told(observed, value, "The breaker is closed; campaigns can use the account again.");
        }
        boolean restored = RestoredLedger.breaker(
                        observed.account(), before.ledgerSequence(), before.breaker(), known.sequence(), observed.now())
                .isPresent();
        if (open.isEmpty() && !restored) {
            return Optional.empty();
        }
        requests.done(observed.uid(), Labels.ACKNOWLEDGE, value);
        return Optional.of(HumanRequests.refused(
                Labels.ACKNOWLEDGE, value, "No breaker of this id is open: status.breaker.id has the one to name."));
    }

    private Optional<Said> told(AccountObserved observed, String value, String message) {
        requests.done(observed.uid(), Labels.ACKNOWLEDGE, value);
        book.refresh(Subject.account(observed.uid()));
        // The breaker stands in the reports of every campaign that uses the account, too.
        book.allChanged();
        return Optional.of(HumanRequests.told(Labels.ACKNOWLEDGE, value, Reason.Acknowledged, message));
    }
}
