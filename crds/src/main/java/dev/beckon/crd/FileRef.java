package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** An audience file kept as one key of a Secret or ConfigMap of the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FileRef(
        @Required
        @Size(max = 253)
        @ValidationRule(value = Rules.SECRET_NAME, message = Rules.SECRET_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the Secret or ConfigMap, in the namespace of this resource.")
        String name,

        @Required
        @Size(max = 253)
        @ValidationRule(
                value = "self.matches('^[-._a-zA-Z0-9]+[.]([cC][sS][vV]|[tT][xX][tT])$')",
                message =
                        "key names a CSV or TXT file and ends in .csv or .txt, such as guests.csv; save a spreadsheet as CSV first")
        @JsonPropertyDescription(
                "Key that holds the file, such as guests.csv. CSV: a header line with any of phone, username, user_id,"
                        + " first_name, consent_basis, consent_evidence, consent_at, locale, source_administered (of a"
                        + " parser's export), in any order, separated by commas, semicolons or tabs; dates as 2026-10-05. TXT, or CSV without a header: one"
                        + " phone or @name a line.")
        String key) {}
