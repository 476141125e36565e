package dev.beckon.worker.run;

import dev.beckon.ledger.accounts.Priority;
import dev.beckon.worker.Ending;
import dev.beckon.worker.Workshop;
import dev.beckon.worker.observe.Hints;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.session.HeldAccount;
import dev.beckon.worker.session.LiveSession;
import dev.beckon.workorder.AccountRef;
import dev.beckon.workorder.ExitCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's turn with an account: lease, silence, session, work, and all of it back in order.
 *
 * @param hibernateAfter a wait longer than this ends the turn
 * @param sliceEnd when the account is given to those who wait for their turn
 * @param teller tells what the run waits for
 * @param before what must be over before the session is opened
 */
public record AccountTurn(
        Workshop workshop,
        AccountRef account,
        Priority priority,
        Duration hibernateAfter,
        Instant sliceEnd,
        Waits.Teller teller,
        Supplier<Wait> before,
        Hints hints) {
    private static final Logger LOG = LoggerFactory.getLogger(AccountTurn.class);

    /** One that waits for nothing of its own before its session is opened. */
    public AccountTurn(
            Workshop workshop,
            AccountRef account,
            Priority priority,
            Duration hibernateAfter,
            Instant sliceEnd,
            Waits.Teller teller,
            Hints hints) {
        this(
                workshop,
                account,
                priority,
                hibernateAfter,
                sliceEnd,
                teller,
                () -> new Wait(Instant.MIN, WaitingFor.Pause),
                hints);
    }

    /** What is done with the open account until the run ends. */
    @FunctionalInterface
    public interface Work {
        /** @param waits where the run sleeps and hears that it is to end */
        Ending with(OpenAccount account, Waits waits);
    }

    /**
     * Takes the account, works and gives it back.
     *
     * @throws Ending.Now when somebody else has the account, its session is gone, or Telegram can't be reached
     */
    public Ending take(Work work) {
        // While nothing is held: who finds this out with the lease would leave it to run out.
        workshop.files().telegramApp();
        HeldAccount held = HeldAccount.take(workshop, account, priority);
        Waits waits = new Waits(workshop, held, hibernateAfter, sliceEnd, teller);
        Optional<Ending> silent =
                limited(held).or(() -> waits.await(silence(held).and(before.get())));
        if (silent.isPresent()) {
            LOG.info(
                    "Ends: {}, {}",
                    silent.get().result().ending(),
                    silent.get().result().reason());
            waits.tell(silent.get());
            held.release();
            hints.accountChanged(account.uid());
            return silent.get();
        }
        LiveSession session = LiveSession.open(workshop, held, account);
        try {
            session.awaitReady();
            Ending ending = work.with(new OpenAccount(workshop, held, session), waits);
            LOG.info("Ends: {}, {}", ending.result().ending(), ending.result().reason());
            waits.tell(ending);
            session.saveAndRelease();
            return ending;
        } finally {
            // Also when a bug ends the run: the client must be closed before the process ends, or the native code
            // aborts it.
            session.telegram().close();
            hints.accountChanged(account.uid());
        }
    }

    /**
     * Telegram wants no request of an account in a flood wait, so not even its session is opened before the wait is over: a
     * short one is slept, a long one ends the run.
     */
    private Wait silence(HeldAccount held) {
        return new Wait(workshop.ledger().accounts().coolDownUntil(held.lease()), WaitingFor.FloodWait);
    }

    /** An account that Telegram limited says nothing before a person acknowledged it. */
    private Optional<Ending> limited(HeldAccount held) {
        return workshop.ledger()
                .breakers()
                .limiting(held.lease())
                .map(breaker -> Ending.paused(
                        ExitCode.OK,
                        breaker.reason(),
                        "Telegram limited the account (" + breaker.reason() + "): until someone acknowledges breaker "
                                + breaker.breakerId() + "."));
    }
}
