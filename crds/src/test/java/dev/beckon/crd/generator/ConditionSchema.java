package dev.beckon.crd.generator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Kubernetes' {@code metav1.Condition} as its own validation markers declare it; fabric8's class carries none of them. */
final class ConditionSchema {
    private ConditionSchema() {}

    static ObjectNode create() {
        ObjectNode condition = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode properties = condition.putObject("properties");
        text(properties, "type", "What the condition is about, such as Ready or Succeeded.")
                .put("maxLength", 316)
                .put(
                        "pattern",
                        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$");
        text(properties, "status", "True, False or Unknown.")
                .putArray("enum")
                .add("True")
                .add("False")
                .add("Unknown");
        text(properties, "reason", "Why, in one word.")
                .put("minLength", 1)
                .put("maxLength", 1024)
                .put("pattern", "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$");
        text(properties, "message", "Why, in a sentence for a person to read.").put("maxLength", 32768);
        text(properties, "lastTransitionTime", "When the status last changed from one value to another.")
                .put("format", "date-time");
        properties
                .putObject("observedGeneration")
                .put("description", "The metadata.generation the condition was computed from.")
                .put("type", "integer")
                .put("format", "int64")
                .put("minimum", 0);
        condition
                .putArray("required")
                .add("lastTransitionTime")
                .add("message")
                .add("reason")
                .add("status")
                .add("type");
        return condition;
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return properties.putObject(name).put("description", description).put("type", "string");
    }
}
