package dev.beckon.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What values.yaml says of each value: a comment stands above it. */
final class ValuesPage {
    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):(?: (.*))?$");

    private ValuesPage() {}

    /** @param preset as it is written; empty for one that has parts of its own */
    record Value(String path, String meaning, String preset) {}

    /** The values that have no parts of their own, in their order. */
    static List<Value> of(String yaml) {
        List<Value> values = new ArrayList<>();
        List<String> parents = new ArrayList<>();
        StringBuilder comment = new StringBuilder();
        int within = Integer.MAX_VALUE;
        for (String line : yaml.lines().skip(2).toList()) {
            Matcher key = KEY.matcher(line);
            if (line.strip().startsWith("#")) {
                comment.append(comment.isEmpty() ? "" : " ")
                        .append(line.strip().substring(1).strip());
            } else if (key.matches()) {
                int depth = key.group(1).length() / 2;
                if (depth > within) {
                    // A part of a preset that is written over several lines.
                    Value last = values.removeLast();
                    String joined = last.preset + (last.preset.isEmpty() ? "" : ", ") + line.strip();
                    values.add(new Value(last.path, last.meaning, joined));
                    continue;
                }
                within = Integer.MAX_VALUE;
                while (parents.size() > depth) {
                    parents.removeLast();
                }
                boolean described = !comment.isEmpty();
                if (key.group(3) != null || described) {
                    values.add(new Value(
                            String.join(".", parents) + (parents.isEmpty() ? "" : ".") + key.group(2),
                            comment.toString(),
                            key.group(3) == null ? "" : key.group(3)));
                    if (key.group(3) == null) {
                        within = depth;
                    }
                } else {
                    parents.add(key.group(2));
                }
                comment.setLength(0);
            }
        }
        return List.copyOf(values);
    }

    static String table(List<Value> values) {
        StringBuilder table = new StringBuilder("| value | preset | |\n|---|---|---|\n");
        values.forEach(value -> table.append("| `")
                .append(value.path)
                .append("` | `")
                .append(value.preset)
                .append("` | ")
                .append(value.meaning)
                .append(" |\n"));
        return table.toString();
    }

    /** A part of a schema, behind a reference to its definitions. */
    static JsonNode resolved(JsonNode schema, JsonNode node) {
        return node.has("$ref") ? schema.at(node.get("$ref").asText().substring(1)) : node;
    }
}
