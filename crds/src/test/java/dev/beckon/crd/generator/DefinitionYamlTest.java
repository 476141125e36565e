package dev.beckon.crd.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

class DefinitionYamlTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** SnakeYAML resolves YAML 1.1, as Ansible and Python's Kubernetes client do; a default that turned into a number would be refused. */
    @TestFactory
    Stream<DynamicTest> aReaderOfYaml11ReadsTheSameDefinition() {
        return Definitions.generate().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Object read = new Yaml().load(DefinitionYaml.write(entry.getValue()));
                    assertThat(pretty(read)).isEqualTo(pretty(entry.getValue()));
                }));
    }

    /** As text, for which Java type a number has does not count. */
    private static String pretty(Object tree) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }
}
