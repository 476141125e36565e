package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.List;

/**
 * Where the people come from: exactly one source. The last four are declared so that their names keep their meaning, and refused by
 * this release.
 *
 * @param inline empty when another source is given
 */
@ValidationRule(
        value = "[has(self.inline), has(self.secretRef), has(self.configMapRef), has(self.url), has(self.volume),"
                + " has(self.parserJobRef), has(self.webhook)].exists_one(given, given)",
        message = "audience needs exactly one source: inline, secretRef or configMapRef")
@ValidationRule(
        value = "!has(self.url)",
        message = "audience.url is not supported by this release; use secretRef or configMapRef",
        fieldPath = ".url")
@ValidationRule(
        value = "!has(self.volume)",
        message = "audience.volume is not supported by this release; use secretRef or configMapRef",
        fieldPath = ".volume")
@ValidationRule(
        value = "!has(self.parserJobRef)",
        message = "audience.parserJobRef is not supported by this release; use secretRef or configMapRef",
        fieldPath = ".parserJobRef")
@ValidationRule(
        value = "!has(self.webhook)",
        message = "audience.webhook is not supported by this release; use secretRef or configMapRef",
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

        @Size(max = 2048) @JsonPropertyDescription("Not supported by this release: an address to load the file from.")
        String url,

        @JsonPropertyDescription("Not supported by this release: a file on a PersistentVolumeClaim.")
        Volume volume,

        @JsonPropertyDescription("Not supported by this release: the people a ParserJob collected.")
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
    public record Volume(
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the PersistentVolumeClaim.")
            String claimName,

            @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Path of the file on the volume.")
            String path) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ParserJobRef(
            @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the ParserJob.")
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
