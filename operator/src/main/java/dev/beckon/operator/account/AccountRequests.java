package dev.beckon.operator.account;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccountSpec.Method;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.ledger.report.CampaignReport.BreakerReport;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict.Said;
import dev.beckon.operator.ledger.LedgerDoor;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.RestoredRequests;
import dev.beckon.operator.ledger.Subject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The annotations by which a person acknowledges that an account was limited, or that the ledger was restored, and gives the code
 * of a login.
 */
public final class AccountRequests {
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z_-]{1,16}");

    private static final String ONCE_MORE = " The same code counts once more with a colon and any word behind it.";

    private final LedgerDoor door;
    private final ReportBook book;
    private final HumanRequests requests;
    private final RestoredRequests restored;

    public AccountRequests(LedgerDoor door, ReportBook book, HumanRequests requests) {
        this.door = door;
        this.book = book;
        this.requests = requests;
        this.restored = new RestoredRequests(door, book, requests);
    }

    /** Carries out that a person accepts a restored ledger; see {@link RestoredRequests#carryOut}. */
    public Optional<Said> accept(AccountObserved observed) {
        return restored.carryOut(observed.held());
    }

    /**
     * Carries out what else is new.
     *
     * @return what to tell of it
     */
    public Optional<Said> carryOut(AccountObserved observed) {
        if (!(observed.reading() instanceof Reading.Known<AccountReport> known)) {
            return Optional.empty();
        }
        try {
            Optional<String> acknowledged = fresh(observed, Labels.ACKNOWLEDGE);
            Optional<Said> said = acknowledged.flatMap(value -> acknowledge(observed, value, known));
            return said.or(() -> fresh(observed, Labels.LOGIN_CODE).flatMap(word -> giveCode(observed, word, known)));
        } catch (LedgerUnavailableException e) {
            // The reader finds out when the ledger answers again, and has this account looked at.
            book.refresh(Subject.account(observed.uid()));
            return Optional.empty();
        }
    }

    private Optional<String> fresh(AccountObserved observed, String annotation) {
        return Optional.ofNullable(observed.account().getMetadata().getAnnotations())
                .map(annotations -> annotations.get(annotation))
                .filter(value -> !requests.isDone(observed.uid(), annotation, value));
    }

    /** Only while a login waits for one: an annotation that stays on the account is no answer to a later login. */
    private Optional<Said> giveCode(AccountObserved observed, String word, Reading.Known<AccountReport> known) {
        boolean waits = observed.loginIsHeard()
                && known.report()
                        .filter(report -> report.state() == AccountState.WaitingForCode)
                        .isPresent();
        boolean onItsWay =
                observed.activeLogin().isPresent() || observed.before().state() == null;
        if (!waits && onItsWay) {
            return Optional.empty();
        }
        boolean fits = CODE.matcher(LoginCodes.codeIn(word)).matches();
        // One that is none of Telegram's reaches nobody either; that it was given is remembered, too.
        LoginCodes.Outcome outcome = door.giveLoginCode(observed.uid(), word, waits && fits);
        // Not before: a code that the ledger could not take is given again when it answers.
        requests.done(observed.uid(), Labels.LOGIN_CODE, word);
        return switch (outcome) {
            // By an operator before this one.
            case KNOWN -> Optional.empty();
            case NOBODY_WAITS ->
                said(
                        observed,
                        Reason.AnnotationRefused,
                        fits
                                ? "no login waits for a code: this one was given to nobody. " + next(observed)
                                        + ONCE_MORE
                                : "this is no code of Telegram's: digits, or letters and digits, 16 at most.");
            case HANDED_OVER -> {
                book.refresh(Subject.account(observed.uid()));
                yield said(observed, Reason.LoginCodeGiven, "the code is handed to the login.");
            }
        };
    }

    /** With the time in place of the code, for this becomes an event: so the next code's fate is told as well. */
    private static Optional<Said> said(AccountObserved observed, Reason reason, String sentence) {
        return Optional.of(new Said(
                reason == Reason.LoginCodeGiven,
                reason,
                Labels.LOGIN_CODE + " at " + Statuses.seconds(observed.now()) + ": " + sentence));
    }

    private static String next(AccountObserved observed) {
        return observed.report().filter(AccountReport::hasSession).isPresent()
                ? "The account is logged in."
                : Optional.of(LoginPlanner.another(observed.account()))
                        .filter(_ -> observed.account().getSpec().login().method() != Method.QrCode)
                        .orElse("The condition Ready says when the next login starts.");
    }

    private Optional<Said> acknowledge(AccountObserved observed, String value, Reading.Known<AccountReport> known) {
        if (observed.held().accepted().isPresent()) {
            // A restored ledger that could not be accepted yet is no breaker that nobody knows.
            return Optional.empty();
        }
        Optional<String> open = known.report().flatMap(AccountReport::breaker).map(BreakerReport::breakerId);
        if (open.filter(value::equals).isPresent()) {
            door.acknowledge(value);
            return closed(observed, value);
        }
        if (open.isEmpty() && observed.restored().isEmpty()) {
            return Optional.empty();
        }
        requests.done(observed.uid(), Labels.ACKNOWLEDGE, value);
        return Optional.of(HumanRequests.refused(
                Labels.ACKNOWLEDGE, value, "No breaker of this id is open: status.breaker.id has the one to name."));
    }

    private Optional<Said> closed(AccountObserved observed, String value) {
        requests.done(observed.uid(), Labels.ACKNOWLEDGE, value);
        book.refresh(Subject.account(observed.uid()));
        // The breaker stands in the reports of every campaign that uses the account, too.
        book.allChanged();
        return Optional.of(HumanRequests.told(
                Labels.ACKNOWLEDGE,
                value,
                Reason.Acknowledged,
                "The breaker is closed; campaigns can use the account again."));
    }
}
