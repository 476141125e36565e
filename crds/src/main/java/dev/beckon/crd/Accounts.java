package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * The accounts of a campaign, by name or by label; never both.
 *
 * @param names empty when a selector is given
 * @param selector null when names are given
 */
@ValidationRule(
        value = "has(self.names) != has(self.selector)",
        message = "accounts needs exactly one of names and selector")
@JsonIgnoreProperties(ignoreUnknown = true)
public record Accounts(
        @Size(min = 1, max = 20)
        @ValidationRule(
                value = "self.all(n, n.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$'))",
                message =
                        "accounts.names are names of TelegramAccount resources of this namespace (kubectl get telegramaccounts), not Telegram names or phone numbers")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription(
                "Names of TelegramAccount resources of this namespace. Each person is assigned to one of them; several"
                        + " accounts raise no limit of a chat or person.")
        List<@Size(min = 1, max = 63) String> names,

        @JsonPropertyDescription(
                "Labels of TelegramAccount resources of this namespace. Which accounts match is decided when the campaign starts.")
        Selector selector) {

    public Accounts {
        names = names == null ? List.of() : List.copyOf(names);
    }

    /** Takes the accounts that carry all of these labels. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Selector(
            @Required
            @Size(min = 1, max = 16)
            @JsonPropertyDescription("Labels an account must carry, all of them, such as team: events.")
            Map<String, @Size(max = 63) String> matchLabels) {

        public Selector {
            matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        }
    }
}
