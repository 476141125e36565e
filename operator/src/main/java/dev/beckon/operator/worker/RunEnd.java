package dev.beckon.operator.worker;

import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.util.Arrays;
import java.util.Optional;

/** How a run ended, in one word of {@code docs/exit-codes.md}; a label of metrics. */
public enum RunEnd {
    Completed,
    Waiting,
    Yielded,
    Paused,
    Usage,
    BadInput,
    CampaignFault,
    LoginRequired,
    AccountLimited,
    LoginRefused,
    LeaseHeld,
    LedgerUnavailable,
    TelegramUnavailable,
    Internal,
    /** By a signal: it ran out of memory, its lease did, or its node or somebody ended it. */
    Killed,
    /** Its last words are missing, or are those of a worker of another release. */
    Untold;

    /** A shell's way to tell of a signal: 128 and its number. */
    private static final int SIGNAL = 128;

    /**
     * Whether the pod's run ended by this step, and how.
     *
     * @param before absent when it is heard of for the first time: how it ended was counted when it did, if anybody was there then
     */
    static Optional<RunEnd> between(Optional<WorkerPod> before, WorkerPod now) {
        boolean wasOver = before.filter(RunEnd::isOver).isPresent();
        return before.isPresent() && isOver(now) && !wasOver ? Optional.of(of(now)) : Optional.empty();
    }

    /** A pod that waits at its gate has not begun. */
    private static boolean isOver(WorkerPod pod) {
        return pod.exitCode().isPresent() || (!pod.live() && !pod.gated());
    }

    private static RunEnd of(WorkerPod pod) {
        int code = pod.exitCode().orElse(-1);
        return Arrays.stream(ExitCode.values())
                .filter(it -> it.code() == code)
                .findFirst()
                .map(it -> of(it, pod.result()))
                .orElse(code > SIGNAL ? Killed : Untold);
    }

    private static RunEnd of(ExitCode code, Optional<RunResult> result) {
        return switch (code) {
            case OK -> result.map(RunResult::ending).map(RunEnd::of).orElse(Untold);
            case USAGE -> Usage;
            case BAD_INPUT -> BadInput;
            case CAMPAIGN_FAULT -> CampaignFault;
            case LOGIN_REQUIRED -> LoginRequired;
            case ACCOUNT_LIMITED -> AccountLimited;
            case LOGIN_REFUSED -> LoginRefused;
            case LEASE_HELD -> LeaseHeld;
            case LEDGER_UNAVAILABLE -> LedgerUnavailable;
            case TELEGRAM_UNAVAILABLE -> TelegramUnavailable;
            case INTERNAL -> Internal;
        };
    }

    private static RunEnd of(RunResult.Ending ending) {
        return switch (ending) {
            case COMPLETED -> Completed;
            case WAITING -> Waiting;
            case YIELDED -> Yielded;
            case PAUSED -> Paused;
            case FAULT -> Untold;
        };
    }
}
