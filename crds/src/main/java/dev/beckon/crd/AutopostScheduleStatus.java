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

/** What the operator knows about a schedule: sums, the last post and the newest one's targets, never a row per post. */
@JsonClassDescription("What the operator knows about the schedule. It writes here; nobody else does.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AutopostScheduleStatus(
        @JsonPropertyDescription(
                "The conditions in one word. Scheduled waits for the next post to be due; Exhausted has no post left; Waiting resumes"
                        + " by itself at nextActionTime; Paused waits for a person to mend what the conditions say; Suspended waits for"
                        + " spec.suspend to be false.")
        State state,

        @JsonPropertyDescription("The metadata.generation this status was computed from.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Ready says whether the schedule is kept; Reconciling and Stalled follow kstatus; LastAction tells what became of an"
                        + " annotation.")
        List<Condition> conditions,

        @JsonPropertyDescription("How many of the posts were used.")
        Progress progress,

        @JsonPropertyDescription("When a post was last published.")
        Instant lastPublishTime,

        @JsonPropertyDescription(
                "When the next post is due by the schedule; in the past while a post that is due has not begun. Absent while there is none:"
                        + " the schedule is Exhausted.")
        Instant nextPublishTime,

        @JsonPropertyDescription("The post that was published last.")
        LastPost lastPost,

        @Size(max = 20)
        @JsonPropertyDescription(
                "What became of the newest post in each of spec.targets. A run that found no post leaves the one before it told.")
        List<TargetOutcome> targets,

        @JsonPropertyDescription("Posts, counted for each target, that Telegram refused.")
        Long failures,

        @JsonPropertyDescription(
                "Posts, counted for each target, of which nobody can tell whether they were published: a worker died in mid-call. None is"
                        + " repeated by itself; unknownPosts names them.")
        Long outcomeUnknown,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Names of posts of which nobody can tell whether they are in a chat, the newest first. Whoever looked, and did not find one"
                        + " there, has it published again by the annotation beckon.dev/requeue-unknown with that name.")
        List<@Size(max = 253) String> unknownPosts,

        @Size(max = 16) @JsonPropertyDescription("The same posts with the chats of which nobody can tell.")
        List<UnknownOutcome> unknownOutcomes,

        @JsonPropertyDescription("Runs that were due and did not begin in time.")
        Long missed,

        @JsonPropertyDescription(
                "The last of them that Kubernetes had made a Job for, and what kept it from Telegram. Those for which no Job was made are"
                        + " counted only.")
        LastMissed lastMissed,

        @JsonPropertyDescription("Every run that was due until then has begun, or was counted as missed.")
        Instant settledUntil,

        @JsonPropertyDescription("When a run that waits goes on.")
        Instant nextActionTime,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What a run that is not at work waits for: FloodWait, SlowMode, Account (another resource has its turn),"
                        + " AccountNotReady (a login goes on), WorkerBackOff, LedgerUnavailable, or the reason for which it is stalled.")
        String waitingFor,

        @JsonPropertyDescription("The most recent error.") LastError lastError,

        @Size(max = 16) @JsonPropertyDescription("Names of the Jobs that are at work or wait for their turn.")
        List<@Size(max = 63) String> jobs,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The value of the annotation beckon.dev/publish-now that was carried out last, or its digest.")
        String publishNow,

        @Size(max = 64)
        @JsonPropertyDescription(
                "The value of the annotation beckon.dev/requeue-unknown that was seen to last, or its digest: also a database that was"
                        + " restored since does not have it carried out once more.")
        String requeueUnknown,

        @JsonPropertyDescription("Set while the schedule is Paused by a database that was restored.")
        TrippedBreaker breaker,

        @JsonPropertyDescription("When the first worker was started.")
        Instant startTime,

        @JsonPropertyDescription("The ledger's sequence number this status was computed from.")
        Long ledgerSequence) {

    public AutopostScheduleStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
        targets = targets == null ? List.of() : List.copyOf(targets);
        unknownPosts = unknownPosts == null ? List.of() : List.copyOf(unknownPosts);
        unknownOutcomes = unknownOutcomes == null ? List.of() : List.copyOf(unknownOutcomes);
    }

    public enum State {
        /** Accepted; nothing runs yet. */
        Pending,
        /** The schedule is kept; no post is due. */
        Scheduled,
        /** A worker publishes. */
        Running,
        /** Resumes by itself. */
        Waiting,
        /** A person must mend something. */
        Paused,
        /** {@code spec.suspend} is set. */
        Suspended,
        /** Every post was used; the schedule is kept for more. */
        Exhausted
    }

    /** @param summary {@code used/total}, for the column */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Progress(
            @Size(max = 64) @JsonPropertyDescription("Posts used of all posts, for people's eyes.")
            String summary,

            @JsonPropertyDescription("Posts, as the last run found them.")
            long total,

            @JsonPropertyDescription("Posts that were used in this round.")
            long used,

            @JsonPropertyDescription("Posts that are left in this round.")
            long remaining,

            @JsonPropertyDescription("1, and one more whenever all posts were used and whenExhausted is Repeat.")
            long round,

            @JsonPropertyDescription("Publications so far: one for each post and target.")
            long published) {}

    /** @param text its beginning: it is public in the chat */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LastPost(
            @Size(max = 64) @JsonPropertyDescription("The beginning of its text.")
            String text,

            @Size(max = 512)
            @JsonPropertyDescription(
                    "Where it stands, as Telegram links it; absent where a chat's posts have no links.")
            String link) {}

    /** What became of a post in one target. */
    public enum Outcome {
        /** Still to be sent. */
        Pending,
        /** Being sent, or sent by a worker who died: settled by asking Telegram. */
        InFlight,
        Published,
        /** Telegram refused it, or it is not to be sent any more. */
        Failed,
        /** Nobody can tell whether it is there. */
        OutcomeUnknown,
        /** The run does not come to this target. */
        NotTried
    }

    /** @param target one that differs from all others in the list */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TargetOutcome(
            @Required
            @Size(max = 128)
            @JsonPropertyDescription(
                    "As spec.targets has it. A private invite link, which lets in whoever reads it, is told by its place: invite link"
                            + " spec.targets[2].")
            String target,

            @Required
            @JsonPropertyDescription(
                    "Pending is still to be sent; InFlight is being sent, or was when its worker died, and is settled by asking Telegram;"
                            + " Published is in the chat; Failed was refused, or is sent no more, as reason says; OutcomeUnknown: nobody"
                            + " can tell, see unknownPosts; NotTried: the run ended before it came to this target, or the target was"
                            + " written, or written otherwise, since.")
            Outcome outcome,

            @Size(max = 64)
            @JsonPropertyDescription(
                    "Why it failed, in one word, such as ChatWriteForbidden; PlainText of a post that was published without its"
                            + " formatting, which Telegram refused.")
            String reason,

            @Size(max = 512)
            @JsonPropertyDescription(
                    "Where the post stands, as Telegram links it; absent where a chat's posts have no links.")
            String link,

            @JsonPropertyDescription("When the outcome was written down; absent before.")
            Instant time) {}

    /** @param targets as {@link TargetOutcome} names them */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record UnknownOutcome(
            @Required @Size(max = 253) @JsonPropertyDescription("The post's name, as unknownPosts has it.")
            String post,

            @JsonPropertyDescription(
                    "In how many chats it is published again if a person says so, those that are no target any more included.")
            long chats,

            @Size(max = 20)
            @JsonPropertyDescription(
                    "Those of them that are in spec.targets, as status.targets names them. Of a post that had several turns, those of the"
                            + " last.")
            List<@Size(max = 128) String> targets) {

        public UnknownOutcome {
            targets = targets == null ? List.of() : List.copyOf(targets);
        }
    }

    /** @param time when the run was due: those up to it are counted */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record LastMissed(
            @JsonPropertyDescription("When it was due.") Instant time,

            @Size(max = 64)
            @JsonPropertyDescription(
                    "What it waited for, in one word: PodNotStarted, Replaced (by the next run), DeadlineExceeded, or a word of waitingFor.")
            String reason,

            @Size(max = 4096) @JsonPropertyDescription("One sentence for a person to read.")
            String message) {}

    public static AutopostScheduleStatusBuilder builder() {
        return new AutopostScheduleStatusBuilder();
    }
}
