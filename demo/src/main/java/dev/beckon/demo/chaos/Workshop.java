package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.Scenario.Account;
import java.util.Optional;

/** Starts workers of a run, and speaks for those that wait for an account. */
interface Workshop {
    WorkerProcess login(Account account, String name, Optional<Sabotage> sabotage);

    /** @param start unique to this worker within its account */
    WorkerProcess work(Account account, Work work, int start, String name, Optional<Sabotage> sabotage);

    /** Asks whoever holds the account to give it up. @return false when the ledger is away */
    boolean wishes(Account account, Work work);

    /** Takes that back. @return false when the ledger is away */
    boolean withdraws(Account account, Work work);

    StepJournal journal();
}
