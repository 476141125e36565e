package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.beckon.crd.Audience;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AudienceLinesTest {
    private static OptionalLong lines(String audience, String file) throws JsonProcessingException {
        String data = Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8));
        return lines(audience, new UserFiles(List.of(object("data", new TextNode(data))), List.of()));
    }

    private static OptionalLong lines(String audience, UserFiles files) {
        return AudienceLines.of("team", Serialization.unmarshal(audience, Audience.class), files);
    }

    private static JsonNode object(String field, JsonNode file) throws JsonProcessingException {
        ObjectNode object = (ObjectNode)
                new JsonMapper().readTree("{\"metadata\": {\"name\": \"guests\", \"namespace\": \"team\"}}");
        object.putObject(field).set("guests.csv", file);
        return object;
    }

    @Test
    void everyPersonOfTheResourceIsALine() throws JsonProcessingException {
        assertThat(lines("inline: [{username: anna}, {username: benno}]", "")).hasValue(2);
    }

    @Test
    void everyLineOfAFileIsOneButForItsHeader() throws JsonProcessingException {
        String secret = "secretRef: {name: guests, key: guests.csv}";
        assertThat(lines(secret, "phone,username\n+4915120000001,\nno phone,\n\n,anna\n"))
                .hasValue(3);
        assertThat(lines(secret, "@anna\n@benno\n")).hasValue(2);
    }

    @Test
    void theLinesOfAConfigMapAreCountedToo() throws JsonProcessingException {
        String map = "configMapRef: {name: guests, key: guests.csv}";
        String text = "phone\n+4915120000001\n+4915120000002\n";
        String latin = Base64.getEncoder()
                .encodeToString("first_name;phone\nJürgen;1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lines(map, new UserFiles(List.of(), List.of(object("data", new TextNode(text))))))
                .hasValue(2);
        assertThat(lines(map, new UserFiles(List.of(), List.of(object("binaryData", new TextNode(latin))))))
                .hasValue(1);
    }

    @Test
    void whatIsNotWrittenDownIsNotCounted() throws JsonProcessingException {
        assertThat(lines("parserJobRef: {name: walkers}", "")).isEmpty();
    }
}
