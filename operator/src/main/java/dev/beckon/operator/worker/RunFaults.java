package dev.beckon.operator.worker;

import dev.beckon.operator.Statuses;
import dev.beckon.operator.condition.Reason;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a repetition of a run would not mend, in the words of its worker. The exit code says that it is so, the result why.
 * Pure.
 */
public final class RunFaults {
    /** The worker's words that are reasons of ours too: none of the others may look like a condition's own. */
    private static final Set<Reason> NAMED = EnumSet.of(
            Reason.AudienceUnreadable,
            Reason.ContentUnreadable,
            Reason.SourceNotAdministered,
            Reason.DatasetEmpty,
            Reason.MemberListHidden,
            Reason.ChannelHasNoAuthors,
            Reason.SourceChanged,
            Reason.SourceRefused,
            Reason.CredentialsMissing,
            Reason.InvalidSpec,
            Reason.CampaignFault,
            Reason.ChatNotFound,
            Reason.TargetChanged,
            Reason.NoRightToInvite,
            Reason.NoInviteLink,
            Reason.ChatAdminRequired,
            Reason.ChatWriteForbidden,
            Reason.ChannelPrivate,
            Reason.UsersTooMuch,
            Reason.AccountIsBot,
            Reason.LoginRefused,
            Reason.PhoneNotRegistered,
            Reason.LoginTimedOut);

    /** Words of the worker for what has another name here. */
    private static final Map<String, Reason> OTHER_WORDS =
            Map.of("BadInput", Reason.InvalidSpec, "BotAccount", Reason.AccountIsBot);

    /** Begins what a condition adds to a worker's words: when the same is tried again. */
    public static final String AGAIN = " Tried again ";

    private RunFaults() {}

    /**
     * Why the run can't work as declared; empty when a repetition may help.
     *
     * @param code absent when the pod is gone, or its worker is of another release and has codes that we don't know
     * @param result absent when the worker was killed before it could tell
     */
    static Optional<Reason> reason(Optional<ExitCode> code, Optional<RunResult> result) {
        Optional<Reason> named = result.flatMap(RunFaults::named);
        if (code.isEmpty()) {
            return result.filter(it -> it.ending() == Ending.FAULT).map(it -> named.orElse(Reason.CampaignFault));
        }
        return switch (code.get()) {
            case CAMPAIGN_FAULT -> Optional.of(named.orElse(Reason.CampaignFault));
            case BAD_INPUT -> Optional.of(named.orElse(Reason.InvalidSpec));
            case LOGIN_REFUSED -> Optional.of(named.orElse(Reason.LoginRefused));
            case LOGIN_REQUIRED -> named.filter(it -> it == Reason.LoginTimedOut || it == Reason.LoginRefused);
            case OK, USAGE, ACCOUNT_LIMITED, LEASE_HELD, LEDGER_UNAVAILABLE, TELEGRAM_UNAVAILABLE, INTERNAL ->
                Optional.empty();
        };
    }

    private static Optional<Reason> named(RunResult result) {
        return named(result.reason());
    }

    /** The reason that the worker's word stands for, if it is one of ours. */
    public static Optional<Reason> named(String word) {
        return Optional.ofNullable(OTHER_WORDS.get(word))
                .or(() -> Reason.of(word).filter(NAMED::contains));
    }

    /** The worker's sentence. One whose word is no reason of ours begins with that word, so that it is not lost. */
    static String message(Optional<ExitCode> code, Optional<RunResult> result) {
        if (result.isEmpty()) {
            return code.map(RunFaults::meaning)
                    .orElse("The last worker was ended from outside before it could tell a result.");
        }
        String word = result.get().reason();
        String message = result.get().message();
        boolean told = named(result.get()).isPresent()
                || result.get().ending() != Ending.FAULT
                || word.isBlank()
                || message.contains(word);
        return told ? message : word + ": " + message;
    }

    /** A worker's sentence may lack its full stop. */
    public static String closed(String sentence) {
        return sentence.matches("(?s).*[.!?]\\s*") ? sentence.strip() : sentence.strip() + ".";
    }

    /** The worker's words of a condition's message, without when the same is tried again. */
    public static String said(String message) {
        int end = message.lastIndexOf(AGAIN);
        return end < 0 ? message : message.substring(0, end);
    }

    /**
     * What a worker said of its input, and when the same is tried again.
     *
     * @param fault one that a change may mend
     */
    public static String untilWritten(RunHistory.Sequel.Fault fault, String noun, WorkerRun last) {
        // After the first time what is changed again and again is taken up less and less often.
        String from = fault.onWrite()
                .filter(_ -> fault.failures() > 1 && fault.again().isEmpty())
                .map(at -> ", though not before " + Statuses.seconds(at))
                .orElse("");
        return closed(fault.message()) + AGAIN
                + fault.again()
                        .map(at -> "at " + Statuses.seconds(at) + ", or ")
                        .orElse("") + "as soon as the " + noun
                + ", or a Secret or ConfigMap that it uses, is changed" + from + ", or " + last.called()
                + " is deleted.";
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
}
