package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.ledger.accounts.Priority;
import java.time.Duration;
import java.util.Optional;

/**
 * Has the holder of an account asked to give it up when something of higher rank is due, as the operator does; and what the plan
 * has in mind for that moment happens to it.
 */
final class Handover {
    private static final Duration LEDGER_IS_BACK = Duration.ofSeconds(1);

    private final Account account;
    private final Workshop workshop;
    private final Plans plans;
    private Optional<Work> wished = Optional.empty();
    private Optional<Sabotage> armed = Optional.empty();
    private int given;

    Handover(Account account, Workshop workshop, Plans plans) {
        this.account = account;
        this.workshop = workshop;
        this.plans = plans;
    }

    /** Looks, while a worker is at work with its session open, whether somebody is to have the account. */
    void look(WorkerProcess worker, Work work, Agenda agenda) {
        if (wished.isPresent() || !mayBeInterrupted(work) || !workshop.journal().has(worker.run(), "after-ready")) {
            return;
        }
        Optional<Work> waiting = agenda.outranking(work, workshop.journal().outcomes(account.name()));
        if (waiting.isPresent() && workshop.wishes(account, waiting.get())) {
            wished = waiting;
            if (work.priority() == Priority.Invite) {
                armed = plans.nextHandover();
                armed.ifPresent(worker::meets);
            }
        }
    }

    /** In other campaigns each person is there for a fault of the plan: what is due waits until the worker is gone, which is soon. */
    private static boolean mayBeInterrupted(Work work) {
        return switch (work) {
            case Work.Invite(var _, boolean interrupted) -> interrupted;
            case Work.Listen _ -> false;
            case Work.Parse _, Work.Publish _ -> true;
        };
    }

    /** The worker that was asked has ended. */
    void ended(WorkerProcess worker) {
        if (wished.isPresent() && workshop.journal().has(worker.run(), "yielding")) {
            given++;
        }
        if (armed.isPresent() && workshop.journal().fired(worker.run())) {
            plans.handoverHappened();
        }
        armed = Optional.empty();
    }

    /** The wish has come true, or is none any more: left standing it would have its own worker yield to itself. */
    void over() throws InterruptedException {
        while (wished.isPresent() && !workshop.withdraws(account, wished.get())) {
            Thread.sleep(LEDGER_IS_BACK);
        }
        wished = Optional.empty();
    }

    /** How often a worker gave the account up because it was asked to. */
    int given() {
        return given;
    }
}
