package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final LeaderElection election = new LeaderElection(ends::incrementAndGet);

    private LeaderCallbacks callbacks() {
        try (var client = new KubernetesClientBuilder().build()) {
            return election.configuration(
                            client,
                            new OperatorMetrics(new SimpleMeterRegistry()),
                            Optional.of("beckon-system"),
                            Optional.of("operator-1"))
                    .getLeaderCallbacks()
                    .orElseThrow();
        }
    }

    @Test
    void aProcessThatLosesTheLeaseEnds() {
        callbacks().onStopLeading();

        assertThat(ends).hasValue(1);
    }

    @Test
    void aProcessThatStopsEndsInItsOwnTime() {
        LeaderCallbacks callbacks = callbacks();
        election.onStop(new ShutdownEvent());

        callbacks.onStopLeading();

        assertThat(ends).hasValue(0);
    }
}
