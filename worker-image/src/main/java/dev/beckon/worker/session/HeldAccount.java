package dev.beckon.worker.session;

import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.LeaseResult;
import dev.beckon.ledger.accounts.LeaseResult.Urgency;
import dev.beckon.ledger.accounts.LeaseResult.Yield;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.worker.Ending;
import dev.beckon.worker.KillPoint;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.lease.LeaseKeeper;
import dev.beckon.worker.lease.Watchdog;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An account whose lease this process holds: from here until {@link #release()} it alone may use the session. */
public final class HeldAccount {
    private static final Logger LOG = LoggerFactory.getLogger(HeldAccount.class);

    /** How often a held lease is asked for again. */
    private static final Duration PATIENCE_STEP = Duration.ofMillis(500);

    /** A holder that died is waited for (term and margin); one that renews beyond this is at work. */
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final Workshop workshop;
    private final LeaseKeeper keeper;
    private final Lease lease;

    private HeldAccount(Workshop workshop, Lease lease, LeaseKeeper keeper) {
        this.workshop = workshop;
        this.lease = lease;
        this.keeper = keeper;
    }

    /**
     * Takes the account. A holder that died (its pod is gone, so nobody renews) is outwaited.
     *
     * @throws Ending.Now when somebody else works with it, or the process is to stop
     */
    public static HeldAccount take(Workshop workshop, AccountRef account, Priority priority) {
        Watchdog watchdog = workshop.watchdog();
        workshop.ledger().accounts().register(account.uid(), account.namespace(), account.name());
        // Leases live by real time, whatever clock the campaign lives by.
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        boolean told = false;
        while (true) {
            workshop.starting();
            long asked = watchdog.now();
            switch (workshop.ledger()
                    .leases()
                    .acquire(account.uid(), workshop.environment().holder(), priority, workshop.leaseTerm())) {
                case LeaseResult.Acquired(Lease lease) -> {
                    LeaseKeeper keeper = new LeaseKeeper(
                            () -> workshop.ledger().leases().renew(lease),
                            watchdog,
                            asked,
                            workshop.leaseTerm(),
                            workshop.lost());
                    LOG.info("Holds the account, fence {}", lease.fence());
                    KillPoint.AFTER_LEASE.here();
                    return new HeldAccount(workshop, lease, keeper);
                }
                case LeaseResult.Held(String holder, Instant until) -> {
                    if (workshop.stop().isRaised()) {
                        throw Ending.yielded("Stopped", "Asked to stop before the account was free.")
                                .now();
                    }
                    if (System.nanoTime() > giveUp) {
                        throw Ending.later(
                                        ExitCode.LEASE_HELD,
                                        until,
                                        WaitingFor.Account.name(),
                                        "Another worker (" + holder + ") works with the account.")
                                .now();
                    }
                    if (!told) {
                        LOG.info("Waits for the account, held by {} until {}", holder, until);
                        told = true;
                    }
                    workshop.stop().sleep(PATIENCE_STEP);
                }
            }
        }
    }

    public Lease lease() {
        return lease;
    }

    /** Every write of the ledger tells whether the lease is still ours; if not, nothing more may be said to Telegram. */
    public void check(boolean written) {
        if (!written) {
            throw LiveSession.leaseLost(workshop);
        }
    }

    /** Who waits for the account and may have it at the next safe point. */
    public Optional<Yield> yieldWish() {
        return keeper.yieldWish();
    }

    /** Whether somebody waits for the account who goes first. */
    public boolean isWantedNow() {
        return yieldWish().filter(wish -> wish.urgency() == Urgency.Now).isPresent();
    }

    /** Gives the account back. The session must be closed before: two uses of it would lose it for good. */
    public void release() {
        keeper.close();
        workshop.ledger().leases().release(lease);
        LOG.info("Released the account");
    }
}
