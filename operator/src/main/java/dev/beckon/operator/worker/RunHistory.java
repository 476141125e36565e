package dev.beckon.operator.worker;

import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** What follows from how the last run of a worker ended. Pure. */
public final class RunHistory {
    private final Settings.Pace pace;

    public RunHistory(Settings settings) {
        this.pace = settings.pace();
    }

    /** What follows. */
    public sealed interface Sequel {
        /** The next run may start, as far as this one is concerned. */
        record Free(int failures) implements Sequel {}

        /** It ended by a fault of its own, or of something around it: try again at a time. */
        record BackOff(Instant until, int failures, String message) implements Sequel {}

        /** It can't work as declared; tried again at a time, in case somebody mended it where we can't see it. */
        record Fault(Instant until, int failures, Reason reason, String message) implements Sequel {}
    }

    /**
     * What follows from the run.
     *
     * @param pod absent when it was removed, or died with its node
     */
    public Sequel after(WorkerRun last, Optional<WorkerPod> pod) {
        Instant ended = last.finished().orElse(last.created());
        Optional<RunResult> result = pod.flatMap(WorkerPod::result);
        Optional<ExitCode> code = pod.flatMap(WorkerPod::exitCode).flatMap(RunHistory::exitCode);
        int failures = last.failures() + 1;
        Optional<Reason> fault = code.flatMap(RunHistory::fault)
                .or(() -> result.filter(it -> it.ending() == Ending.FAULT).map(it -> Reason.CampaignFault));
        if (fault.isPresent()) {
            return new Sequel.Fault(ended.plus(pace.longestBackOff()), failures, fault.get(), failed(code, result));
        }
        return switch (last.phase()) {
            case ACTIVE -> new Sequel.Free(last.failures());
            case SUCCEEDED ->
                result.filter(it -> it.ending() == Ending.COMPLETED).isPresent()
                        // People are left although it said that nobody is: never start one after the other without a
                        // pause.
                        ? backOff(ended, failures, "The last worker found nobody to contact, yet people are pending.")
                        : new Sequel.Free(0);
            case FAILED -> backOff(ended, failures, failed(code, result));
        };
    }

    private Sequel backOff(Instant ended, int failures, String message) {
        return new Sequel.BackOff(ended.plus(delay(failures)), failures, message);
    }

    /** Doubles with each failure in a row. */
    private Duration delay(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration delay = pace.firstBackOff().multipliedBy(1L << doublings);
        return delay.compareTo(pace.longestBackOff()) > 0 ? pace.longestBackOff() : delay;
    }

    private static String failed(Optional<ExitCode> code, Optional<RunResult> result) {
        return result.map(RunHistory::told)
                .orElseGet(() -> code.map(RunHistory::meaning)
                        .orElse("The last worker was ended from outside before it could tell a result."));
    }

    private static String told(RunResult result) {
        return result.message();
    }

    private static String meaning(ExitCode code) {
        return switch (code) {
            case OK -> "The last worker ended in order.";
            case USAGE -> "The worker can't read its order: operator and worker image must be of one release.";
            case BAD_INPUT -> "The worker can't read the audience or its order; its log tells where.";
            case CAMPAIGN_FAULT -> "Telegram says that the campaign can't work as declared.";
            case LOGIN_REQUIRED -> "The account's session is gone.";
            case ACCOUNT_LIMITED -> "The account is limited or banned.";
            case LOGIN_REFUSED -> "The login was refused.";
            case LEASE_HELD -> "Another process still holds the account's lease.";
            case LEDGER_UNAVAILABLE -> "The worker can't reach the ledger, or it is not migrated.";
            case TELEGRAM_UNAVAILABLE -> "The worker can't reach Telegram.";
            case INTERNAL -> "The worker ended by a bug; its log has the cause.";
        };
    }

    /** What a repetition does not mend. */
    private static Optional<Reason> fault(ExitCode code) {
        return switch (code) {
            case CAMPAIGN_FAULT -> Optional.of(Reason.CampaignFault);
            case BAD_INPUT -> Optional.of(Reason.AudienceUnreadable);
            case LOGIN_REFUSED -> Optional.of(Reason.LoginRefused);
            case OK,
                    USAGE,
                    LOGIN_REQUIRED,
                    ACCOUNT_LIMITED,
                    LEASE_HELD,
                    LEDGER_UNAVAILABLE,
                    TELEGRAM_UNAVAILABLE,
                    INTERNAL -> Optional.empty();
        };
    }

    private static Optional<ExitCode> exitCode(int code) {
        return Arrays.stream(ExitCode.values()).filter(it -> it.code() == code).findFirst();
    }
}
