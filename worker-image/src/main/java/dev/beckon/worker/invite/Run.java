package dev.beckon.worker.invite;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.SettleResult;
import dev.beckon.telegram.TelegramSession;
import dev.beckon.worker.Ending;
import dev.beckon.worker.run.OpenAccount;
import dev.beckon.workorder.AccountRef.Limits;
import dev.beckon.workorder.InviteOrder;
import java.time.Instant;
import java.util.function.Supplier;

/** What all parts of one run share: the order, and the held account with its open session. */
record Run(OpenAccount open, InviteOrder order) {
    Ledger ledger() {
        return open.ledger();
    }

    Lease lease() {
        return open.lease();
    }

    TelegramSession telegram() {
        return open.telegram();
    }

    Limits limits() {
        return order.account().limits();
    }

    String campaign() {
        return order.campaign().uid();
    }

    Instant now() {
        return open.now();
    }

    /** Every write of the ledger tells whether the lease is still ours; if not, nothing more may be said to Telegram. */
    void check(boolean written) {
        open.check(written);
    }

    Ending.Now leaseLost() {
        return open.leaseLost();
    }

    /** Writes an answer of Telegram down, through a short outage of the ledger too. */
    void persist(Supplier<SettleResult> write) {
        open.persist(() -> switch (write.get()) {
            case SettleResult.Settled _, SettleResult.AlreadySettled _ -> true;
            case SettleResult.LeaseLost _ -> false;
        });
    }
}
