package dev.beckon.crd;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How fast and when people are contacted. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Pacing(
        @Default("{}") @JsonPropertyDescription("Pause between two people, drawn uniformly from min to max.")
        Delay delay,

        @Default("{}") @JsonPropertyDescription("The hours in which people may be contacted.")
        Window window,

        @Min(1)
        @Max(200)
        @Default("100")
        @JsonPropertyDescription(
                "People brought into the chat in any 24 hours, by all accounts and campaigns together.")
        Integer perChatPerDay,

        @Size(max = 16)
        @Default("5m")
        @ValidationRule(
                value = Rules.DURATION + " && duration(self) >= duration('5s') && duration(self) <= duration('1h')",
                message = "pacing.hibernateAfter is a duration from 5s to 1h, such as 5m")
        @JsonSerialize(using = GoDuration.Serializer.class)
        @JsonDeserialize(using = GoDuration.Deserializer.class)
        @JsonPropertyDescription(
                "A wait longer than this gives the pod back; the campaign resumes by itself in a new one. A shorter wait is"
                        + " slept.")
        Duration hibernateAfter) {

    public Pacing {
        delay = requireNonNullElse(delay, new Delay(null, null));
        window = requireNonNullElse(window, new Window(null, null, null, null));
        perChatPerDay = requireNonNullElse(perChatPerDay, 100);
        hibernateAfter = requireNonNullElse(hibernateAfter, Duration.ofMinutes(5));
    }

    @ValidationRule(
            value = "!(self.min.matches('^([0-9]{1,6}[hms])+$') && self.max.matches('^([0-9]{1,6}[hms])+$'))"
                    + " || duration(self.min) <= duration(self.max)",
            message =
                    "pacing.delay.min is longer than pacing.delay.max: lower min or raise max (left out, min is 30s and max is 90s)")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Delay(
            @Size(max = 16)
            @Default("30s")
            @ValidationRule(
                    value = Rules.DURATION + " && duration(self) >= duration('1s') && duration(self) <= duration('1h')",
                    message = "pacing.delay.min is a duration from 1s to 1h, such as 30s")
            @JsonSerialize(using = GoDuration.Serializer.class)
            @JsonDeserialize(using = GoDuration.Deserializer.class)
            @JsonPropertyDescription("Shortest pause.")
            Duration min,

            @Size(max = 16)
            @Default("90s")
            @ValidationRule(
                    value = Rules.DURATION
                            + " && duration(self) >= duration('1s') && duration(self) <= duration('24h')",
                    message = "pacing.delay.max is a duration from 1s to 24h, such as 90s")
            @JsonSerialize(using = GoDuration.Serializer.class)
            @JsonDeserialize(using = GoDuration.Deserializer.class)
            @JsonPropertyDescription("Longest pause.")
            Duration max) {

        public Delay {
            min = requireNonNullElse(min, Duration.ofSeconds(30));
            max = requireNonNullElse(max, Duration.ofSeconds(90));
        }
    }

    /** Days of the week, as a user writes them. */
    public enum Day {
        Mon,
        Tue,
        Wed,
        Thu,
        Fri,
        Sat,
        Sun
    }

    /**
     * Quiet hours hold outside of it. No window reaches outside 08:00–22:00; times are compared as text, which works since they
     * all have five characters.
     */
    @ValidationRule(
            value = "!(self.start.matches('^[0-2][0-9]:[0-5][0-9]$') && self.end.matches('^[0-2][0-9]:[0-5][0-9]$'))"
                    + " || self.start < self.end",
            message = "pacing.window.start must be before pacing.window.end (left out, they are 09:00 and 20:00)")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Window(
            @Size(max = 8)
            @Default("\"09:00\"")
            @ValidationRule(
                    value = "self.matches('^[0-2][0-9]:[0-5][0-9]$') && self >= '08:00' && self < '22:00'",
                    message =
                            "pacing.window.start is a time such as \"09:00\", from 08:00 to before 22:00: nobody is contacted in the quiet hours")
            @JsonPropertyDescription("First minute, HH:mm, not before 08:00.")
            String start,

            @Size(max = 8)
            @Default("\"20:00\"")
            @ValidationRule(
                    value = "self.matches('^[0-2][0-9]:[0-5][0-9]$') && self > '08:00' && self <= '22:00'",
                    message =
                            "pacing.window.end is a time such as \"20:00\", from after 08:00 to 22:00: nobody is contacted in the quiet hours")
            @JsonPropertyDescription("Minute at which it closes, HH:mm, not after 22:00.")
            String end,

            @Size(max = 64)
            @Default("Etc/UTC")
            @ValidationRule(
                    value = Rules.TIME_ZONE,
                    message =
                            "pacing.window.timeZone is no time zone of the IANA list, such as Europe/Berlin or Etc/UTC")
            @JsonPropertyDescription("Time zone of the people, from the IANA list, such as Europe/Moscow.")
            String timeZone,

            @Size(min = 1, max = 7)
            @Default("[\"Mon\", \"Tue\", \"Wed\", \"Thu\", \"Fri\", \"Sat\", \"Sun\"]")
            @JsonPropertyDescription("Days on which people may be contacted.")
            List<Day> days) {

        public Window {
            start = requireNonNullElse(start, "09:00");
            end = requireNonNullElse(end, "20:00");
            timeZone = requireNonNullElse(timeZone, "Etc/UTC");
            days = days == null ? Arrays.asList(Day.values()) : List.copyOf(days);
        }
    }
}
