package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the end of a worker means for whoever plays the operator: whether the work needs a successor, and when. */
final class Endings {
    /** People who wait this long wait for the frequency cap, not for us. */
    private static final Duration WAITS_FOR_THE_CAP = Duration.ofHours(12);

    /** The longest an unreachable server is waited for: the run itself starts it again. */
    private static final Duration SERVER_IS_BACK = Duration.ofSeconds(2);

    /** In a row: a data centre that is killed is back sooner, also on a busy machine, where it may be killed again meanwhile. */
    private static final int MOST_UNAVAILABLE = 6;

    private final Account account;
    private int unavailable;

    Endings(Account account) {
        this.account = account;
    }

    /**
     * Waits as long as the worker said it has to.
     *
     * @return whether the work is done
     * @throws AccountLife.Stuck when it can't be brought to its end
     */
    boolean done(WorkerProcess worker) throws InterruptedException {
        Optional<RunResult> result =
                worker.killed() ? Optional.empty() : worker.folder().result();
        if (result.isEmpty()) {
            return false;
        }
        unavailable = worker.exitCode() == ExitCode.TELEGRAM_UNAVAILABLE.code() ? unavailable + 1 : 0;
        if (unavailable > MOST_UNAVAILABLE) {
            throw new AccountLife.Stuck(account.name() + ": Telegram does not answer it any more");
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
                throw new AccountLife.Stuck(worker.run() + ": " + result.get().reason() + ": "
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
