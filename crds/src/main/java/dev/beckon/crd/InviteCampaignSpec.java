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

/** What a user declares about a campaign. Printed without its message and people. */
@ValidationRule(
        value =
                "self.mode == 'InviteAndMessage' || self.message.trim() == '' || self.message.matches('[{][{] *link *[}][}]')",
        message =
                "message lacks {{link}}: with mode InviteOrLink or LinkOnly the message is what brings the invite link, so write {{link}} where it belongs",
        fieldPath = ".message")
@ValidationRule(
        value = "!has(self.audience.inline) || has(self.consent)",
        message =
                "consent is missing: people written inline carry no consent of their own, so state consent.basis and consent.evidence")
@ValidationRule(
        value = "!has(self.audience.parserJobRef) || has(self.consent)",
        message =
                "consent is missing: people whom a ParserJob collected carry no consent of their own, so state consent.basis and consent.evidence")
@JsonClassDescription("What the campaign is to do.")
@JsonIgnoreProperties(ignoreUnknown = true)
public record InviteCampaignSpec(
        @Required
        @Size(max = 128)
        @ValidationRule(
                value = Rules.CHAT,
                message =
                        "target names no chat: write @name, https://t.me/name, an invite link https://t.me/+… or a numeric chat id in quotes")
        @JsonPropertyDescription(
                "The chat people are brought into: @name, a t.me link, an invite link or a numeric chat id. Fixed once the"
                        + " campaign has started.")
        String target,

        @Required @JsonPropertyDescription("The team's accounts that do the work. Fixed once the campaign has started.")
        Accounts accounts,

        @Required @JsonPropertyDescription("The people, from exactly one source. Fixed once the campaign has started.")
        Audience audience,

        @JsonPropertyDescription(
                "Why these people may be contacted. A file's own consent columns win over it. A person without any consent is"
                        + " logged as Skipped/NoConsent and never contacted. Fixed once the campaign has started.")
        Consent consent,

        @Default("InviteOrLink")
        @JsonPropertyDescription(
                "InviteOrLink: add the person; if privacy settings refuse that, send the message with the link once. LinkOnly:"
                        + " send only the message. InviteAndMessage: add the person and send the message as well. A channel"
                        + " with more than 200 members lets nobody be added: there everybody gets the message.")
        Mode mode,

        @Size(max = 3700)
        @Default("'" + InviteCampaignSpec.DEFAULT_MESSAGE + "'")
        @ValidationRule(
                value = "self.trim() != ''",
                message = "message is blank: write a text, or leave it out to send the default one")
        @ValidationRule(
                value = "self.matches('^([^{]|[{][^{]|[{][{] *(first_name|chat|channel|link) *[}][}])*[{]?$')",
                message =
                        "message has a placeholder that doesn't exist: there are {{first_name}}, {{chat}}, {{channel}} and {{link}}, spelled exactly so")
        @JsonPropertyDescription(
                "Text of the personal message. {{first_name}} is the person's first name, {{chat}} (or {{channel}}) the chat's"
                        + " title, {{link}} an invite link made for this campaign. With these filled in it must stay within"
                        + " Telegram's 4096 characters.")
        String message,

        @Default("{}") @JsonPropertyDescription("How fast and at which hours people are contacted.")
        Pacing pacing,

        @Default("{}")
        @JsonPropertyDescription("What happens to a person when a call failed for a reason that may pass.")
        Retry retry,

        @Default("{}")
        @JsonPropertyDescription(
                "When the campaign pauses by itself until a person looks at it. Telegram's PEER_FLOOD always pauses it.")
        Breaker breaker,

        @Default("false")
        @JsonPropertyDescription("Stops the campaign at the next safe point; false lets it go on where it stopped.")
        boolean suspend,

        @JsonPropertyDescription(
                "Nobody is contacted after this moment; who is left stays pending and the campaign ends as Failed. RFC 3339,"
                        + " such as 2026-12-24T18:00:00+01:00.")
        Instant deadline,

        @Size(max = 16)
        @Default("24h")
        @ValidationRule(
                value = Rules.DURATION + " && duration(self) <= duration('8760h')",
                message = "ttlAfterFinished is a duration of at most 8760h, such as 24h (days are written in hours)")
        @JsonSerialize(using = GoDuration.Serializer.class)
        @JsonDeserialize(using = GoDuration.Deserializer.class)
        @JsonPropertyDescription(
                "How long Jobs, pods and their logs are kept after a run has ended. The campaign itself stays until it is"
                        + " deleted.")
        Duration ttlAfterFinished,

        @Size(max = 16)
        @Default("2160h")
        @ValidationRule(
                value = Rules.DURATION + " && duration(self) >= duration('24h') && duration(self) <= duration('8760h')",
                message =
                        "retention is a duration from 24h to 8760h, such as 2160h for 90 days (days are written in hours)")
        @JsonSerialize(using = GoDuration.Serializer.class)
        @JsonDeserialize(using = GoDuration.Deserializer.class)
        @JsonPropertyDescription(
                "How long people's names stay in the database after the last thing that happened in the campaign. Outcomes,"
                        + " the suppression list and the frequency cap, which hold no readable data, outlive it.")
        Duration retention,

        @JsonPropertyDescription("How the worker's pods run on your cluster.")
        WorkerTemplate worker) {

    /** Sent when the campaign has no message of its own. */
    public static final String DEFAULT_MESSAGE = "Hi {{first_name}}, here is the link to {{chat}}: {{link}}";

    public InviteCampaignSpec {
        mode = requireNonNullElse(mode, Mode.InviteOrLink);
        message = requireNonNullElse(message, DEFAULT_MESSAGE);
        pacing = requireNonNullElse(pacing, new Pacing(null, null, null, null));
        retry = requireNonNullElse(retry, new Retry(null, null));
        breaker = requireNonNullElse(breaker, new Breaker(null, null));
        ttlAfterFinished = requireNonNullElse(ttlAfterFinished, Duration.ofHours(24));
        retention = requireNonNullElse(retention, Duration.ofDays(90));
    }

    /** How a person is brought in. */
    public enum Mode {
        InviteOrLink,
        LinkOnly,
        InviteAndMessage
    }

    /** Why a person may be contacted. */
    public enum Basis {
        OptIn,
        ExistingMember,
        Contract
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Consent(
            @Required
            @JsonPropertyDescription(
                    "OptIn: they asked for it. ExistingMember: they are members of another chat that the team administers."
                            + " Contract: it is part of a service they signed up for.")
            Basis basis,

            @Required
            @Size(max = 1024)
            @ValidationRule(
                    value = "self.trim().size() > 0",
                    message =
                            "consent.evidence is blank: say how the consent can be shown, such as: form of 2026-10-01, wording v3")
            @JsonPropertyDescription("How the consent can be shown, such as: form of 2026-10-01, wording v3.")
            String evidence) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Retry(
            @Min(1) @Max(10) @Default("3") @JsonPropertyDescription("Attempts for one person, the first included.")
            Integer maxAttempts,

            @Size(max = 16)
            @Default("10m")
            @ValidationRule(
                    value = Rules.DURATION
                            + " && duration(self) >= duration('10s') && duration(self) <= duration('24h')",
                    message = "retry.backoff is a duration from 10s to 24h, such as 10m")
            @JsonSerialize(using = GoDuration.Serializer.class)
            @JsonDeserialize(using = GoDuration.Deserializer.class)
            @JsonPropertyDescription("Pause before the second attempt; it doubles with each further one.")
            Duration backoff) {

        public Retry {
            maxAttempts = requireNonNullElse(maxAttempts, 3);
            backoff = requireNonNullElse(backoff, Duration.ofMinutes(10));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Breaker(
            @ValidationRule(
                    value = "self >= 0.05 && self <= 1.0",
                    message = "breaker.failureRatio is a share from 0.05 to 1, such as 0.5 for half of the people")
            @Default("0.5")
            @JsonPropertyDescription(
                    "Share of failed people among the last ones, from 0.05 to 1, that pauses the campaign.")
            Double failureRatio,

            @Min(5)
            @Max(1000)
            @Default("20")
            @JsonPropertyDescription("How many of the last people are looked at; with fewer, the ratio pauses nothing.")
            Integer minAttempts) {

        public Breaker {
            failureRatio = requireNonNullElse(failureRatio, 0.5);
            minAttempts = requireNonNullElse(minAttempts, 20);
        }
    }

    @Override
    public String toString() {
        return "InviteCampaignSpec[mode=" + mode + ", suspend=" + suspend + "]";
    }
}
