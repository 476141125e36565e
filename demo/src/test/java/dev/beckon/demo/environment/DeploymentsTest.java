package dev.beckon.demo.environment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentsTest {
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
        List<JsonNode> documents = documents(Deployments.with(Map.of("NEW", "2s"), YAML));

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
        assertThat(Deployments.with(Map.of(), YAML)).isSameAs(YAML);
    }

    @Test
    void aDeploymentGetsOneReplicaAndTheRestStays() throws IOException {
        List<JsonNode> documents = documents(
                Deployments.ofOneReplica(YAML.replace("spec:\n  template", "spec:\n  replicas: 2\n  template")));

        assertThat(documents.getLast().at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(documents.getLast().at("/spec/template"))
                .isEqualTo(documents(YAML).getLast().at("/spec/template"));
        assertThat(documents.getFirst()).isEqualTo(documents(YAML).getFirst());
    }

    @Test
    void otherServersReplaceThePodsAndTheSameOnesDoNot() throws IOException {
        JsonNode deployment = documents(Deployments.replacedWith("a", YAML)).getLast();

        assertThat(deployment
                        .at("/spec/template/metadata/annotations/beckon.dev~1servers")
                        .asText())
                .isEqualTo("a");
        assertThat(deployment.at("/spec/template/spec"))
                .isEqualTo(documents(YAML).getLast().at("/spec/template/spec"));
        assertThat(Deployments.replacedWith("a", YAML)).isEqualTo(Deployments.replacedWith("a", YAML));
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(yaml).forEachRemaining(documents::add);
        return documents;
    }
}
