package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Sabotage.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stands by while workers of one account run, until they end. */
final class Watch {
    private static final Duration LOOK = Duration.ofMillis(50);

    /** Longer than any wait of a test build: a worker that takes longer hangs. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(4);

    /** How long a second worker is left to try for the account before the first is stopped. */
    private static final Duration TWINS_MEET = Duration.ofSeconds(8);

    private final StepJournal journal;
    private final Instant giveUp;
    private final List<Termination> terminations = new ArrayList<>();

    Watch(StepJournal journal, Instant giveUp) {
        this.journal = journal;
        this.giveUp = giveUp;
    }

    /** How workers ended that were told to. */
    List<Termination> terminations() {
        return List.copyOf(terminations);
    }

    /**
     * Waits for the worker's end.
     *
     * @param meanwhile done several times a second
     * @return false when a second one is to be started beside it
     */
    boolean await(WorkerProcess worker, Optional<Sabotage> sabotage, Runnable meanwhile) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_RUN);
        boolean seconded = sabotage.filter(Sabotage::needsSecond).isPresent();
        boolean terminated = sabotage.filter(s -> s.kind() == Kind.TERM).isPresent();
        Optional<Instant> told = Optional.empty();
        while (!worker.ends(LOOK)) {
            boolean fired = (seconded || terminated) && journal.fired(worker.run());
            if (seconded && fired) {
                return false;
            }
            if (fired && told.isEmpty()) {
                told = Optional.of(Instant.now().plus(sabotage.orElseThrow().delay()));
            }
            meanwhile.run();
            requireInTime(worker, end);
        }
        if (terminated && journal.fired(worker.run())) {
            terminations.add(termination(worker, told.orElseGet(Instant::now)));
        }
        return true;
    }

    private Termination termination(WorkerProcess worker, Instant told) {
        return new Termination(
                worker.run(),
                Duration.between(told, Instant.now()),
                worker.exitCode(),
                journal.has(worker.run(), "after-ready"),
                journal.has(worker.run(), "after-save"));
    }

    /** A frozen one is woken once its successor is at work; one of two is stopped once both have tried for the account. */
    void meeting(WorkerProcess first, WorkerProcess second, Sabotage what) throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST_RUN);
        Optional<Instant> enough = Optional.empty();
        while (second.runs()
                && !journal.has(second.run(), "after-ready")
                && enough.filter(Instant.now()::isAfter).isEmpty()) {
            second.ends(LOOK);
            if (what.kind() == Kind.TWIN && enough.isEmpty() && journal.has(second.run(), "after-import")) {
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

    /** @throws AccountLife.Stuck when the run has lasted too long */
    void requireTime(String meanwhile) {
        if (Instant.now().isAfter(giveUp)) {
            throw new AccountLife.Stuck("the run's time was over while " + meanwhile);
        }
    }

    private void requireInTime(WorkerProcess worker, Instant end) {
        if (Instant.now().isAfter(end)) {
            throw new AccountLife.Stuck(
                    "the worker " + worker.run() + " did not end within " + LONGEST_RUN.toMinutes() + " minutes");
        }
        requireTime(worker.run() + " worked");
    }
}
