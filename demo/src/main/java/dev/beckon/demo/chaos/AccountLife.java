package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Plays the operator for one account: starts a worker for each of its campaigns, and successors until the campaign has
 * nothing more to do. What the plan holds for the account happens to one worker after the other.
 */
final class AccountLife {
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Longer than any wait of a test build: a worker that takes longer hangs. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(4);

    /** People who wait this long wait for the frequency cap, not for us. */
    private static final Duration WAITS_FOR_THE_CAP = Duration.ofHours(12);

    /** The longest an unreachable server is waited for: the run itself starts it again. */
    private static final Duration SERVER_IS_BACK = Duration.ofSeconds(2);

    /** In a row: a data centre that is killed is back sooner. */
    private static final int MOST_UNAVAILABLE = 2;

    private static final int MOST_STARTS_BEYOND_PLAN = 60;

    private final Account account;
    private final List<Campaign> campaigns;
    private final Deque<Sabotage> plan;
    private final Workshop workshop;
    private final Instant giveUp;
    private final int mostStarts;
    private int starts;
    private int unavailable;

    /** Starts workers of the run. */
    interface Workshop {
        WorkerProcess login(Account account, String run);

        WorkerProcess invite(Account account, Campaign campaign, int run, String name, Optional<Sabotage> sabotage);

        StepJournal journal();
    }

    AccountLife(Account account, List<Campaign> campaigns, List<Sabotage> plan, Workshop workshop, Instant giveUp) {
        this.account = account;
        this.campaigns = campaigns;
        this.plan = new ArrayDeque<>(plan);
        this.workshop = workshop;
        this.giveUp = giveUp;
        this.mostStarts = plan.size() + MOST_STARTS_BEYOND_PLAN;
    }

    /** A run that came to no end, and why. */
    static final class Stuck extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stuck(String why) {
            super(why, null, false, false);
        }
    }

    /** Works until all campaigns are done. @throws Stuck when one can't be brought to its end */
    void live() throws InterruptedException {
        logIn();
        for (Campaign campaign : campaigns) {
            while (!done(campaign)) {
                next();
            }
        }
        // What is planned for a worker's end finds one here: it has nothing else to do.
        while (!plan.isEmpty() && starts < mostStarts && reachableWhenIdle(plan.peek())) {
            done(campaigns.getLast());
        }
    }

    private static boolean reachableWhenIdle(Sabotage sabotage) {
        return List.of(
                        "before-import",
                        "after-import",
                        "after-lease",
                        "after-ready",
                        "before-save",
                        "after-save",
                        "before-result")
                .contains(sabotage.step());
    }

    private void logIn() throws InterruptedException {
        while (true) {
            next();
            try (WorkerProcess login = workshop.login(account, name("login"))) {
                await(login);
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

    /** One worker's life; answers whether the campaign needs no successor. */
    private boolean done(Campaign campaign) throws InterruptedException {
        Optional<Sabotage> sabotage = Optional.ofNullable(plan.peek());
        List<WorkerProcess> workers = new ArrayList<>();
        try {
            workers.add(workshop.invite(account, campaign, starts, name(campaign.chat()), sabotage));
            while (!await(workers.getFirst(), sabotage)) {
                next();
                workers.add(workshop.invite(account, campaign, starts, name(campaign.chat()), Optional.empty()));
                awaitTwin(workers.get(0), workers.get(1), sabotage.orElseThrow());
                break;
            }
            if (sabotage.isPresent()
                    && workshop.journal().fired(workers.getFirst().run())) {
                plan.poll();
            }
            return ended(workers.getLast());
        } finally {
            workers.forEach(WorkerProcess::close);
        }
    }

    /** Waits for the worker's end; answers false when a second one is to be started beside it. */
    private boolean await(WorkerProcess worker, Optional<Sabotage> sabotage) throws InterruptedException {
        boolean seconded = sabotage.filter(s -> s.kind() != Kind.KILL).isPresent();
        Instant end = Instant.now().plus(LONGEST_RUN);
        while (!worker.ends(LOOK)) {
            if (seconded && workshop.journal().fired(worker.run())) {
                return false;
            }
            requireInTime(worker, end);
        }
        return true;
    }

    private void await(WorkerProcess worker) throws InterruptedException {
        await(worker, Optional.empty());
    }

    /** A frozen one is woken once its successor is at work, or has ended. */
    private void awaitTwin(WorkerProcess first, WorkerProcess second, Sabotage sabotage) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_RUN);
        boolean frozen = sabotage.kind() == Kind.FREEZE;
        while (frozen && second.runs() && !workshop.journal().has(second.run(), "after-ready")) {
            second.ends(LOOK);
            requireInTime(second, end);
        }
        first.wake();
        while (!first.ends(LOOK) || !second.ends(LOOK)) {
            requireInTime(second, end);
        }
    }

    private void requireInTime(WorkerProcess worker, Instant end) {
        if (Instant.now().isAfter(end)) {
            throw new Stuck(
                    "the worker " + worker.run() + " did not end within " + LONGEST_RUN.toMinutes() + " minutes");
        }
        if (Instant.now().isAfter(giveUp)) {
            throw new Stuck("the run's time was over while " + worker.run() + " worked");
        }
    }

    private boolean ended(WorkerProcess worker) throws InterruptedException {
        Optional<RunResult> result =
                worker.killed() ? Optional.empty() : worker.folder().result();
        if (result.isEmpty()) {
            return false;
        }
        unavailable = worker.exitCode() == ExitCode.TELEGRAM_UNAVAILABLE.code() ? unavailable + 1 : 0;
        if (unavailable > MOST_UNAVAILABLE) {
            throw new Stuck(account.name() + ": Telegram does not answer it any more");
        }
        return switch (result.get().ending()) {
            case COMPLETED -> true;
            case YIELDED -> false;
            case WAITING -> waited(result.get());
            case PAUSED, FAULT -> {
                if (worker.exitCode() == ExitCode.LEDGER_UNAVAILABLE.code()) {
                    Thread.sleep(SERVER_IS_BACK);
                    yield false;
                }
                throw new Stuck(worker.run() + ": " + result.get().reason() + ": "
                        + result.get().message());
            }
        };
    }

    private static boolean waited(RunResult result) throws InterruptedException {
        Duration wait = Duration.between(Instant.now(), result.resumeAt().orElse(Instant.now()));
        if (wait.compareTo(WAITS_FOR_THE_CAP) > 0) {
            return true;
        }
        if (!wait.isNegative()) {
            Thread.sleep(wait.compareTo(SERVER_IS_BACK) < 0 ? wait : SERVER_IS_BACK);
        }
        return false;
    }
}
