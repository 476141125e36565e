package dev.beckon.crd.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    /** The definitions of the last release; a release copies the new ones here. */
    private static final Path RELEASED = Path.of("src/test/resources/dev/beckon/crd/released");

    @TestFactory
    Stream<DynamicTest> objectsOfTheLastReleaseAreTakenByThisOne() {
        // A kind that no release has had yet has no older objects.
        return Definitions.generate().entrySet().stream()
                .filter(definition -> Files.exists(RELEASED.resolve(definition.getKey() + ".yaml")))
                .map(definition -> DynamicTest.dynamicTest(definition.getKey(), () -> {
                    JsonNode released = read(RELEASED.resolve(definition.getKey() + ".yaml"));
                    // Through text, so that both sides know numbers in the same way.
                    JsonNode generated = yaml(DefinitionYaml.write(definition.getValue()));
                    assertThat(Compatibility.breaks(released, generated)).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> noReleasedDefinitionIsLost() throws IOException {
        try (var files = Files.list(RELEASED)) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream()
                    .map(name -> DynamicTest.dynamicTest(
                            name, () -> assertThat(Definitions.generate()).containsKey(name)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    type: string                            | type: integer                           | .field: the type changed from string to integer
                    type: string                            | {type: string, enum: [A]}               | .field: only the values [A] are allowed now
                    {type: string, enum: [A, B]}            | {type: string, enum: [A, C]}            | .field: the value B is gone
                    {type: integer, maximum: 10}            | {type: integer, maximum: 9}             | .field: maximum narrowed from 10 to 9
                    type: integer                           | {type: integer, maximum: 9}             | .field: maximum narrowed from none to 9
                    {type: number, minimum: 0.5}            | {type: number, minimum: 0.6}            | .field: minimum narrowed from 0.5 to 0.6
                    {type: string, maxLength: 64}           | {type: string, maxLength: 63}           | .field: maxLength narrowed from 64 to 63
                    type: string                            | {type: string, minLength: 1}            | .field: minLength narrowed from none to 1
                    {type: array, maxItems: 5}              | {type: array, maxItems: 4}              | .field: maxItems narrowed from 5 to 4
                    {type: array, minItems: 0}              | {type: array, minItems: 1}              | .field: minItems narrowed from 0 to 1
                    {type: object, maxProperties: 5}        | {type: object, maxProperties: 4}        | .field: maxProperties narrowed from 5 to 4
                    {type: object, minProperties: 1}        | {type: object, minProperties: 2}        | .field: minProperties narrowed from 1 to 2
                    type: string                            | {type: string, pattern: ^a}             | .field: pattern narrowed from none to ^a
                    {type: string, pattern: ^a}             | {type: string, pattern: ^b}             | .field: pattern narrowed from ^a to ^b
                    type: string                            | {type: string, format: date-time}       | .field: format narrowed from none to date-time
                    {type: string, default: a}              | {type: string, default: b}              | .field: default changed from a to b
                    {type: string, default: a}              | type: string                            | .field: default changed from a to none
                    {type: array, x-kubernetes-list-type: set} | {type: array, x-kubernetes-list-type: atomic} | .field: x-kubernetes-list-type changed from set to atomic
                    {type: array, x-kubernetes-list-map-keys: [a]} | {type: array, x-kubernetes-list-map-keys: [b]} | .field: x-kubernetes-list-map-keys changed from ["a"] to ["b"]
                    {type: object, properties: {a: {type: string}}} | type: object                    | .field.a: the field is gone
                    {type: object, properties: {a: {type: string}}} | {type: object, properties: {a: {type: string}}, required: [a]} | .field.a: the field is required now
                    type: object                            | {type: object, properties: {a: {type: string}}, required: [a]} | .field.a: the field is required now
                    type: string                            | {type: string, x-kubernetes-validations: [{rule: self != ''}]} | .field: a rule is new or changed, which may refuse older objects: self != ''
                    {type: array, items: {type: string}}    | {type: array, items: {type: integer}}   | .field[]: the type changed from string to integer
                    {type: object, additionalProperties: {type: string}} | {type: object, additionalProperties: {type: string, maxLength: 3}} | .field{}: maxLength narrowed from none to 3
                    """)
    void whatNarrowsRemovesOrReinterpretsIsNamed(String older, String newer, String sentence) throws IOException {
        assertThat(Compatibility.breaks(withField(older), withField(newer))).containsExactly(sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {type: string, enum: [A]}               | {type: string, enum: [A, B]}
                    {type: string, enum: [A]}               | type: string
                    {type: integer, maximum: 9, minimum: 2} | {type: integer, maximum: 10, minimum: 1}
                    {type: integer, maximum: 9}             | type: integer
                    {type: string, pattern: ^a}             | type: string
                    type: object                            | {type: object, properties: {a: {type: string, maxLength: 3}}}
                    type: object                            | {type: object, properties: {a: {type: string, default: x}}, required: [a]}
                    {type: object, properties: {a: {type: string}}, required: [a]} | {type: object, properties: {a: {type: string}}}
                    {type: object, properties: {a: {type: string}}, x-kubernetes-validations: [{rule: "!has(self.a)"}]} | {type: object, properties: {a: {type: string, maxLength: 3}}}
                    {type: string, description: a}          | {type: string, description: b}
                    {type: string, x-kubernetes-validations: [{rule: self != '', message: a}]} | {type: string, x-kubernetes-validations: [{rule: self != '', message: b}]}
                    {type: string, x-kubernetes-validations: [{rule: self != ''}]} | type: string
                    """)
    void wideningIsFree(String older, String newer) throws IOException {
        assertThat(Compatibility.breaks(withField(older), withField(newer))).isEmpty();
    }

    @Test
    void aVersionAShortNameAndTheScopeMustStay() throws IOException {
        JsonNode older = yaml("""
                spec:
                  scope: Namespaced
                  names: {shortNames: [ic, campaign]}
                  versions: [{name: v1alpha1, served: true, schema: {openAPIV3Schema: {type: object}}}]
                """);
        JsonNode newer = yaml("""
                spec:
                  scope: Cluster
                  names: {shortNames: [campaign]}
                  versions: [{name: v1alpha1, served: false, schema: {openAPIV3Schema: {type: object}}}]
                """);

        assertThat(Compatibility.breaks(older, newer))
                .containsExactly(
                        "the scope changed from Namespaced to Cluster",
                        "the short name ic is gone",
                        "version v1alpha1 is gone or no longer served");
    }

    private static JsonNode withField(String schema) throws IOException {
        return yaml("""
                spec:
                  scope: Namespaced
                  names: {}
                  versions:
                    - {name: v1, served: true, schema: {openAPIV3Schema: {type: object, properties: {field: %s}}}}
                """.formatted(schema.startsWith("{") ? schema : "{" + schema + "}"));
    }

    private static JsonNode read(Path file) throws IOException {
        return yaml(Files.readString(file));
    }

    private static JsonNode yaml(String text) throws IOException {
        return DefinitionYaml.MAPPER.readTree(text);
    }
}
