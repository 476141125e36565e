package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/** What the operator knows about a campaign: sums and causes, never a row per person. */
@JsonClassDescription("What the operator knows about the campaign. It writes here; nobody else does.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InviteCampaignStatus(
        @JsonPropertyDescription(
                "The conditions in one word. Waiting resumes by itself at nextActionTime; Paused waits for a person, to"
                        + " acknowledge or to mend what the conditions say; Suspended waits for spec.suspend to be false.")
        State state,

        @JsonPropertyDescription("The metadata.generation this status was computed from.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Succeeded says whether the campaign is done; Ready, of a webhook campaign, whether people are taken in."
                        + " Reconciling and Stalled follow kstatus.")
        List<Condition> conditions,

        @JsonPropertyDescription("How far the campaign is, in people.")
        Progress progress,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Why people were skipped, failed or are unknown, by reason, the most frequent first; then lines of the audience that are"
                        + " no person, such as BadLine. Who was invited, sent the link or a member is in progress.")
        List<OutcomeCount> outcomes,

        @JsonPropertyDescription(
                "People done in an hour, measured over the time worked within the last one; absent in the first minute.")
        Long ratePerHour,

        @JsonPropertyDescription(
                "When the campaign will be done if it goes on at ratePerHour without a wait; absent in the first ten minutes and"
                        + " while it waits.")
        Instant estimatedCompletionTime,

        @JsonPropertyDescription("When the next person is due.")
        Instant nextActionTime,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What a campaign that is not at work waits for: Pause, QuietHours, FloodWait, SlowMode, JoinApproval, DailyLimit, ChatLimit, Retry, FrequencyCap,"
                        + " Settlement, Webhook (somebody to come), Account (another campaign has its turn), AccountNotReady (a login goes on), WorkerBackOff,"
                        + " LedgerUnavailable, or the reason for"
                        + " which it is stalled.")
        String waitingFor,

        @Size(max = 256) @JsonPropertyDescription("Each account of the campaign, until it has ended.")
        List<AccountProgress> accounts,

        @JsonPropertyDescription("The most recent error.") LastError lastError,

        @Size(max = 512) @JsonPropertyDescription("What runs now.")
        List<WorkerRef> workers,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The value of the annotation beckon.dev/requeue-unknown that was seen to last, or its digest: also a database that was"
                        + " restored since does not have it carried out once more.")
        String requeueUnknown,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The value of the annotation beckon.dev/reassign that was seen to last, or its digest.")
        String reassign,

        @JsonPropertyDescription("Set while the campaign is Paused.")
        TrippedBreaker breaker,

        @JsonPropertyDescription(
                "When the first worker was started, or the webhook was opened. From then on target, accounts, audience and consent"
                        + " are fixed.")
        Instant startTime,

        @JsonPropertyDescription("When the campaign ended.") Instant completionTime,

        @JsonPropertyDescription("When the last person was invited or sent a link.")
        Instant lastInviteTime,

        @JsonPropertyDescription("The ledger's sequence number this status was computed from.")
        Long ledgerSequence) {

    public InviteCampaignStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
        accounts = accounts == null ? List.of() : List.copyOf(accounts);
        workers = workers == null ? List.of() : List.copyOf(workers);
    }

    public enum State {
        /** Accepted; nothing runs yet. */
        Pending,
        /** The audience is being read into the ledger. */
        Importing,
        /** A worker contacts people. */
        Running,
        /** Resumes by itself. */
        Waiting,
        /** A breaker tripped: a person must acknowledge. */
        Paused,
        /** {@code spec.suspend} is set. */
        Suspended,
        Succeeded,
        Failed
    }

    /**
     * Every person is, at any time, exactly one of done, pending, in flight and unknown; done is the sum of invited, linkSent,
     * alreadyMember, skipped and failed.
     *
     * @param summary {@code done/total}, for the column
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Progress(
            @Size(max = 64) @JsonPropertyDescription("done/total, for people's eyes.")
            String summary,

            @JsonPropertyDescription("People of the audience, each counted once.")
            long total,

            @JsonPropertyDescription(
                    "People with a final outcome: invited, linkSent, alreadyMember, skipped and failed.")
            long done,

            @JsonPropertyDescription("done in percent of total, rounded down.")
            int percent,

            @JsonPropertyDescription("Added to the chat by us.")
            long invited,

            @JsonPropertyDescription("Sent the link in a personal message.")
            long linkSent,

            @JsonPropertyDescription("Were in the chat already.")
            long alreadyMember,

            @JsonPropertyDescription(
                    "Left alone: suppressed, without consent, or kept away by their own privacy settings.")
            long skipped,

            @JsonPropertyDescription("Could not be reached, finally.")
            long failed,

            @JsonPropertyDescription("Still to do.") long pending,

            @JsonPropertyDescription("Being contacted right now.")
            long inFlight,

            @JsonPropertyDescription(
                    "Whether they were contacted can't be known, after a kill in mid-call. They are not contacted again unless a"
                            + " person says so.")
            long unknown) {

        /** Adds what follows from the counts: how many are done, {@code done/total}, and whole percents rounded down, 0 of nobody. */
        public static Progress of(
                long total,
                long invited,
                long linkSent,
                long alreadyMember,
                long skipped,
                long failed,
                long pending,
                long inFlight,
                long unknown) {
            long done = invited + linkSent + alreadyMember + skipped + failed;
            int percent = total == 0 ? 0 : (int) (100 * done / total);
            return new Progress(
                    done + "/" + total,
                    total,
                    done,
                    percent,
                    invited,
                    linkSent,
                    alreadyMember,
                    skipped,
                    failed,
                    pending,
                    inFlight,
                    unknown);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record OutcomeCount(
            @Required
            @Size(max = 128)
            @JsonPropertyDescription("The outcome's reason, such as PrivacyRestricted or NotFound.")
            String reason,

            @JsonPropertyDescription("People.") long count) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AccountProgress(
            @Required @Size(max = 253) @JsonPropertyDescription("Name of the TelegramAccount.")
            String name,

            @JsonPropertyDescription("Its state.") TelegramAccountStatus.State state,

            @JsonPropertyDescription(
                    "People it tried to invite in the last 24 hours, over all campaigns; a refusal counts too.")
            int today,

            @JsonPropertyDescription("People it may still try to invite now, by its limits.")
            int left) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record WorkerRef(
            @Required @Size(max = 253) @JsonPropertyDescription("Name of the TelegramAccount it works with.")
            String account,

            @Size(max = 63) @JsonPropertyDescription("Kind of the object.")
            String kind,

            @Size(max = 253) @JsonPropertyDescription("Name of the object.")
            String name) {}

    public static InviteCampaignStatusBuilder builder() {
        return new InviteCampaignStatusBuilder();
    }
}
