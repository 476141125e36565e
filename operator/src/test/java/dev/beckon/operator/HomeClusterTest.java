package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HomeClusterTest {
    private static final String PATH = "/api/v1/namespaces/kube-system";

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private KubernetesClient client;
    private HomeCluster cluster;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        cluster = new HomeCluster(client, () -> now);
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    private void isThere() {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(
                        200,
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("kube-system")
                                .withUid("cccc")
                                .endMetadata()
                                .build())
                .once();
    }

    @Test
    void itIsAskedForOnce() {
        isThere();
        assertThat(cluster.uid()).isEqualTo("cccc");
        assertThat(cluster.uid()).isEqualTo("cccc");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anOperatorThatMayNotAskGoesOnWithoutAndAsksAgainLater() {
        server.expect().get().withPath(PATH).andReturn(403, "{}").once();
        isThere();
        assertThat(cluster.uid()).isEmpty();
        assertThat(cluster.uid()).isEmpty();
        assertThat(server.getRequestCount()).isEqualTo(1);
        now = now.plus(HomeCluster.AGAIN);
        assertThat(cluster.uid()).isEqualTo("cccc");
    }

    @Test
    void anAnswerThatIsNoneIsNotTakenForNoRight() {
        server.expect().get().withPath(PATH).andReturn(400, "{}").once();
        isThere();
        assertThatThrownBy(cluster::uid).isInstanceOf(KubernetesClientException.class);
        assertThat(cluster.uid()).isEqualTo("cccc");
    }
}
