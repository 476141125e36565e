package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;

/**
 * Where the people come from: exactly one source. The last one is declared so that its name keeps its meaning, and refused by this release.
 *
 * @param inline empty when another source is given
 */
@ValidationRule(
        value = "[has(self.inline), has(self.secretRef), has(self.configMapRef), has(self.url), has(self.volume),"
                + " has(self.parserJobRef), has(self.webhook)].exists_one(given, given)",
        message = "audience needs exactly one source: inline, secretRef, configMapRef, volume, url or parserJobRef")
@ValidationRule(
        value = "!has(self.urlOptions) || has(self.url)",
        message = "audience.urlOptions is of no use without audience.url",
        fieldPath = ".urlOptions")
@ValidationRule(
        value = "!has(self.webhook)",
        message =
                "audience.webhook is not supported by this release; use secretRef, configMapRef, volume, url or parserJobRef",
        fieldPath = ".webhook")
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

        @JsonPropertyDescription("Not supported by this release: people posted by another system, one at a time.")
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
            @JsonPropertyDescription("Telegram's user id. Only an account that has met the person can find them by it.")
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
                    "Lets the address be one of the cluster's, or of a private network. Link-local addresses and the pod's own are refused all the same.")
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
            @Required @JsonPropertyDescription("A Secret with the key that signs requests.")
            SecretRef secretRef,

            @Size(min = 2, max = 16)
            @JsonSerialize(using = GoDuration.Serializer.class)
            @JsonDeserialize(using = GoDuration.Deserializer.class)
            @JsonPropertyDescription("A person seen within this time before is not taken again.")
            Duration dedupWindow) {}

    @Override
    public String toString() {
        return "Audience[]";
    }
}
