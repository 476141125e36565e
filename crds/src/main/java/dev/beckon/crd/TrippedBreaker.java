package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** A breaker that paused work until a person acknowledges it with {@link Labels#ACKNOWLEDGE}. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TrippedBreaker(
        @Size(max = 128)
        @JsonPropertyDescription(
                "Set the annotation beckon.dev/acknowledge to this id to go on. Each trip has an id of its own.")
        String id,

        @Size(max = 128) @JsonPropertyDescription("Why it tripped, in one word, such as PeerFlood.")
        String reason,

        @JsonPropertyDescription("When it tripped.") Instant since) {}
