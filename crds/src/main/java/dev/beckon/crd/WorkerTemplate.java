package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** What a user may say about the pods of a campaign; everything else about them is ours. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkerTemplate(
        @JsonPropertyDescription("CPU and memory of the worker's container, as in a pod.")
        ResourceRequirements resources,

        @Size(max = 32) @JsonPropertyDescription("Labels a node must have, as in a pod.")
        Map<String, @Size(max = 63) String> nodeSelector,

        @Size(max = 32) @JsonPropertyDescription("Taints the pod tolerates, as in a pod.")
        List<Toleration> tolerations,

        @JsonPropertyDescription("Scheduling preferences, as in a pod.")
        Affinity affinity,

        @Size(min = 1, max = 253) @JsonPropertyDescription("Name of a PriorityClass.")
        String priorityClassName,

        @Size(max = 32)
        @ValidationRule(value = WorkerTemplate.OURS, message = WorkerTemplate.OURS_MESSAGE)
        @JsonPropertyDescription("Labels added to Job and pod.")
        Map<String, @Size(max = 63) String> labels,

        @Size(max = 32)
        @ValidationRule(value = WorkerTemplate.OURS, message = WorkerTemplate.OURS_MESSAGE)
        @JsonPropertyDescription("Annotations added to Job and pod.")
        Map<String, @Size(max = 4096) String> annotations) {

    static final String OURS = "self.all(k, !k.startsWith('beckon.dev/') && k != 'app.kubernetes.io/managed-by')";
    static final String OURS_MESSAGE =
            "names that begin with beckon.dev/ and app.kubernetes.io/managed-by are set by the operator: choose another name";

    public WorkerTemplate {
        nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
        tolerations = tolerations == null ? List.of() : List.copyOf(tolerations);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
    }
}
