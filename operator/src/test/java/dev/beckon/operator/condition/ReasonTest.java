package dev.beckon.operator.condition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    private static final Path PAGE = Path.of("../docs/troubleshooting.md");
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * In no scenario's outcome, for that is what stands when nothing moves any more: both are told of the moment before the ledger has
     * answered, or before what is due has begun.
     */
    private static final Set<Reason> OF_A_MOMENT = EnumSet.of(Reason.Pending, Reason.LoginRequired);

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsExplainedOnItsPage(Reason reason) throws IOException {
        assertThat(Files.readString(PAGE)).contains("`" + reason + "`");
    }

    /** So that its sentence was read by somebody, and a reason that nothing leads to is none. */
    @Test
    void everyReasonIsWhatAScenarioComesTo() throws IOException {
        assertThat(reasonsOfScenarios()).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(OF_A_MOMENT)));
    }

    private static Set<Reason> reasonsOfScenarios() throws IOException {
        Set<Reason> reasons = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SCENARIOS)) {
            for (Path status : files.filter(ReasonTest::isStatus).toList()) {
                for (JsonNode condition : YAML.readTree(status.toFile()).path("conditions")) {
                    Reason.of(condition.path("reason").asText()).ifPresent(reasons::add);
                }
            }
        }
        return reasons;
    }

    private static boolean isStatus(Path file) {
        return file.getFileName().toString().matches("out-(account|autopost|campaign|parser)-.*");
    }
}
