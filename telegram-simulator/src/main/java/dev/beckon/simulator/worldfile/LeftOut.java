package dev.beckon.simulator.worldfile;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Takes one value out of a tree. */
final class LeftOut {
    private LeftOut() {}

    /** Every text in the outermost list item around the value, or around the whole list: one of them may be the entry's name. */
    static List<String> names(JsonNode root, List<Reference> path) {
        JsonNode at = root;
        for (Reference step : path.subList(0, Math.min(2, path.size()))) {
            at = child(at, step);
        }
        List<String> texts = new ArrayList<>();
        collect(at, texts);
        return texts;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> collect(child, texts));
    }

    /**
     * Leaves the value out; an item of a list becomes null, so that the others keep their numbers.
     *
     * @return false when nothing is left to leave out
     */
    static boolean leaveOut(JsonNode root, List<Reference> path) {
        if (path.isEmpty()) {
            return false;
        }
        JsonNode parent = root;
        for (Reference step : path.subList(0, path.size() - 1)) {
            parent = child(parent, step);
        }
        Reference last = path.getLast();
        return switch (parent) {
            case ObjectNode object -> object.remove(last.getFieldName()) != null;
            case ArrayNode list
            when list.hasNonNull(last.getIndex()) -> {
                list.setNull(last.getIndex());
                yield true;
            }
            default -> false;
        };
    }

    private static JsonNode child(JsonNode node, Reference step) {
        return step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
    }
}
