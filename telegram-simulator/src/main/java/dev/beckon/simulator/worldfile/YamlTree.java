package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML document with the line of each of its values. Scalars stay text, so that {@code +4917…} without quotes is a phone
 * number and not an integer.
 */
final class YamlTree {
    /** Deeper than any world file; ends the recursion of a document whose aliases contain themselves. */
    private static final int MAX_DEPTH = 20;

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<WorldFileException.Problem> problems = new ArrayList<>();
    private final JsonNode root;

    private YamlTree(Node node) {
        root = node == null ? JsonNodeFactory.instance.objectNode() : convert(node, "", 0);
    }

    /** @throws WorldFileException when the text is no YAML: what stands behind such a place can't be known */
    static YamlTree parse(String file, String yaml) {
        try {
            return new YamlTree(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new WorldFileException(
                    file,
                    List.of(new WorldFileException.Problem(
                            line, "", "this is not YAML: " + e.getProblem() + "; check indentation and quotes")));
        }
    }

    /** What is YAML but can't be meant, such as a key that stands twice. */
    List<WorldFileException.Problem> problems() {
        return List.copyOf(problems);
    }

    JsonNode root() {
        return root;
    }

    /** The line of a path, or of the nearest value around it. */
    int line(String path) {
        String at = path;
        while (!lines.containsKey(at)) {
            int cut = Math.max(at.lastIndexOf('.'), at.lastIndexOf('['));
            if (cut < 0) {
                return lines.getOrDefault("", 0);
            }
            at = at.substring(0, cut);
        }
        return lines.get(at);
    }

    private JsonNode convert(Node node, String path, int depth) {
        int line = node.getStartMark().getLine() + 1;
        lines.putIfAbsent(path, line);
        if (depth > MAX_DEPTH) {
            problems.add(new WorldFileException.Problem(line, path, "nested too deeply"));
            return JsonNodeFactory.instance.nullNode();
        }
        return switch (node) {
            case ScalarNode scalar ->
                Tag.NULL.equals(scalar.getTag())
                        ? JsonNodeFactory.instance.nullNode()
                        : JsonNodeFactory.instance.textNode(scalar.getValue());
            case SequenceNode sequence -> list(sequence, path, depth);
            case MappingNode mapping -> object(mapping, path, depth);
            default -> throw new IllegalStateException("unexpected YAML node " + node.getNodeId());
        };
    }

    private ArrayNode list(SequenceNode sequence, String path, int depth) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        int index = 0;
        for (Node item : sequence.getValue()) {
            list.add(convert(item, path + "[" + index++ + "]", depth + 1));
        }
        return list;
    }

    private ObjectNode object(MappingNode mapping, String path, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            String at = path.isEmpty() ? key : path + "." + key;
            int line = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (object.has(key)) {
                problems.add(new WorldFileException.Problem(line, at, "stands twice: remove one of them"));
            }
            lines.put(at, line);
            object.set(key, convert(tuple.getValueNode(), at, depth + 1));
        }
        return object;
    }
}
