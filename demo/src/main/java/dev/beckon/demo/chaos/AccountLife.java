package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.ledger.accounts.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Plays the operator for one account: starts a worker for what is next, and successors until that is done; who is at work is asked
 * to give the account up when something of higher rank is due. What the plan holds for the account happens to one worker of a kind
 * after the other.
 */
final class AccountLife {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_STARTS_BEYOND_PLAN = 60;

    /** Steps that a worker passes though nobody is left to contact. */
    private static final List<String> IDLE = List.of(
            "before-import",
            "after-import",
            "after-lease",
            "after-ready",
            "listening",
            "before-save",
            "after-save",
            "before-result");

    private final Account account;
    private final Plans plans;
    private final Agenda agenda;
    private final Workshop workshop;
    private final Handover handover;
    private final HookQueues queues;
    private final Watch watch;
    private final Endings endings;
    private final int mostStarts;
    private int starts;

    /** @param queues of its campaigns whose people come by webhook */
    AccountLife(
            Account account,
            Scenario scenario,
            Kinds kinds,
            FaultPlan plan,
            Workshop workshop,
            HookQueues queues,
            Instant giveUp) {
        this.account = account;
        this.plans = new Plans(plan.of(account), plan.kinds().byAccount().get(account.index()));
        this.agenda =
                new Agenda(account, scenario, kinds, kind -> plans.next(kind).isPresent());
        this.workshop = workshop;
        this.handover = new Handover(account, workshop, plans);
        this.queues = queues;
        this.watch = new Watch(workshop.journal(), giveUp);
        this.endings = new Endings(account);
        this.mostStarts = plans.size() + MOST_STARTS_BEYOND_PLAN;
    }

    /** A run that came to no end, and why. */
    static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stuck(String why) {
            super(why, null, false, false);
        }
    }

    /** Works until everything is done. @throws Stuck when something can't be brought to its end */
    void live() throws InterruptedException {
        logIn();
        Optional<Work> last = Optional.empty();
        Optional<Work> listened = Optional.empty();
        Optional<Work> work = agenda.next(outcomes());
        while (work.isPresent()) {
            if (isOver(work.get())) {
                agenda.done(work.get());
            } else {
                next();
                if (done(work.get())) {
                    agenda.done(work.get());
                }
            }
            if (work.get() instanceof Work.Invite) {
                last = work;
            }
            if (work.get() instanceof Work.Listen) {
                listened = work;
            }
            work = agenda.next(outcomes());
        }
        // What is planned for a campaign's worker as it ends finds one here: it has nothing else to do.
        idly(last);
        idly(listened);
    }

    /** Waits until somebody came by webhook; answers whether nobody will. */
    private boolean isOver(Work work) throws InterruptedException {
        if (!(work instanceof Work.Listen(Campaign campaign))) {
            return false;
        }
        HookQueues.Queue queue = queues.of(campaign);
        while (queue == HookQueues.Queue.EMPTY) {
            watch.requireTime("somebody was waited for in " + campaign.name());
            Thread.sleep(LOOK);
            queue = queues.of(campaign);
        }
        return queue == HookQueues.Queue.OVER;
    }

    private void idly(Optional<Work> work) throws InterruptedException {
        while (work.isPresent()
                && planned(work.get()).filter(it -> IDLE.contains(it.step())).isPresent()
                && starts < mostStarts) {
            next();
            done(work.get());
        }
    }

    private int outcomes() {
        return workshop.journal().outcomes(account.name());
    }

    /** How workers ended that were told to; to be asked when the account is done with. */
    List<Termination> terminations() {
        return watch.terminations();
    }

    /** What the plan held and did not happen; to be asked when the account is done with. */
    List<Sabotage> left() {
        return plans.left();
    }

    /** How far the account came. */
    Agenda agenda() {
        return agenda;
    }

    /** How often a worker gave the account up to one of higher rank. */
    int givenUp() {
        return handover.given();
    }

    private void logIn() throws InterruptedException {
        while (true) {
            next();
            Optional<Sabotage> sabotage = plans.next(Priority.Login);
            try (WorkerProcess login = workshop.login(account, name("login"), sabotage)) {
                watch.await(login, Optional.empty(), () -> {});
                happened(login, Priority.Login);
                if (!login.killed() && login.exitCode() == 0) {
                    return;
                }
            }
        }
    }

    private void next() {
        if (++starts > mostStarts) {
            throw new Stuck(account.name() + ": no end after " + mostStarts + " workers");
        }
    }

    private String name(String what) {
        return account.name() + "-" + what + "-" + starts;
    }

    /** One worker's life, or two that are at work at once; answers whether the work needs no successor. */
    private boolean done(Work work) throws InterruptedException {
        handover.over();
        Optional<Sabotage> sabotage = planned(work);
        try (WorkerProcess worker = start(work, sabotage)) {
            boolean alone = watch.await(worker, sabotage, () -> handover.look(worker, work, agenda));
            if (sabotage.isPresent()) {
                happened(worker, work);
            }
            handover.ended(worker);
            return alone ? endings.done(worker) : seconded(work, worker, sabotage.orElseThrow());
        }
    }

    private Optional<Sabotage> planned(Work work) {
        return switch (work) {
            case Work.Invite(var _, boolean interrupted) when interrupted -> Optional.empty();
            case Work.Listen _ -> plans.nextListening();
            case Work.Invite _, Work.Parse _, Work.Publish _ -> plans.next(work.priority());
        };
    }

    private boolean seconded(Work work, WorkerProcess first, Sabotage what) throws InterruptedException {
        next();
        // What comes next in the plan finds the second one: it works on alone.
        Optional<Sabotage> sabotage = planned(work).filter(s -> !s.needsSecond());
        try (WorkerProcess second = start(work, sabotage)) {
            watch.meeting(first, second, what);
            watch.await(first, Optional.empty(), () -> {});
            watch.await(second, sabotage, () -> {});
            happened(second, work);
            return endings.done(second);
        }
    }

    private WorkerProcess start(Work work, Optional<Sabotage> sabotage) {
        return workshop.work(account, work, starts, name(work.word()), sabotage);
    }

    private void happened(WorkerProcess worker, Work work) {
        if (work instanceof Work.Listen) {
            if (workshop.journal().fired(worker.run())) {
                plans.listeningHappened();
            }
        } else {
            happened(worker, work.priority());
        }
    }

    private void happened(WorkerProcess worker, Priority kind) {
        if (workshop.journal().fired(worker.run())) {
            plans.happened(kind);
        }
    }
}
