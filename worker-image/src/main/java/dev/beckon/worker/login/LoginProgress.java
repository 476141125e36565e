package dev.beckon.worker.login;

import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Accounts;
import dev.beckon.ledger.accounts.Accounts.Profile;
import dev.beckon.ledger.accounts.Accounts.QrLogin;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LoginCodes;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.session.LiveSession;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells the ledger, and so the operator and whoever looks at the account, how far a login is. Each word is written only while
 * the lease is ours; without it the run ends.
 */
final class LoginProgress {
    private final Workshop workshop;
    private final Accounts accounts;
    private final LoginCodes codes;
    private final Lease lease;
    private final Hints hints;
    private final String uid;

    /** @param uid the account's */
    LoginProgress(Workshop workshop, Lease lease, Hints hints, String uid) {
        this.workshop = workshop;
        this.accounts = workshop.ledger().accounts();
        this.codes = workshop.ledger().loginCodes();
        this.lease = lease;
        this.hints = hints;
        this.uid = uid;
    }

    /** A person has to do something. */
    void waits(AccountState state, Optional<QrLogin> qr) {
        written(accounts.loginWaits(lease, state, qr));
        told();
    }

    /** What was given was refused, and is asked for once more. */
    void asksAgain(AccountState waiting, String sentence) {
        written(accounts.loginAsksAgain(lease, waiting, sentence));
        told();
    }

    /** A code that came by annotation, once. */
    Optional<String> annotatedCode() {
        return codes.take(lease);
    }

    /** Whoever gives a code from here on is told that nobody waits for it; one that nobody took is kept no longer. */
    void awaitsNothing() {
        written(accounts.loginEnds(lease));
        codes.forget(lease);
    }

    /** Telegram wants nothing of the account until then. */
    void coolsDown(Instant until) {
        written(accounts.coolDown(lease, until));
    }

    /** Telegram refused it for good. */
    void refused(LoginRefusal refusal) {
        written(accounts.becomes(lease, AccountState.LoginRequired, refusal.reason(), refusal.sentence()));
    }

    /** It is done; the session is kept already. */
    void loggedIn(Profile profile) {
        written(accounts.loggedIn(lease, profile));
        codes.forget(lease);
    }

    /** Has the account looked at. */
    void told() {
        hints.accountChanged(uid);
    }

    private void written(boolean ours) {
        if (!ours) {
            throw LiveSession.leaseLost(workshop);
        }
    }
}
