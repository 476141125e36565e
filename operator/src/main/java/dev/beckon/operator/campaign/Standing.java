package dev.beckon.operator.campaign;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Holder;
import dev.beckon.operator.worker.WorkerRun;
import java.time.Instant;
import java.util.Optional;

/** How one account of a campaign stands. */
public sealed interface Standing {
    TelegramAccount account();

    /**
     * A worker runs.
     *
     * @param outdated whether it works by an order that was edited since
     * @param trouble why its pod does not start, in Kubernetes' words
     */
    record Working(TelegramAccount account, WorkerRun run, boolean outdated, Optional<String> trouble)
            implements Standing {}

    /** Nobody is left for this account, or nobody is assigned to it yet. */
    record NothingToDo(TelegramAccount account) implements Standing {}

    /** Goes on by itself at a time. */
    record Until(TelegramAccount account, Instant at, Reason reason, String message) implements Standing {}

    /**
     * A worker is to be started now.
     *
     * @param run its number
     * @param failures how many runs before it failed in a row
     */
    record Due(TelegramAccount account, int run, int failures) implements Standing {}

    /**
     * Others have the account.
     *
     * @param holder what has it
     */
    record Queued(TelegramAccount account, Holder holder) implements Standing {}

    /** The account is on its way to be usable; the campaign is looked at again when the account changes. */
    record Awaiting(TelegramAccount account, Reason reason, String message) implements Standing {}

    /**
     * A person, or another resource, must do something first.
     *
     * @param again when it is tried again all the same; absent when a change of the cluster tells
     * @param onWrite what is done as soon as something that the last worker could not use was written anew
     */
    record Blocked(
            TelegramAccount account, Reason reason, String message, Optional<Instant> again, Optional<OnWrite> onWrite)
            implements Standing {
        Blocked(TelegramAccount account, Reason reason, String message, Optional<Instant> again) {
            this(account, reason, message, again, Optional.empty());
        }
    }

    /**
     * What is done when something was written anew.
     *
     * @param since what was written before that, the last worker has read
     * @param from not before then
     */
    record OnWrite(Instant since, Instant from, Due due) {}
}
