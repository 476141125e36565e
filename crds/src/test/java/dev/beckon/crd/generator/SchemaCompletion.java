package dev.beckon.crd.generator;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.crd.AutopostScheduleSpec;
import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.InviteCampaignSpec;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.Pacing;
import dev.beckon.crd.ParserJobSpec;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.crd.TelegramAccountStatus;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What fabric8's generator can't say, put into its result: columns in declared order (it sorts them by path), values of an enum
 * in declared order (it sorts them too), list types, Kubernetes' own condition, the width of integers, descriptions of the fields
 * that come from Kubernetes' types; and each CEL rule once (a rule on a record's component is found on both its field and its
 * accessor).
 */
final class SchemaCompletion {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Lists whose entries have an identity, for server-side apply; all others are replaced as a whole. */
    private static final Map<String, String> MAP_LISTS = Map.of(
            ".status.conditions",
            "type",
            ".status.accounts",
            "name",
            ".status.targets",
            "target",
            ".status.unknownOutcomes",
            "post");

    private static final Set<String> SETS = Set.of(".spec.accounts.names", ".spec.pacing.window.days", ".spec.targets");

    /** Parts of a pod that a worker's pod can't have: a claim names an entry of a list that is ours. */
    private static final Set<String> LEFT_OUT = Set.of(".spec.worker.resources.claims");

    private static final List<Class<? extends Enum<?>>> ENUMS = List.of(
            AutopostScheduleSpec.ConcurrencyPolicy.class,
            AutopostScheduleSpec.MissedRuns.class,
            AutopostScheduleSpec.Order.class,
            AutopostScheduleSpec.WhenExhausted.class,
            AutopostScheduleStatus.Outcome.class,
            AutopostScheduleStatus.State.class,
            InviteCampaignSpec.Mode.class,
            InviteCampaignSpec.Basis.class,
            InviteCampaignStatus.State.class,
            Pacing.Day.class,
            ParserJobSpec.Collect.class,
            ParserJobSpec.Format.class,
            ParserJobStatus.State.class,
            TelegramAccountSpec.Method.class,
            TelegramAccountSpec.ProxyType.class,
            TelegramAccountStatus.State.class);

    private static final Properties KUBERNETES = kubernetesDescriptions();

    private SchemaCompletion() {}

    static void complete(ObjectNode definition, Class<?> kind) {
        ObjectNode version = (ObjectNode) definition.at("/spec/versions/0");
        version.replace("additionalPrinterColumns", inDeclaredOrder(version.get("additionalPrinterColumns"), kind));
        ObjectNode schema = (ObjectNode) version.at("/schema/openAPIV3Schema");
        schema.putArray("required").add("spec");
        describe(schema, kind, (ParameterizedType) kind.getGenericSuperclass());
        walk(schema, "");
    }

    /** The descriptions of kind, spec and status stand on their classes. */
    private static void describe(ObjectNode schema, Class<?> kind, ParameterizedType customResource) {
        schema.put("description", description(kind));
        Type[] specAndStatus = customResource.getActualTypeArguments();
        ((ObjectNode) schema.at("/properties/spec")).put("description", description((Class<?>) specAndStatus[0]));
        ((ObjectNode) schema.at("/properties/status")).put("description", description((Class<?>) specAndStatus[1]));
    }

    private static String description(Class<?> type) {
        return type.getAnnotation(JsonClassDescription.class).value();
    }

    private static ArrayNode inDeclaredOrder(JsonNode columns, Class<?> kind) {
        ArrayNode ordered = JSON.arrayNode();
        for (AdditionalPrinterColumn declared : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
            columns.forEach(column -> {
                if (column.get("name").asText().equals(declared.name())) {
                    ordered.add(column);
                }
            });
        }
        if (ordered.size() != columns.size()) {
            throw new IllegalStateException("Column names of " + kind.getSimpleName() + " are not unique");
        }
        return ordered;
    }

    private static void walk(ObjectNode schema, String path) {
        eachRuleOnce(schema);
        wholeNumbers(schema);
        if (schema.has("enum")) {
            schema.replace("enum", inDeclaredOrder(schema.get("enum")));
        }
        if (schema.path("type").asText().equals("array")) {
            listType(schema, path);
        }
        if (schema.get("properties") instanceof ObjectNode properties) {
            LEFT_OUT.stream()
                    .filter(left -> left.startsWith(path + "."))
                    .forEach(left -> properties.remove(left.substring(path.length() + 1)));
            properties.properties().forEach(field -> {
                ObjectNode child = (ObjectNode) field.getValue();
                describe(child, field.getKey());
                walk(child, path + "." + field.getKey());
            });
        }
        if (path.equals(".status.conditions")) {
            schema.set("items", ConditionSchema.create());
        } else if (schema.get("items") instanceof ObjectNode items) {
            walk(items, path + "[]");
        }
        if (schema.get("additionalProperties") instanceof ObjectNode values) {
            walk(values, path + "{}");
        }
    }

    private static void eachRuleOnce(ObjectNode schema) {
        if (schema.get("x-kubernetes-validations") instanceof ArrayNode rules) {
            Set<JsonNode> once = new LinkedHashSet<>();
            rules.forEach(once::add);
            schema.set("x-kubernetes-validations", JSON.arrayNode().addAll(once));
        }
    }

    /** The generator writes bounds as floating point; a whole one is meant as such. */
    private static void wholeNumbers(ObjectNode schema) {
        for (String bound : List.of("minimum", "maximum")) {
            if (schema.path(bound).isDouble()
                    && schema.get(bound).asDouble() == schema.get(bound).asLong()) {
                schema.set(bound, LongNode.valueOf(schema.get(bound).asLong()));
            }
        }
        if (schema.path("type").asText().equals("integer")) {
            boolean small = schema.has("maximum") && schema.get("maximum").asLong() <= Integer.MAX_VALUE;
            schema.put("format", small ? "int32" : "int64");
        }
    }

    private static JsonNode inDeclaredOrder(JsonNode values) {
        Set<String> names = StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        return ENUMS.stream()
                .map(type ->
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).toList())
                .filter(declared -> Set.copyOf(declared).equals(names))
                .findFirst()
                .<JsonNode>map(declared -> {
                    ArrayNode ordered = JSON.arrayNode();
                    declared.forEach(ordered::add);
                    return ordered;
                })
                .orElseThrow(() -> new IllegalStateException("An enum is missing in ENUMS: " + names));
    }

    private static void listType(ObjectNode schema, String path) {
        if (MAP_LISTS.containsKey(path)) {
            schema.put("x-kubernetes-list-type", "map");
            schema.putArray("x-kubernetes-list-map-keys").add(MAP_LISTS.get(path));
        } else {
            schema.put("x-kubernetes-list-type", SETS.contains(path) ? "set" : "atomic");
        }
    }

    private static void describe(ObjectNode field, String name) {
        if (!field.has("description") && KUBERNETES.containsKey(name)) {
            field.put("description", KUBERNETES.getProperty(name));
        }
        field.put("description", field.path("description").asText() + defaultSentence(field));
    }

    /** What a description says about the default, since {@code kubectl explain} shows none. */
    static String defaultSentence(JsonNode schema) {
        return schema.path("default").isValueNode() && !schema.get("default").isBoolean()
                ? " Default: " + schema.get("default").asText()
                : "";
    }

    private static Properties kubernetesDescriptions() {
        Properties descriptions = new Properties();
        try (InputStream file = SchemaCompletion.class.getResourceAsStream("kubernetes-fields.properties")) {
            descriptions.load(file);
            return descriptions;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
