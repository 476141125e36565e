package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only the lease of this very process is given back. */
class LeaseReleaseTest {
    private static final String NAMESPACE = "beckon-system";

    private final KubernetesMockServer server = new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
    private final LeaderElection election = new LeaderElection(() -> {});
    private KubernetesClient client;
    private String self;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        self = election.configuration(
                        client,
                        new OperatorMetrics(new SimpleMeterRegistry()),
                        Optional.of(NAMESPACE),
                        Optional.of("operator-1"))
                .getIdentity()
                .orElseThrow();
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    private void heldBy(String holder) {
        client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(LeaderElection.LEASE)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(15)
                        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                        .withLeaseTransitions(3)
                        .endSpec()
                        .build())
                .create();
    }

    private Lease lease() {
        return client.leases()
                .inNamespace(NAMESPACE)
                .withName(LeaderElection.LEASE)
                .get();
    }

    @Test
    void itsOwnIsFreeForTheNextOneAndKeepsItsHistory() {
        heldBy(self);

        election.release(client);

        assertThat(lease().getSpec().getHolderIdentity()).isNullOrEmpty();
        assertThat(lease().getSpec().getLeaseTransitions()).isEqualTo(3);
    }

    @Test
    void anothersIsLeftAlone() {
        heldBy("operator-1/of-yesterday");

        election.release(client);

        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("operator-1/of-yesterday");
    }

    @Test
    void whereThereIsNoneNoneIsMade() {
        election.release(client);

        assertThat(lease()).isNull();
    }

    @Test
    void anApiServerThatIsAwayKeepsNobodyFromItsEnd() {
        heldBy(self);
        server.shutdown();

        assertThatCode(() -> election.release(client)).doesNotThrowAnyException();
    }
}
