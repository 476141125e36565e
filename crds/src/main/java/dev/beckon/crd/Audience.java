package dev.beckon.crd;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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
import java.util.List;

/**
 * Where the people come from: exactly one source.
 *
 * @param inline empty when another source is given
 */
@ValidationRule(
        value = "[has(self.inline), has(self.secretRef), has(self.configMapRef), has(self.url), has(self.volume),"
                + " has(self.parserJobRef), has(self.webhook)].exists_one(given, given)",
        message =
                "audience needs exactly one source: inline, secretRef, configMapRef, volume, url, parserJobRef or webhook")
@ValidationRule(
        value = "!has(self.urlOptions) || has(self.url)",
        message = "audience.urlOptions is of no use without audience.url",
        fieldPath = ".urlOptions")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Audience(
        @Size(min = 1, max = 500)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Up to 500 people, written here. Whoever may read this resource reads them: phone numbers are better kept in"
                        + " a Secret.")
        List<Person> inline,

        @JsonPropertyDescription("A CSV or TXT file in a Secret (up to 1 MiB).")
        FileRef secretRef,

        @JsonPropertyDescription("A CSV or TXT file in a ConfigMap (up to 1 MiB). Phone numbers belong in a Secret.")
        FileRef configMapRef,

        @Size(max = 2048)
        @ValidationRule(
                value = "self.matches('^https?://[^/?#@ ]+([/?#][^ ]*)?$')",
                message =
                        "audience.url is an address that begins with https:// (or http://), without user and password: what must stay secret belongs in urlOptions.headerSecretRef")
        @JsonPropertyDescription(
                "An address from which the CSV or TXT file is loaded once, when the campaign starts: at most 256 MiB. Addresses of"
                        + " the cluster and of private networks are refused unless urlOptions allows them.")
        String url,

        @JsonPropertyDescription("How the file at url is loaded.")
        UrlOptions urlOptions,

        @ValidationRule(
                value = "self.path.matches('[.]([cC][sS][vV]|[tT][xX][tT])$')",
                message =
                        "audience.volume.path names a CSV or TXT file and ends in .csv or .txt, such as lists/guests.csv",
                fieldPath = ".path")
        @JsonPropertyDescription("A CSV or TXT file of any size on a PersistentVolumeClaim.")
        ClaimFile volume,

        @JsonPropertyDescription(
                "The people of a ParserJob's newest complete dataset. Only of a chat that the parser's account administers: the"
                        + " team's own.")
        ParserJobRef parserJobRef,

        @JsonPropertyDescription("People whom another system posts to the gateway as they opt in, one at a time, at"
                + " /webhook/<namespace>/<campaign>. Such a campaign has no end of its own: it waits for the next one, and"
                + " its worker's Deployment is scaled to zero meanwhile.")
        Webhook webhook) {

    public Audience {
        inline = inline == null ? List.of() : List.copyOf(inline);
    }

    /** One person, known by at least one of phone, username and user id. Printed without any of it. */
    @ValidationRule(
            value = "has(self.phone) || has(self.username) || has(self.userId)",
            message = "this person can't be found: write a phone, a username or a userId")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Person(
            @Size(max = 32)
            @ValidationRule(
                    value = "self.matches('^[+][1-9][0-9]{6,14}$')",
                    message =
                            "write the phone in international form, + and digits only and in quotes, such as \"+491701234567\"")
            @JsonPropertyDescription("Phone number in international form, such as +491701234567.")
            String phone,

            @Size(max = 64)
            @ValidationRule(
                    value = "self.matches('^@?[a-zA-Z][a-zA-Z0-9_]{3,31}$')",
                    message =
                            "this is no Telegram username: 4 to 32 letters, digits or _, beginning with a letter, such as bob_miller")
            @JsonPropertyDescription("Username, with or without @.")
            String username,

            @Min(1)
            @JsonPropertyDescription(
                    "Telegram's user id. Only an account that has met the person can find them by it. Whoever a phone or username"
                            + " beside it leads to must have it.")
            Long userId,

            @Size(min = 1, max = 64) @JsonPropertyDescription("First name for the message.")
            String firstName) {

        @Override
        public String toString() {
            return "Person[]";
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record UrlOptions(
            @JsonPropertyDescription(
                    "A Secret whose key header is sent with the request: one line, such as Authorization: Bearer …")
            SecretRef headerSecretRef,

            @Default("false")
            @JsonPropertyDescription(
                    "Lets the address be one of the cluster's, of a private network, or the pod's own. Link-local addresses and a cloud's metadata services are refused all the same.")
            Boolean allowPrivateAddresses) {

        public UrlOptions {
            allowPrivateAddresses = allowPrivateAddresses != null && allowPrivateAddresses;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ParserJobRef(
            @Required
            @Size(max = 253)
            @ValidationRule(value = Rules.SECRET_NAME, message = Rules.SECRET_NAME_MESSAGE)
            @JsonPropertyDescription("Name of the ParserJob, in the namespace of this resource.")
            String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Webhook(
            @Required
            @JsonPropertyDescription(
                    "A Secret with the key token, the key signing-key or both, of 16 to 256 characters each. Callers show the token,"
                            + " or sign their request with the signing key.")
            SecretRef secretRef,

            @Size(min = 2, max = 16)
            @Default("24h")
            @ValidationRule(
                    value = Rules.DURATION
                            + " && duration(self) >= duration('1m') && duration(self) <= duration('720h')",
                    message =
                            "audience.webhook.dedupWindow is a duration from 1m to 720h, such as 24h (days are written in hours)")
            @JsonSerialize(using = GoDuration.Serializer.class)
            @JsonDeserialize(using = GoDuration.Deserializer.class)
            @JsonPropertyDescription(
                    "An event that comes again within this time, by its id, its signature or its phone, is known as a repeat.")
            Duration dedupWindow,

            @Min(1)
            @Max(6000)
            @Default("600")
            @JsonPropertyDescription(
                    "Events that each gateway takes in a minute; more are answered with 429 and Retry-After.")
            Integer eventsPerMinute) {

        public Webhook {
            dedupWindow = requireNonNullElse(dedupWindow, Duration.ofHours(24));
            eventsPerMinute = requireNonNullElse(eventsPerMinute, 600);
        }
    }

    @Override
    public String toString() {
        return "Audience[]";
    }
}
