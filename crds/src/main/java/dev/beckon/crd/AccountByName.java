package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The one account of a resource that works with one. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AccountByName(
        @Required
        @Size(max = 63)
        @ValidationRule(
                value = "self.matches('^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$')",
                message =
                        "account.name is the name of a TelegramAccount resource of this namespace (kubectl get telegramaccounts), not a Telegram name or phone number")
        @JsonPropertyDescription("Name of a TelegramAccount of this namespace.")
        String name) {}
