package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A file on a PersistentVolumeClaim of the same namespace. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClaimFile(
        @Required
        @Size(max = 253)
        @ValidationRule(value = Rules.SECRET_NAME, message = Rules.SECRET_NAME_MESSAGE)
        @JsonPropertyDescription("Name of the PersistentVolumeClaim, in the namespace of this resource.")
        String claimName,

        @Required
        @Size(max = 1024)
        @ValidationRule(
                value = Rules.PATH_WITHIN,
                message =
                        "path leads from the volume's root to a file: write it without / at either end, without . and .., such as lists/members.csv")
        @JsonPropertyDescription("Path of the file on the volume, such as lists/members.csv.")
        String path) {}
