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

    /** How long a second worker is left to try for the account before the first is stopped. */
    private static final Duration TWINS_MEET = Duration.ofSeconds(8);

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
    private final List<Termination> terminations = new ArrayList<>();
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
            next();
            done(campaigns.getLast());
        }
    }

    /** How workers ended that were told to; to be asked when the account is done with. */
    List<Termination> terminations() {
        return List.copyOf(terminations);
    }

    /** What the plan held and did not happen; to be asked when the account is done with. */
    List<Sabotage> left() {
        return List.copyOf(plan);
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
                await(login, Optional.empty());
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

    /** One worker's life, or two that are at work at once; answers whether the campaign needs no successor. */
    private boolean done(Campaign campaign) throws InterruptedException {
        Optional<Sabotage> sabotage = Optional.ofNullable(plan.peek());
        try (WorkerProcess worker = invite(campaign, sabotage)) {
            boolean alone = await(worker, sabotage);
            happened(worker);
            return alone ? ended(worker) : seconded(campaign, worker, sabotage.orElseThrow());
        }
    }

    private boolean seconded(Campaign campaign, WorkerProcess first, Sabotage what) throws InterruptedException {
        next();
        // What comes next in the plan finds the second one: it works on alone.
        Optional<Sabotage> sabotage = Optional.ofNullable(plan.peek()).filter(s -> !s.needsSecond());
        try (WorkerProcess second = invite(campaign, sabotage)) {
            awaitMeeting(first, second, what);
            await(first, Optional.empty());
            await(second, sabotage);
            happened(second);
            return ended(second);
        }
    }

    private WorkerProcess invite(Campaign campaign, Optional<Sabotage> sabotage) {
        return workshop.invite(account, campaign, starts, name(campaign.chat()), sabotage);
    }

    private void happened(WorkerProcess worker) {
        if (!plan.isEmpty() && workshop.journal().fired(worker.run())) {
            plan.poll();
        }
    }

    /** Waits for the worker's end; answers false when a second one is to be started beside it. */
    private boolean await(WorkerProcess worker, Optional<Sabotage> sabotage) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_RUN);
        boolean seconded = sabotage.filter(Sabotage::needsSecond).isPresent();
        boolean terminated = sabotage.filter(s -> s.kind() == Kind.TERM).isPresent();
        Optional<Instant> told = Optional.empty();
        while (!worker.ends(LOOK)) {
            boolean fired = (seconded || terminated) && workshop.journal().fired(worker.run());
            if (seconded && fired) {
                return false;
            }
            if (fired && told.isEmpty()) {
                told = Optional.of(Instant.now().plus(sabotage.orElseThrow().delay()));
            }
            requireInTime(worker, end);
        }
        if (terminated && workshop.journal().fired(worker.run())) {
            terminations.add(termination(worker, told.orElseGet(Instant::now)));
        }
        return true;
    }

    private Termination termination(WorkerProcess worker, Instant told) {
        return new Termination(
                worker.run(),
                Duration.between(told, Instant.now()),
                worker.exitCode(),
                workshop.journal().has(worker.run(), "after-ready"),
                workshop.journal().has(worker.run(), "after-save"));
    }

    /** A frozen one is woken once its successor is at work; one of two is stopped once both have tried for the account. */
    private void awaitMeeting(WorkerProcess first, WorkerProcess second, Sabotage what) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_RUN);
        Optional<Instant> enough = Optional.empty();
        while (second.runs()
                && !workshop.journal().has(second.run(), "after-ready")
                && enough.filter(Instant.now()::isAfter).isEmpty()) {
            second.ends(LOOK);
            if (what.kind() == Kind.TWIN
                    && enough.isEmpty()
                    && workshop.journal().has(second.run(), "after-import")) {
                enough = Optional.of(Instant.now().plus(TWINS_MEET));
            }
            requireInTime(second, end);
        }
        if (what.kind() == Kind.TWIN) {
            first.terminate();
        } else {
            first.wake();
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
