package dev.beckon.telegram.tdlib;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** TDLib's JSON: objects that name their type in {@code @type}. */
final class Td {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Td() {}

    /** A new object of a type of TDLib's API, for its fields to be put into. */
    static ObjectNode object(String type) {
        return MAPPER.createObjectNode().put("@type", type);
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static String type(JsonNode object) {
        return object.path("@type").asText();
    }

    static boolean is(JsonNode object, String type) {
        return type(object).equals(type);
    }

    static String print(ObjectNode object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be printed", e);
        }
    }

    static ObjectNode parse(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // The text itself may hold messages and phones: it must not get into a log.
            throw new IllegalStateException("TDLib answered with " + json.length() + " characters that are no JSON");
        }
    }
}
