package dev.beckon.crd.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Conventions that hold for every field, and what {@link SchemaCompletion} adds. */
class SchemaTest {
    private static final JsonNode CAMPAIGN = Definitions.generate().get("invitecampaigns.beckon.dev");

    @Test
    void everyFieldIsDescribed() {
        List<String> silent = new ArrayList<>();
        eachField((path, schema) -> {
            if (schema.path("description").asText().length() < 5) {
                silent.add(path);
            }
        });
        assertThat(silent).isEmpty();
    }

    @Test
    void everyListSaysHowItIsMerged() {
        List<String> untyped = new ArrayList<>();
        eachField((path, schema) -> {
            if (schema.path("type").asText().equals("array") && !schema.has("x-kubernetes-list-type")) {
                untyped.add(path);
            }
        });
        assertThat(untyped).isEmpty();
    }

    /** Without bounds the API server estimates the cost of a rule by the largest request there can be, and refuses the schema. */
    @Test
    void everyTextListAndMapOfOursIsBounded() {
        List<String> unbounded = new ArrayList<>();
        eachField((path, schema) -> {
            boolean ours =
                    !path.contains(".affinity") && !path.contains(".tolerations") && !path.contains(".resources");
            boolean bounded = switch (schema.path("type").asText()) {
                case "string" ->
                    schema.has("maxLength")
                            || schema.has("enum")
                            || schema.path("format").asText().equals("date-time");
                case "array" -> schema.has("maxItems");
                case "object" -> !schema.has("additionalProperties") || schema.has("maxProperties");
                default -> true;
            };
            if (ours && !bounded) {
                unbounded.add(path);
            }
        });
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyRuleStandsOnceAndSaysASentence() {
        List<String> wrong = new ArrayList<>();
        eachField((path, schema) -> {
            HashSet<JsonNode> seen = new HashSet<>();
            schema.path("x-kubernetes-validations").forEach(rule -> {
                if (!seen.add(rule.get("rule")) || rule.path("message").asText().length() < 20) {
                    wrong.add(path + ": " + rule);
                }
            });
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void columnsComeInTheOrderInWhichTheyAreDeclared() {
        JsonNode columns = CAMPAIGN.at("/spec/versions/0/additionalPrinterColumns");
        assertThat(columns)
                .extracting(column -> column.get("name").asText())
                .containsExactly(
                        "State",
                        "Progress",
                        "Invited",
                        "Links",
                        "Failed",
                        "Next",
                        "Age",
                        "Skipped",
                        "Rate",
                        "ETA",
                        "Target",
                        "Reason");
        assertThat(columns)
                .filteredOn(column -> column.path("priority").asInt() == 1)
                .extracting(column -> column.get("name").asText())
                .containsExactly("Skipped", "Rate", "ETA", "Target", "Reason");
    }

    @Test
    void conditionsAreAMapListOfKubernetesOwnShape() {
        JsonNode conditions = status("conditions");
        assertThat(conditions.get("x-kubernetes-list-type").asText()).isEqualTo("map");
        assertThat(conditions.get("x-kubernetes-list-map-keys"))
                .extracting(JsonNode::asText)
                .containsExactly("type");
        assertThat(conditions.at("/items/required"))
                .extracting(JsonNode::asText)
                .containsExactly("lastTransitionTime", "message", "reason", "status", "type");
    }

    @Test
    void valuesOfAnEnumComeInDeclaredOrderAndWholeBoundsAreWhole() {
        JsonNode spec = CAMPAIGN.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
        assertThat(spec.at("/pacing/properties/window/properties/days/items/enum"))
                .extracting(JsonNode::asText)
                .containsExactly("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
        assertThat(spec.at("/retry/properties/maxAttempts/maximum").isIntegralNumber())
                .isTrue();
        assertThat(spec.at("/retry/properties/maxAttempts/format").asText()).isEqualTo("int32");
        assertThat(status("ledgerSequence").get("format").asText()).isEqualTo("int64");
    }

    @Test
    void aDefaultIsToldWhereKubectlExplainShowsIt() {
        assertThat(CAMPAIGN.at(
                                "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/pacing/properties/hibernateAfter/description")
                        .asText())
                .endsWith("Default: 5m");
    }

    /** An object that was not given gets its default from the record's constructor; its fields' defaults are written beside them. */
    @Test
    void theModelFillsInWhatTheSchemaDefaults() {
        List<String> different = new ArrayList<>();
        eachField((path, schema) -> schema.path("default").properties().forEach(filledIn -> {
            JsonNode declared = schema.at("/properties/" + filledIn.getKey() + "/default");
            if (!declared.equals(filledIn.getValue())) {
                different.add(path + "." + filledIn.getKey() + ": " + filledIn.getValue() + " and " + declared);
            }
        }));
        assertThat(different).isEmpty();
    }

    private static JsonNode status(String field) {
        return CAMPAIGN.at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/" + field);
    }

    private static void eachField(BiConsumer<String, JsonNode> visitor) {
        Definitions.generate()
                .forEach((name, definition) -> StreamSupport.stream(
                                definition.at("/spec/versions").spliterator(), false)
                        .forEach(version -> fields(name + ":", version.at("/schema/openAPIV3Schema"), visitor)));
    }

    private static void fields(String path, JsonNode schema, BiConsumer<String, JsonNode> visitor) {
        schema.path("properties").properties().forEach(field -> {
            visitor.accept(path + "." + field.getKey(), field.getValue());
            fields(path + "." + field.getKey(), field.getValue(), visitor);
        });
        if (schema.has("items")) {
            fields(path + "[]", schema.get("items"), visitor);
        }
    }
}
