package dev.beckon.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.operator.HomeCluster;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.scenario.FakeLedger;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMetaBuilder;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Doors of campaigns that were deleted while no operator looked. */
class DoorSweepTest {
    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        InviteCampaign campaign = new InviteCampaign();
        campaign.setMetadata(new ObjectMetaBuilder()
                .withName("spring")
                .withNamespace("team")
                .withUid("alive")
                .build());
        DefaultKubernetesResourceList<InviteCampaign> list = new DefaultKubernetesResourceList<>();
        list.setMetadata(new ListMetaBuilder().withResourceVersion("1").build());
        list.setItems(List.of(campaign));
        server.expect()
                .get()
                .withPath("/apis/beckon.dev/v1alpha1/invitecampaigns?limit=500")
                .andReturn(200, list)
                .always();
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    private void isCluster(int code, String uid) {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/kube-system")
                .andReturn(
                        code,
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("kube-system")
                                .withUid(uid)
                                .endMetadata()
                                .build())
                .always();
    }

    private List<String> forgotten() throws IOException {
        JsonNode file = new YAMLMapper().readTree("webhooks: {alive: ours, gone: ours, theirs: another, old: ''}");
        FakeLedger ledger = new FakeLedger(file);
        new DoorSweep(client, ledger, new HomeCluster(client, InstantSource.system()), TestSettings.defaults()).sweep();
        return ledger.asked();
    }

    /** Another installation's operator sees to those of other namespaces; here, all of them would look deleted. */
    @Test
    void whoWatchesOneNamespaceAsksForNoOther() throws IOException {
        isCluster(200, "ours");
        server.expect()
                .get()
                .withPath("/apis/beckon.dev/v1alpha1/namespaces/team/invitecampaigns?limit=500")
                .andReturn(
                        200,
                        client.resources(InviteCampaign.class)
                                .inAnyNamespace()
                                .list(new ListOptionsBuilder().withLimit(500L).build()))
                .always();
        FakeLedger ledger = new FakeLedger(new YAMLMapper().readTree("webhooks: {alive: ours, gone: ours}"));
        new DoorSweep(
                        client,
                        ledger,
                        new HomeCluster(client, InstantSource.system()),
                        TestSettings.with(Map.of("beckon.watch-namespace", "team")))
                .sweep();

        assertThat(ledger.asked()).containsExactly("forgetWebhook of gone");
        assertThat(ledger.lookedFor()).contains("team");
    }

    @Test
    void anotherClustersAreLeftToItsOperator() throws IOException {
        isCluster(200, "ours");
        assertThat(forgotten()).containsExactly("forgetWebhook of gone", "forgetWebhook of old");
    }

    @Test
    void anOperatorThatDoesNotKnowItsClusterLeavesThoseThatHaveOne() throws IOException {
        isCluster(403, "ours");
        assertThat(forgotten()).containsExactly("forgetWebhook of old");
    }
}
