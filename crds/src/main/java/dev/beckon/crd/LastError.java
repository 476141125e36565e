package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** The most recent error, told without naming any person. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LastError(
        @Size(max = 128) @JsonPropertyDescription("The error in one word, such as ChatAdminRequired or PeerFlood.")
        String reason,

        @Size(max = 4096) @JsonPropertyDescription("One sentence for a person to read. It names no person.")
        String message,

        @JsonPropertyDescription("When it happened.") Instant time) {}
