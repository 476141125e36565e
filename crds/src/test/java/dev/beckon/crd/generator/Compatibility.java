package dev.beckon.crd.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Tells where a CustomResourceDefinition breaks what an older one allowed: an object that was taken must be taken again, mean the
 * same, and keep all it says. Widening is free; what narrows, removes or reinterprets is named.
 */
final class Compatibility {
    private final List<String> breaks = new ArrayList<>();

    private Compatibility() {}

    /** One sentence for each break; empty when older objects are safe. */
    static List<String> breaks(JsonNode older, JsonNode newer) {
        Compatibility comparison = new Compatibility();
        comparison.definition(older.get("spec"), newer.get("spec"));
        return comparison.breaks;
    }

    private void definition(JsonNode older, JsonNode newer) {
        if (!older.get("scope").equals(newer.get("scope"))) {
            breaks.add("the scope changed from " + older.get("scope").asText() + " to "
                    + newer.get("scope").asText());
        }
        Set<String> names = texts(newer.at("/names/shortNames"));
        texts(older.at("/names/shortNames")).stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> breaks.add("the short name " + name + " is gone"));
        for (JsonNode version : older.get("versions")) {
            String name = version.get("name").asText();
            Optional<JsonNode> same = StreamSupport.stream(newer.get("versions").spliterator(), false)
                    .filter(candidate -> candidate.get("name").asText().equals(name))
                    .filter(candidate -> candidate.get("served").asBoolean())
                    .findFirst();
            if (same.isEmpty()) {
                breaks.add("version " + name + " is gone or no longer served");
            } else {
                schema("", version.at("/schema/openAPIV3Schema"), same.get().at("/schema/openAPIV3Schema"));
            }
        }
    }

    private void schema(String path, JsonNode older, JsonNode newer) {
        if (!older.path("type").equals(newer.path("type"))) {
            breaks.add(path + ": the type changed from " + older.path("type").asText("any") + " to "
                    + newer.path("type").asText("any"));
            return;
        }
        values(path, older, newer);
        for (String upper : List.of("maximum", "maxLength", "maxItems", "maxProperties")) {
            if (newer.has(upper)
                    && (!older.has(upper)
                            || newer.get(upper).asDouble() < older.get(upper).asDouble())) {
                narrowed(path, upper, older, newer);
            }
        }
        for (String lower : List.of("minimum", "minLength", "minItems", "minProperties")) {
            if (newer.has(lower)
                    && (!older.has(lower)
                            || newer.get(lower).asDouble() > older.get(lower).asDouble())) {
                narrowed(path, lower, older, newer);
            }
        }
        for (String shape : List.of("pattern", "format")) {
            if (newer.has(shape) && !newer.get(shape).equals(older.path(shape))) {
                narrowed(path, shape, older, newer);
            }
        }
        for (String meaning : List.of("default", "x-kubernetes-list-type", "x-kubernetes-list-map-keys")) {
            if (!older.path(meaning).equals(newer.path(meaning))) {
                breaks.add(path + ": " + meaning + " changed from " + shown(older, meaning) + " to "
                        + shown(newer, meaning));
            }
        }
        rules(path, older, newer);
        fields(path, older, newer);
        if (older.has("items") && newer.has("items")) {
            schema(path + "[]", older.get("items"), newer.get("items"));
        }
        if (older.has("additionalProperties") && newer.has("additionalProperties")) {
            schema(path + "{}", older.get("additionalProperties"), newer.get("additionalProperties"));
        }
    }

    private void values(String path, JsonNode older, JsonNode newer) {
        if (!newer.has("enum")) {
            return;
        }
        Set<String> allowed = texts(newer.get("enum"));
        if (!older.has("enum")) {
            breaks.add(path + ": only the values " + allowed.stream().sorted().toList() + " are allowed now");
        }
        texts(older.path("enum")).stream()
                .filter(value -> !allowed.contains(value))
                .sorted()
                .forEach(value -> breaks.add(path + ": the value " + value + " is gone"));
    }

    private void rules(String path, JsonNode older, JsonNode newer) {
        Set<String> known = rules(older);
        for (JsonNode rule : newer.path("x-kubernetes-validations")) {
            if (!known.contains(rule.get("rule").asText())) {
                breaks.add(path + ": a rule is new or changed, which may refuse older objects: "
                        + rule.get("rule").asText());
            }
        }
    }

    private void fields(String path, JsonNode older, JsonNode newer) {
        Set<String> known = rules(older);
        older.path("properties").properties().forEach(field -> {
            String child = path + "." + field.getKey();
            if (known.contains("!has(self." + field.getKey() + ")")) {
                // Declared and always refused: no object has it.
                return;
            }
            JsonNode same = newer.path("properties").path(field.getKey());
            if (same.isMissingNode()) {
                breaks.add(child + ": the field is gone");
            } else {
                schema(child, field.getValue(), same);
            }
        });
        Set<String> required = texts(older.path("required"));
        texts(newer.path("required")).stream()
                .filter(name -> !required.contains(name))
                .filter(name -> !newer.at("/properties/" + name).has("default"))
                .sorted()
                .forEach(name -> breaks.add(path + "." + name + ": the field is required now"));
    }

    private void narrowed(String path, String what, JsonNode older, JsonNode newer) {
        breaks.add(path + ": " + what + " narrowed from " + shown(older, what) + " to " + shown(newer, what));
    }

    private static String shown(JsonNode schema, String what) {
        JsonNode value = schema.path(what);
        return value.isMissingNode() ? "none" : value.isTextual() ? value.asText() : value.toString();
    }

    private static Set<String> rules(JsonNode schema) {
        return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> rule.get("rule").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }
}
