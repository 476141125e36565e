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

/** What the operator knows about a parser: sums and causes, never a row per person. */
@JsonClassDescription("What the operator knows about the parser. It writes here; nobody else does.")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ParserJobStatus(
        @JsonPropertyDescription(
                "The conditions in one word. Scheduled waits for the next run to be due; Waiting resumes by itself at"
                        + " nextActionTime; Paused waits for a person to mend what the conditions say; Suspended waits for spec.suspend"
                        + " to be false.")
        State state,

        @JsonPropertyDescription("The metadata.generation this status was computed from.")
        Long observedGeneration,

        @Size(max = 16)
        @JsonPropertyDescription(
                "Succeeded says whether a single run is done, Ready whether a schedule is kept; Reconciling and Stalled follow"
                        + " kstatus.")
        List<Condition> conditions,

        @JsonPropertyDescription("How far the latest run is, in people.")
        Progress progress,

        @JsonPropertyDescription("The newest complete dataset: what a campaign with audience.parserJobRef takes.")
        Dataset dataset,

        @JsonPropertyDescription("When the next page, or the next run, is due.")
        Instant nextActionTime,

        @Size(max = 64)
        @JsonPropertyDescription(
                "What a run that is not at work waits for: FloodWait, DailyLimit, Account (another resource has its turn),"
                        + " AccountNotReady (a login goes on), ExportFailed, WorkerBackOff, LedgerUnavailable, or the reason for which"
                        + " it is stalled.")
        String waitingFor,

        @JsonPropertyDescription("The last time for which a run was due.")
        Instant lastScheduleTime,

        @JsonPropertyDescription("When the next run is due by the schedule.")
        Instant nextScheduleTime,

        @JsonPropertyDescription("The most recent error.") LastError lastError,

        @Size(max = 16) @JsonPropertyDescription("Names of the Jobs that are at work or wait for their turn.")
        List<@Size(max = 63) String> jobs,

        @JsonPropertyDescription("Set while the parser is Paused by a breaker, or by a database that was restored.")
        TrippedBreaker breaker,

        @JsonPropertyDescription("When the first worker was started.")
        Instant startTime,

        @JsonPropertyDescription("When a single run ended.") Instant completionTime,

        @JsonPropertyDescription("The ledger's sequence number this status was computed from.")
        Long ledgerSequence) {

    public ParserJobStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
    }

    public enum State {
        /** Accepted; nothing runs yet. */
        Pending,
        /** The schedule is kept; no run is due. */
        Scheduled,
        /** A worker reads the chat. */
        Running,
        /** Resumes by itself. */
        Waiting,
        /** A person must mend something. */
        Paused,
        /** {@code spec.suspend} is set. */
        Suspended,
        Succeeded
    }

    /** @param summary {@code listed/chatTotal}, for the column; of authors, the messages */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Progress(
            @Size(max = 64) @JsonPropertyDescription("Listed of all members, or messages read, for people's eyes.")
            String summary,

            @JsonPropertyDescription("Entries of the list, or messages, that were looked at.")
            long scanned,

            @JsonPropertyDescription("People kept.") long collected,

            @JsonPropertyDescription("Members that Telegram listed: never more than 10,000, and none of a hidden list.")
            long listed,

            @JsonPropertyDescription("Members that the chat has, as Telegram says.")
            long chatTotal,

            @JsonPropertyDescription("Bots that were left out.")
            long bots,

            @JsonPropertyDescription("Deleted accounts that were left out.")
            long deleted,

            @JsonPropertyDescription("Left out by another filter, or beyond the limit.")
            long filtered,

            @JsonPropertyDescription("Met before in the same run.")
            long duplicates,

            @JsonPropertyDescription(
                    "scanned in percent of what can be listed; 100 at the end; absent of authors before it.")
            Integer percent) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Dataset(
            @Required @Size(max = 64) @JsonPropertyDescription("The run that made it.")
            String id,

            @JsonPropertyDescription("People that are kept now: fewer when somebody was erased, 0 after retention.")
            long rows,

            @Size(max = 64)
            @JsonPropertyDescription("SHA-256 of its NDJSON export; absent once somebody was erased from it.")
            String sha256,

            @JsonPropertyDescription(
                    "Whether the account administered the chat: only then may a campaign invite these people.")
            Boolean administered,

            @JsonPropertyDescription("When it was complete.")
            Instant completionTime,

            @JsonPropertyDescription(
                    "The file that was written of it, as spec.export named it then; absent before that.")
            ParserJobSpec.Export export) {}

    public static ParserJobStatusBuilder builder() {
        return new ParserJobStatusBuilder();
    }
}
