package dev.beckon.crd;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What a user declares about a schedule. Printed without its targets and posts. */
@JsonClassDescription("What is to be published, where and when.")
@JsonIgnoreProperties(ignoreUnknown = true)
public record AutopostScheduleSpec(
        @Required
        @Size(max = 128)
        @ValidationRule(value = Rules.CRON, message = Rules.CRON_MESSAGE)
        @JsonPropertyDescription(
                "When a post is published, as in a CronJob: minute, hour, day of month, month, day of week, such as 0 9 * * *.")
        String schedule,

        @Size(max = 64)
        @ValidationRule(value = Rules.TIME_ZONE, message = Rules.TIME_ZONE_MESSAGE)
        @JsonPropertyDescription(
                "Time zone of the schedule, from the IANA list, such as Europe/Moscow. Left out: Etc/UTC.")
        String timeZone,

        @Required
        @Size(min = 1, max = 20)
        @ValidationRule(
                value = "self.all(t, " + Rules.CHAT_OF_T + ")",
                message =
                        "a target names no chat: write @name, https://t.me/name, an invite link https://t.me/+… or a numeric chat id in quotes")
        @JsonPropertyDescription(
                "The team's chats in which each post is published: @name, a t.me link, an invite link or a numeric chat id. The"
                        + " account joins nothing: it must be allowed to post there already.")
        List<@Size(min = 1, max = 128) String> targets,

        @Required
        @JsonPropertyDescription("The team's account that posts: a user, or a bot that administers the channel.")
        AccountByName account,

        @Required @JsonPropertyDescription("The posts, from exactly one source.")
        AutopostContent content,

        @Default("Sequential")
        @JsonPropertyDescription(
                "Which post is next. Sequential: the first that was not used. Random: any of them, each once before one comes again.")
        Order order,

        @Default("Stop")
        @JsonPropertyDescription(
                "What happens when every post was used. Stop: nothing is published until there are more. Repeat: they are used again.")
        WhenExhausted whenExhausted,

        @Default("Forbid")
        @JsonPropertyDescription(
                "What becomes of a run that is due while the one before it has not ended, as in a CronJob. Forbid: it is passed over."
                        + " Allow: it waits for its turn, for the account does one thing at a time. Replace: it takes the place of the"
                        + " other, whose post may then reach only some of its targets.")
        ConcurrencyPolicy concurrencyPolicy,

        @Min(10)
        @Max(604_800)
        @Default("3600")
        @JsonPropertyDescription(
                "How many seconds after its time a post may still begin to be published. One that could not begin by then, because"
                        + " the cluster, the database or the account was away, is missed.")
        Integer startingDeadlineSeconds,

        @Default("Skip")
        @JsonPropertyDescription(
                "What becomes of missed posts, and of those that were due while the schedule was suspended. Skip: they wait for the"
                        + " next time. PublishOnce: one post is published as soon as it can be, however many were missed.")
        MissedRuns missedRuns,

        @Default("false")
        @JsonPropertyDescription(
                "Stops publishing at the next safe point and makes no run due; false lets it go on where it stopped.")
        boolean suspend,

        @JsonPropertyDescription("How the worker's pods run on your cluster.")
        WorkerTemplate worker) {

    public AutopostScheduleSpec {
        targets = targets == null ? List.of() : List.copyOf(targets);
        order = requireNonNullElse(order, Order.Sequential);
        whenExhausted = requireNonNullElse(whenExhausted, WhenExhausted.Stop);
        concurrencyPolicy = requireNonNullElse(concurrencyPolicy, ConcurrencyPolicy.Forbid);
        startingDeadlineSeconds = requireNonNullElse(startingDeadlineSeconds, 3600);
        missedRuns = requireNonNullElse(missedRuns, MissedRuns.Skip);
    }

    /** Which post is next. */
    public enum Order {
        Sequential,
        Random
    }

    /** What happens when every post was used. */
    public enum WhenExhausted {
        Stop,
        Repeat
    }

    /** What becomes of a run that is due while the one before it has not ended, as Kubernetes names it. */
    public enum ConcurrencyPolicy {
        Allow,
        Forbid,
        Replace
    }

    /** What becomes of runs that were due and did not begin in time. */
    public enum MissedRuns {
        Skip,
        PublishOnce
    }

    @Override
    public String toString() {
        return "AutopostScheduleSpec[schedule=" + schedule + ", account=" + account + ", suspend=" + suspend + "]";
    }
}
