package dev.beckon.crd.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The reference page: every kind, column, field and rule, in Markdown. */
final class Reference {
    private final StringBuilder page = new StringBuilder();
    private final List<String> rules = new ArrayList<>();

    private Reference() {}

    static String of(Collection<ObjectNode> definitions) {
        Reference reference = new Reference();
        reference.line("# Reference of the custom resources");
        reference.line("");
        reference.line(
                "Generated from the model; `kubectl explain campaigns.spec.pacing` shows the same on your cluster. A field");
        reference.line("with a default may be left out. Durations are written like `90s`, `10m` or `24h`.");
        definitions.forEach(reference::kind);
        return reference.page.toString();
    }

    private void kind(ObjectNode definition) {
        JsonNode names = definition.at("/spec/names");
        JsonNode version = definition.at("/spec/versions/0");
        JsonNode schema = version.at("/schema/openAPIV3Schema");
        line("");
        line("## " + names.get("kind").asText());
        line("");
        line(schema.get("description").asText());
        line("");
        line("`" + definition.at("/spec/group").asText() + "/"
                + version.get("name").asText() + "`, namespaced; `kubectl get "
                + names.get("plural").asText() + "`, short "
                + texts(names.get("shortNames")).map(name -> "`" + name + "`").collect(Collectors.joining(", ")) + ".");
        columns(version.get("additionalPrinterColumns"));
        rules.clear();
        ownRules(schema, "");
        for (String part : List.of("spec", "status")) {
            line("");
            line("### " + names.get("kind").asText() + " " + part);
            line("");
            line(schema.at("/properties/" + part + "/description").asText());
            line("");
            line("| field | type | default | meaning |");
            line("|---|---|---|---|");
            ownRules(schema.at("/properties/" + part), part);
            fields(schema.at("/properties/" + part), "");
        }
        line("");
        line("### What the API server refuses");
        line("");
        rules.stream().distinct().forEach(rule -> line("- " + rule));
    }

    private void columns(JsonNode columns) {
        line("");
        line("| column | shows | with |");
        line("|---|---|---|");
        columns.forEach(column -> line("| " + column.get("name").asText().toUpperCase(Locale.ROOT) + " | `"
                + column.get("jsonPath").asText() + "` | "
                + (column.path("priority").asInt() == 0 ? "`kubectl get`" : "`kubectl get -o wide`") + " |"));
    }

    private void fields(JsonNode schema, String path) {
        List<String> required = texts(schema.path("required")).toList();
        schema.path("properties").properties().forEach(field -> {
            JsonNode child = field.getValue();
            String name = path + field.getKey();
            boolean scalarDefault =
                    child.has("default") && !child.get("default").isContainerNode();
            line("| `" + name + "` | " + type(child) + " | "
                    + (scalarDefault
                            ? "`" + child.get("default").asText() + "`"
                            : required.contains(field.getKey()) ? "required" : "")
                    + " | " + cell(description(child)) + bounds(child) + " |");
            ownRules(child, name);
            if (name.equals("worker.affinity")) {
                return; // As in a pod; kubectl explain shows it.
            }
            fields(child, name + ".");
            if (child.has("items")) {
                ownRules(child.get("items"), name + "[]");
                fields(child.get("items"), name + "[].");
            }
        });
    }

    private void ownRules(JsonNode schema, String path) {
        schema.path("x-kubernetes-validations").forEach(rule -> {
            String message = rule.get("message").asText();
            rules.add((path.isEmpty() ? "" : "`" + path + "`: ") + message);
        });
    }

    private static String type(JsonNode schema) {
        if (schema.has("items")) {
            return "list of " + type(schema.get("items"));
        }
        if (schema.has("additionalProperties")) {
            return "map";
        }
        if (schema.path("format").asText().equals("date-time")) {
            return "time";
        }
        if (schema.has("enum")) {
            return texts(schema.get("enum")).map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        }
        return schema.path("type").asText();
    }

    private static String bounds(JsonNode schema) {
        if (schema.has("minimum") && schema.has("maximum")) {
            return " From " + schema.get("minimum").asText() + " to "
                    + schema.get("maximum").asText() + ".";
        }
        if (schema.has("maxItems")) {
            return " At most " + schema.get("maxItems").asText() + ".";
        }
        return "";
    }

    /** Without the default, which has a column of its own here. */
    private static String description(JsonNode schema) {
        String description = schema.path("description").asText();
        String sentence = SchemaCompletion.defaultSentence(schema);
        return description.substring(0, description.length() - sentence.length());
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
