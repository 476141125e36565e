package dev.beckon.crd;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.time.Instant;

/**
 * What a user declares about a parser. Printed without its source.
 *
 * @param schedule null for a single run
 * @param export null when no file is to be written
 */
@ValidationRule(
        value = "!has(self.timeZone) || has(self.schedule)",
        message = "timeZone is of no use without schedule: a parser without one runs once, at once",
        fieldPath = ".timeZone")
@ValidationRule(
        value = "!has(self.filters.since) || self.collect == 'Authors'",
        message = "filters.since is the time of a message: it needs collect: Authors",
        fieldPath = ".filters")
@ValidationRule(
        value = "!has(self.filters.query) || self.collect == 'Members'",
        message = "filters.query searches a member list: it needs collect: Members",
        fieldPath = ".filters")
@JsonClassDescription("What the parser is to collect.")
@JsonIgnoreProperties(ignoreUnknown = true)
public record ParserJobSpec(
        @Required
        @Size(max = 128)
        @ValidationRule(
                value = Rules.CHAT,
                message =
                        "source names no chat: write @name, https://t.me/name, an invite link https://t.me/+… or a numeric chat id in quotes")
        @JsonPropertyDescription(
                "The chat whose people are collected: @name, a t.me link, an invite link or a numeric chat id. The account joins"
                        + " nothing: a private chat it must be in already.")
        String source,

        @Required @JsonPropertyDescription("The team's account that reads the chat. A bot sees no member list.")
        AccountByName account,

        @Default("Members")
        @JsonPropertyDescription("Members: the chat's member list. Authors: who wrote in it, newest message first.")
        Collect collect,

        @Default("{}") @JsonPropertyDescription("Who is left out. Everybody who is left out is counted.")
        Filters filters,

        @Min(1)
        @Max(100_000)
        @Default("10000")
        @JsonPropertyDescription(
                "At most so many people. Telegram ends every member list at 10,000; what it does not show is not got round.")
        Integer limit,

        @Size(max = 128)
        @ValidationRule(value = Rules.CRON, message = Rules.CRON_MESSAGE)
        @JsonPropertyDescription(
                "When the chat is read again, as in a CronJob: minute, hour, day of month, month, day of week. Left out: once, at"
                        + " once.")
        String schedule,

        @Size(max = 64)
        @ValidationRule(value = Rules.TIME_ZONE, message = Rules.TIME_ZONE_MESSAGE)
        @JsonPropertyDescription(
                "Time zone of the schedule, from the IANA list, such as Europe/Moscow. Left out: Etc/UTC.")
        String timeZone,

        @JsonPropertyDescription(
                "A file on a volume that is written when a run is complete. Without it people stay in the database; docs/parser.md"
                        + " tells how to fetch them.")
        Export export,

        @Size(max = 16)
        @Default("720h")
        @ValidationRule(
                value = Rules.DURATION + " && duration(self) >= duration('1h') && duration(self) <= duration('2160h')",
                message =
                        "retention is a duration from 1h to 2160h, such as 720h for 30 days (days are written in hours): member lists are kept for a short time")
        @JsonSerialize(using = GoDuration.Serializer.class)
        @JsonDeserialize(using = GoDuration.Deserializer.class)
        @JsonPropertyDescription(
                "How long the people of a dataset stay in the database after they were read. Their counts outlive it.")
        Duration retention,

        @Default("false")
        @JsonPropertyDescription(
                "Stops the parser at the next safe point and makes no run due; false lets it go on where it stopped.")
        boolean suspend,

        @JsonPropertyDescription("How the worker's pods run on your cluster.")
        WorkerTemplate worker) {

    public ParserJobSpec {
        collect = requireNonNullElse(collect, Collect.Members);
        filters = requireNonNullElse(filters, new Filters(null, null, null, null, null, null));
        limit = requireNonNullElse(limit, 10_000);
        retention = requireNonNullElse(retention, Duration.ofDays(30));
    }

    /** Whom to collect. */
    public enum Collect {
        Members,
        Authors
    }

    /** How a file is written. */
    public enum Format {
        Csv,
        Ndjson
    }

    /** Printed without the query, which may be a name. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Filters(
            @Default("true") @JsonPropertyDescription("Leaves bots out.")
            Boolean excludeBots,

            @Default("true") @JsonPropertyDescription("Leaves deleted accounts out.")
            Boolean excludeDeleted,

            @Default("false") @JsonPropertyDescription("Leaves out who has no username.")
            Boolean requireUsername,

            @Size(max = 16)
            @ValidationRule(
                    value = Rules.DURATION
                            + " && duration(self) >= duration('1h') && duration(self) <= duration('8760h')",
                    message =
                            "filters.activeWithin is a duration from 1h to 8760h, such as 720h for 30 days (days are written in hours)")
            @JsonSerialize(using = GoDuration.Serializer.class)
            @JsonDeserialize(using = GoDuration.Deserializer.class)
            @JsonPropertyDescription(
                    "Only who was surely online within this time. Telegram's \"recently\" counts as three days, \"within a week\" as"
                            + " seven, \"within a month\" as thirty.")
            Duration activeWithin,

            @JsonPropertyDescription(
                    "Of authors: only messages that are not older. RFC 3339, such as 2026-10-01T00:00:00Z.")
            Instant since,

            @Size(max = 64)
            @ValidationRule(
                    value = "self.trim() != ''",
                    message = "filters.query is blank: write the beginning of a name, or leave it out")
            @JsonPropertyDescription("Of members: only those whose name or username has a word that begins so.")
            String query) {

        public Filters {
            excludeBots = requireNonNullElse(excludeBots, true);
            excludeDeleted = requireNonNullElse(excludeDeleted, true);
            requireUsername = requireNonNullElse(requireUsername, false);
        }

        @Override
        public String toString() {
            return "Filters[]";
        }
    }

    @ValidationRule(
            value = "self.format == 'Csv' ? self.volume.path.matches('[.][cC][sS][vV]$') :"
                    + " self.volume.path.matches('[.](ndjson|jsonl)$')",
            message = "export.volume.path ends as its format says: .csv for Csv, .ndjson or .jsonl for Ndjson",
            fieldPath = ".volume")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Export(
            @Default("Csv")
            @JsonPropertyDescription("Csv: a header line and a line a person. Ndjson: a JSON object a line.")
            Format format,

            @Required @JsonPropertyDescription("Where the file is written.")
            ClaimFile volume) {

        public Export {
            format = requireNonNullElse(format, Format.Csv);
        }
    }

    @Override
    public String toString() {
        return "ParserJobSpec[account=" + account + ", collect=" + collect + "]";
    }
}
