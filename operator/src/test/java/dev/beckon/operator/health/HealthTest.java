package dev.beckon.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.beckon.operator.Bells;
import dev.beckon.operator.OperatorMetrics;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.ledger.ReportReader;
import dev.beckon.operator.scenario.FakeLedger;
import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.WorkerFleet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final OperatorMetrics metrics = new OperatorMetrics(new SimpleMeterRegistry());
    private final Bells bells = new Bells();
    private final ReportBook book = new ReportBook(CLOCK);
    private KubernetesClient client;
    private WorkerFleet fleet;

    @BeforeEach
    void connect() {
        server.init();
        client = server.createClient();
        FleetIndex index = new FleetIndex();
        fleet = new WorkerFleet(client, index, new Turns(index, CLOCK), bells, metrics, TestSettings.defaults());
    }

    @AfterEach
    void disconnect() {
        client.close();
        server.destroy();
    }

    @Test
    void theProcessIsAliveWhateverElseIsWrong() {
        HealthCheckResponse alive = new AliveCheck().call();

        assertThat(alive.getName()).isEqualTo("alive");
        assertThat(alive.getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whatAnswersIsTold() {
        reads(false);
        fleet.start();

        assertThat(surroundings(new Told(true, true)))
                .isEqualTo(Map.of("ledger", "reachable", "hints", "connected", "workers", "watched"));
    }

    @Test
    void whatIsAwayIsToldAndMakesTheOperatorNotUnready() {
        reads(true);
        fleet.start();
        server.shutdown();
        Awaitility.await("the watches are broken").until(fleet::blind);

        assertThat(surroundings(new Told(true, false)))
                .isEqualTo(Map.of(
                        "ledger",
                        "unreachable since 2026-11-23T12:00:00Z: The ledger can't be reached (test).",
                        "hints",
                        "disconnected",
                        "workers",
                        "not watched"));
    }

    @Test
    void whoHasJustStartedWatchesNothingYet() {
        assertThat(surroundings(new Told(false, false)))
                .isEqualTo(Map.of("ledger", "reachable", "hints", "not configured", "workers", "not watched"));
    }

    private void reads(boolean down) {
        FakeLedger ledger = new FakeLedger(JsonNodeFactory.instance.objectNode().put("down", down));
        assertThat(new ReportReader(book, ledger, bells, CLOCK, metrics).readOnce())
                .isEqualTo(!down);
    }

    private Map<String, Object> surroundings(Hints hints) {
        HealthCheckResponse said = new SurroundingsCheck(book, hints, fleet).call();
        assertThat(said.getName()).isEqualTo("surroundings");
        assertThat(said.getStatus()).isEqualTo(Status.UP);
        return said.getData().orElseThrow();
    }

    private record Told(boolean configured, boolean connected) implements Hints {}
}
