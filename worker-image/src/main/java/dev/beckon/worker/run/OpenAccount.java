package dev.beckon.worker.run;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.session.HeldAccount;
import dev.beckon.worker.session.LiveSession;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A held account whose session is open: what every kind of run works with. */
public record OpenAccount(Workshop workshop, HeldAccount account, LiveSession session) {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAccount.class);
    private static final Duration RETRY_PERSIST = Duration.ofMillis(500);

    /** After SIGTERM; what remains of the grace period is for saving the session and giving the account back. */
    private static final Duration PERSIST_AFTER_STOP = Duration.ofSeconds(20);

    public Ledger ledger() {
        return workshop.ledger();
    }

    public Lease lease() {
        return account.lease();
    }

    public TelegramSession telegram() {
        return session.telegram();
    }

    public Instant now() {
        return workshop.clock().instant();
    }

    /** Every write of the ledger tells whether the lease is still ours; if not, nothing more may be said to Telegram. */
    public void check(boolean written) {
        account.check(written);
    }

    public Ending.Now leaseLost() {
        return LiveSession.leaseLost(workshop);
    }

    /**
     * Writes an answer of Telegram down, through a short outage of the ledger too: an answer that is lost costs a settlement
     * by asking. Gives up before the watchdog ends the process, and while the grace period of a stop still has some seconds.
     *
     * @param write tells whether the lease is still ours
     */
    public void persist(BooleanSupplier write) {
        long giveUp = System.nanoTime() + workshop.leaseTerm().toNanos() / 2;
        while (true) {
            try {
                if (!write.getAsBoolean()) {
                    throw leaseLost();
                }
                return;
            } catch (LedgerUnavailableException e) {
                if (System.nanoTime() > giveUp || mustEnd()) {
                    throw e;
                }
                LOG.warn("The ledger can't be reached, the answer is kept and written again: {}", e.getMessage());
                workshop.stop().pause(RETRY_PERSIST);
            }
        }
    }

    private boolean mustEnd() {
        return Thread.currentThread().isInterrupted()
                || workshop.stop().raisedFor().compareTo(PERSIST_AFTER_STOP) > 0;
    }
}
