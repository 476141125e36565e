package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;

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

        @ValidationRule(
                value =
                        "(has(self.matchLabels) && self.matchLabels.size() > 0) || (has(self.matchExpressions) && self.matchExpressions.size() > 0)",
                message =
                        "accounts.selector is empty and would take every account: write matchLabels or matchExpressions")
        @JsonPropertyDescription(
                "Labels of TelegramAccount resources of this namespace. Which accounts match is decided when the campaign starts.")
        LabelSelector selector) {

    public Accounts {
        names = names == null ? List.of() : List.copyOf(names);
    }
}
