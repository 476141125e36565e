package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.beckon.leakscan.Haystack;
import dev.beckon.leakscan.LeakScan;
import dev.beckon.leakscan.Needles;
import dev.beckon.leakscan.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The people of the demo as it is shipped, each planted in a log. */
class PeopleTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final String LINE = "2026-11-25T12:00:00Z stdout F Holds the account, fence 3: ";

    private static Needles needles;

    @BeforeAll
    static void ofTheDemo() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                new YAMLMapper()
                        .readerFor(JsonNode.class)
                        .<JsonNode>readValues(file.toFile())
                        .forEachRemaining(objects::add);
            }
        }
        needles = People.ofAudiences(
                ofKind(objects, "InviteCampaign"),
                new UserFiles(
                        ofKind(objects, "Secret").stream()
                                .map(PeopleTest::asStored)
                                .toList(),
                        ofKind(objects, "ConfigMap")),
                People.ofWorld(EXAMPLES.resolve("worlds/demo.yaml"), new Needles()));
    }

    private static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    /** As the API server keeps what a user wrote as {@code stringData}. */
    private static JsonNode asStored(JsonNode secret) {
        ObjectNode stored = secret.deepCopy();
        ObjectNode data = stored.putObject("data");
        secret.path("stringData")
                .properties()
                .forEach(field -> data.put(
                        field.getKey(),
                        Base64.getEncoder()
                                .encodeToString(field.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        return stored;
    }

    private static List<String> findings(String planted) {
        return new LeakScan(needles, new SecretBytes()).findings(List.of(Haystack.of("a log", LINE + planted)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna_weber",
                "Katja",
                "runner_1",
                "gardener_5",
                "reader_6",
                "walker_4",
                "caller_8",
                "walker_ 2",
                "4915130000017"
            })
    void whoLivesInTheWorldIsFoundAlsoWhoWasGenerated(String person) {
        assertThat(findings(person)).singleElement().asString().startsWith("a log holds a person");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4915129999999", "4915120000007", "Paula", "+49 (1512) 000-0002", "call her on Monday"})
    void whoStandsInAnAudiencesSecretOnlyIsFound(String person) {
        assertThat(findings(person)).containsExactly("a log holds a person of an audience");
    }

    @Test
    void whoStandsInTheConfigMapOfAnAudienceIsFoundElsewhereAndLeftAloneThere() throws IOException {
        JsonNode campaign = yaml("""
                metadata: {name: spring, namespace: team}
                spec: {audience: {configMapRef: {name: guests, key: guests.csv}}}
                """);
        JsonNode guests = yaml("""
                metadata: {name: guests, namespace: team}
                data: {guests.csv: "username\\nquiet_quentin\\n"}
                """);
        JsonNode copied = yaml("""
                metadata: {name: guests, namespace: other}
                data: {guests.csv: "username\\nquiet_quentin\\n"}
                """);
        Needles people =
                People.ofAudiences(List.of(campaign), new UserFiles(List.of(), List.of(copied, guests)), new Needles());

        assertThat(new LeakScan(people, new SecretBytes())
                        .findings(List.of(Haystack.of("a log", LINE + "quiet_quentin"))))
                .containsExactly("a log holds a person of an audience");
        assertThat(People.butForAudiences(List.of(copied, guests), List.of(campaign)))
                .containsExactly(copied);
    }

    private static JsonNode yaml(String text) throws IOException {
        return new YAMLMapper().readTree(text);
    }

    @Test
    void ordinaryLinesHoldNobody() throws IOException {
        assertThat(findings(new JsonMapper().writeValueAsString(List.of("invited", "OptIn", "BadLine", "phone"))))
                .isEmpty();
    }
}
