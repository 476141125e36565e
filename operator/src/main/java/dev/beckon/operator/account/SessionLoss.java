package dev.beckon.operator.account;

import dev.beckon.crd.LastError;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.report.AccountReport;
import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.RunFaults;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Why an account that was logged in has to log in again. The ledger forgets it with the first step of the new login; the status
 * keeps it until the account is Ready, so that whoever looks knows why a person is asked for something. Pure.
 */
final class SessionLoss {
    /** The worker's words for it. */
    private static final String LOST = "SessionLost";

    private static final String DAMAGED = "SessionDamaged";
    private static final String MOVED = "SessionMoved";
    private static final Set<String> LOSSES = Set.of(LOST, DAMAGED, MOVED);

    private SessionLoss() {}

    /** What the status says of the last thing that went wrong. */
    static Optional<LastError> lastError(AccountObserved observed, AccountReport report) {
        Optional<LastError> before = Optional.ofNullable(observed.before().lastError());
        if (report.stateReason().isEmpty()) {
            return before.filter(error -> isLoggingIn(report.state()) && LOSSES.contains(error.reason()));
        }
        String reason = report.stateReason().get();
        Instant since = before.filter(error -> reason.equals(error.reason()))
                .map(LastError::time)
                .orElse(Statuses.seconds(observed.now()));
        return Optional.of(new LastError(reason, report.stateMessage().orElse(""), since));
    }

    private static boolean isLoggingIn(AccountState state) {
        return switch (state) {
            case LoginRequired, WaitingForQrScan, WaitingForCode, WaitingForPassword, LoggedOut -> true;
            case Ready, CoolingDown, Limited, Banned -> false;
        };
    }

    /** What is said in front of what the new login waits for; empty for a first login. */
    static String sentence(AccountObserved observed) {
        return observed.report()
                .filter(report -> isLoggingIn(report.state()))
                .flatMap(report -> lastError(observed, report))
                .map(error -> switch (error.reason()) {
                    case LOST -> "The session has ended; Telegram says: " + RunFaults.closed(error.message()) + " ";
                    case DAMAGED, MOVED -> RunFaults.closed(error.message()) + " ";
                    default -> "";
                })
                .orElse("");
    }

    /** The condition's reason while the new login starts. */
    static Reason reason(AccountObserved observed, Reason otherwise) {
        return observed.report()
                .flatMap(AccountReport::stateReason)
                .filter(DAMAGED::equals)
                .map(_ -> Reason.SessionDamaged)
                .orElse(otherwise);
    }

    /**
     * Whether the account was logged in before and something went wrong since: its work does not merely wait for its first login,
     * a person has to see to it.
     */
    static boolean isSeenIn(TelegramAccountStatus status) {
        return status.user() != null && status.lastError() != null;
    }

    /** Telegram's own word, in brackets; empty when the status has none. */
    static String words(TelegramAccountStatus status) {
        return Optional.ofNullable(status.lastError())
                .map(LastError::message)
                .filter(message -> !message.isBlank() && !message.contains(" "))
                .map(message -> " (" + message + ")")
                .orElse("");
    }
}
