package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A Secret of the same namespace, whose keys are given by its use. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SecretRef(
        @Required
        @Size(max = 253)
        @ValidationRule(value = Rules.SECRET_NAME, message = Rules.SECRET_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the Secret, in the namespace of this resource.")
        String name) {}
