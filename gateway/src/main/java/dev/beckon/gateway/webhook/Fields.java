package dev.beckon.gateway.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.gateway.problem.Refused;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The fields of an event, from the query and from a body of JSON or of a form. Others than ours are passed over. */
final class Fields {
    /** Two names of one thing; the second is the old system's. */
    static final String PHONE = "phone";

    static final String CT_PHONE = "ct_phone";

    static final Set<String> NAMES = Set.of(
            PHONE, CT_PHONE, "first_name", "locale", "consent_basis", "consent_evidence", "consent_at", "event_id");

    private static final int UNSUPPORTED = 415;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Fields() {}

    /** @throws Refused with 400 for what is not well-formed, 415 for what is not understood, 422 for a field of the wrong type */
    static Map<String, String> of(Call call) {
        if (call.query().chars().anyMatch(c -> c > 126)) {
            throw new Refused(400, "The query has characters that are not percent-encoded.");
        }
        Map<String, String> query = FormText.fields(call.query(), "query");
        if (call.body().length == 0) {
            return query;
        }
        Map<String, String> all = new HashMap<>(query);
        body(call).forEach((name, value) -> {
            String before = all.put(name, value);
            if (before != null && !before.equals(value)) {
                throw new Refused(400, "The field " + name + " is in the query and in the body, and not the same.");
            }
        });
        return all;
    }

    private static Map<String, String> body(Call call) {
        if (call.headers()
                .first("Content-Encoding")
                .filter(it -> !it.equalsIgnoreCase("identity"))
                .isPresent()) {
            throw new Refused(UNSUPPORTED, "The body is compressed: send it as it is.");
        }
        String type = call.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        String charset = parameters < 0 ? "" : charset(type.substring(parameters + 1));
        if (!charset.isEmpty() && !charset.equals("utf-8") && !charset.equals("us-ascii")) {
            throw new Refused(UNSUPPORTED, "The body's charset is another than UTF-8: send it as UTF-8.");
        }
        return switch (parameters < 0 ? type : type.substring(0, parameters).strip()) {
            case "application/json" -> json(FormText.utf8(call.body(), "body"));
            case "application/x-www-form-urlencoded" -> FormText.fields(FormText.utf8(call.body(), "body"), "body");
            default ->
                throw new Refused(
                        UNSUPPORTED,
                        "The body is neither application/json nor application/x-www-form-urlencoded: say which it is in"
                                + " Content-Type.");
        };
    }

    private static String charset(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            String[] parts = parameter.strip().split("=", 2);
            if (parts.length == 2 && parts[0].strip().equals("charset")) {
                return parts[1].strip().replace("\"", "");
            }
        }
        return "";
    }

    private static Map<String, String> json(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Refused(400, "The body is no JSON document in which each field stands once.");
        }
        if (root == null || !root.isObject()) {
            throw new Refused(400, "The body is no JSON object: write the fields within braces.");
        }
        Map<String, String> fields = new HashMap<>();
        for (String name : NAMES) {
            JsonNode value = root.path(name);
            if (value.isTextual() || (value.isIntegralNumber() && name.equals("event_id"))) {
                fields.put(name, value.asText());
            } else if (!value.isMissingNode() && !value.isNull()) {
                throw new Refused(422, "The field " + name + " is no text: write it within quotes.");
            }
        }
        return fields;
    }
}
