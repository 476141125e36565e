package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorManifestTest {
    private static final String YAML = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: there}
            ---
            apiVersion: apps/v1
            kind: Deployment
            spec:
              template:
                spec:
                  containers:
                    - name: operator
                      env:
                        - {name: OLD, value: "1"}
            """;

    @Test
    void settingsJoinTheDeploymentsOwnAndTheRestStays() throws IOException {
        List<JsonNode> documents = documents(OperatorManifest.with(Map.of("NEW", "2s"), YAML));

        assertThat(documents).hasSize(2);
        assertThat(documents.getFirst()).isEqualTo(documents(YAML).getFirst());
        assertThat(documents
                        .getLast()
                        .at("/spec/template/spec/containers/0/env")
                        .toString())
                .isEqualTo("[{\"name\":\"OLD\",\"value\":\"1\"},{\"name\":\"NEW\",\"value\":\"2s\"}]");
    }

    @Test
    void withoutSettingsTheTextIsTheReleasedOne() {
        assertThat(OperatorManifest.with(Map.of(), YAML)).isSameAs(YAML);
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml).forEachRemaining(documents::add);
        return documents;
    }
}
