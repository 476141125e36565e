package dev.beckon.worker.invite;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerUnavailableException;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.SettleResult;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.session.HeldAccount;
import dev.beckon.worker.session.LiveSession;
import dev.beckon.workorder.AccountRef.Limits;
import dev.beckon.workorder.InviteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all parts of one run share: the order, the held account and its open session. */
record Run(Workshop workshop, InviteOrder order, HeldAccount account, LiveSession session) {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    private static final Duration RETRY_PERSIST = Duration.ofMillis(500);

    /** After SIGTERM; what remains of the grace period is for saving the session and giving the account back. */
    private static final Duration PERSIST_AFTER_STOP = Duration.ofSeconds(20);

    Ledger ledger() {
        return workshop.ledger();
    }

    Lease lease() {
        return account.lease();
    }

    TelegramSession telegram() {
        return session.telegram();
    }

    Limits limits() {
        return order.account().limits();
    }

    String campaign() {
        return order.campaign().uid();
    }

    Instant now() {
        return workshop.clock().instant();
    }

    /** Every write of the ledger tells whether the lease is still ours; if not, nothing more may be said to Telegram. */
    void check(boolean written) {
        account.check(written);
    }

    Ending.Now leaseLost() {
        return LiveSession.leaseLost(workshop);
    }

    /** What came of writing an answer down. */
    void check(SettleResult result) {
        switch (result) {
            case SettleResult.Settled _, SettleResult.AlreadySettled _ -> {}
            case SettleResult.LeaseLost _ -> throw leaseLost();
        }
    }

    /**
     * Writes an answer of Telegram down, through a short outage of the ledger too: an answer that is lost costs a settlement
     * by asking. Gives up before the watchdog ends the process, and while the grace period of a stop still has some seconds.
     */
    void persist(Supplier<SettleResult> write) {
        long giveUp = System.nanoTime() + workshop.leaseTerm().toNanos() / 2;
        while (true) {
            try {
                check(write.get());
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
