package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.worker.FleetIndex;
import dev.beckon.operator.worker.Turns;
import dev.beckon.operator.worker.WorkerFleet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator that has rights in one namespace only asks for nothing beyond it. */
class WatchedNamespaceTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final KubernetesMockServer server =
            new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), noted(asked), false);
    private KubernetesClient client;

    private static KubernetesCrudDispatcher noted(Queue<String> asked) {
        return new KubernetesCrudDispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                asked.add(request.getPath());
                return super.dispatch(request);
            }
        };
    }

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    private void watch(Settings settings) {
        FleetIndex index = new FleetIndex();
        OperatorMetrics metrics = new OperatorMetrics(new SimpleMeterRegistry());
        new WorkerFleet(client, index, new Turns(index, CLOCK), new Bells(), metrics, settings).start();
    }

    @Test
    void workersAreWatchedThereOnly() {
        watch(TestSettings.with(Map.of("beckon.watch-namespace", "team")));

        assertThat(asked).hasSizeGreaterThanOrEqualTo(4).allMatch(path -> path.contains("/namespaces/team/"));
    }

    @Test
    void withoutItTheyAreWatchedEverywhere() {
        watch(TestSettings.defaults());

        assertThat(asked).hasSizeGreaterThanOrEqualTo(4).noneMatch(path -> path.contains("/namespaces/"));
    }

    /** The controllers are the extension's, which has a setting of its own. */
    @Test
    void theControllersFollowTheSameSetting() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Settings.class.getResourceAsStream("/application.properties")) {
            properties.load(in);
        }
        assertThat(properties.getProperty("quarkus.operator-sdk.namespaces"))
                .isEqualTo("${beckon.watch-namespace:QOSDK_USE_BUILDTIME_NAMESPACES}");
    }
}
