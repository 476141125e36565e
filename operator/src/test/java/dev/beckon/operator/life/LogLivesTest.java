package dev.beckon.operator.life;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.crd.InviteCampaignStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The operator's log as a person searches it, by the fields that docs/metrics.md promises. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class LogLivesTest {
    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    @Test
    void theLinesOfARunNameItsCampaignRunAndAccount() throws IOException {
        Team team = Team.ready(world, "logged");
        team.campaign("spring", "quick", 1);
        team.becomes("spring", State.Succeeded);

        JsonNode started = line("Job spring-alice-1 with account alice has started", team);
        assertThat(started.path("timestamp").asText()).startsWith("20");
        assertThat(started.path("level").asText()).isEqualTo("INFO");
        assertThat(started.path("loggerName").asText()).startsWith("dev.beckon.operator.");
        JsonNode mdc = started.path("mdc");
        assertThat(mdc.path("campaign").asText()).isEqualTo(team.namespace() + "/spring");
        assertThat(mdc.path("run").asText()).isEqualTo("1");
        assertThat(mdc.path("account").asText()).isEqualTo("alice");
        // The reconciler's own, on every line of a pass.
        assertThat(mdc.path("resource.kind").asText()).isEqualTo("InviteCampaign");
        assertThat(mdc.path("resource.namespace").asText()).isEqualTo(team.namespace());
        assertThat(mdc.path("resource.name").asText()).isEqualTo("spring");

        JsonNode login = line("Job alice-login-1 has started", team).path("mdc");
        assertThat(login.path("run").asText()).isEqualTo("1");
        assertThat(login.path("account").asText()).isEqualTo("alice");
        assertThat(login.has("campaign")).isFalse();
    }

    private JsonNode line(String message, Team team) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (OperatorProcess operator : world.operators()) {
            Files.readAllLines(operator.log()).stream()
                    .filter(text -> text.contains(message) && text.contains(team.namespace()))
                    .map(LogLivesTest::parsed)
                    .filter(it -> it.path("message").asText().equals(message))
                    .filter(it ->
                            it.path("mdc").path("resource.namespace").asText().equals(team.namespace()))
                    .forEach(found::add);
        }
        assertThat(found).as("lines that say '%s'", message).hasSize(1);
        return found.getFirst();
    }

    private static JsonNode parsed(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }
}
