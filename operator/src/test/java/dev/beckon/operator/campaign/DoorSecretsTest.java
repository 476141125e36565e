package dev.beckon.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.campaign.DoorSecrets.Found;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Missing;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator says of Secrets that it may not get; a door that it could open before is not left as it was. */
class DoorSecretsTest {
    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private KubernetesClient client;
    private DoorSecrets secrets;
    private InviteCampaign campaign;

    @BeforeEach
    void start() {
        server.init();
        client = server.createClient();
        secrets = new DoorSecrets(new Files(client, () -> now), () -> now, TestSettings.defaults());
        campaign = client.getKubernetesSerialization().unmarshal("""
                        metadata: {name: spring, namespace: team, uid: u}
                        spec:
                          target: '@c'
                          accounts: {names: [alice]}
                          audience: {webhook: {secretRef: {name: hook}}}
                        """, InviteCampaign.class);
    }

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    private static Secret secret(String name, String key, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("team")
                .withResourceVersion("1")
                .endMetadata()
                .addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private void hook(int code, int times) {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/team/secrets/hook")
                .andReturn(code, secret("hook", "token", "thirty-two-characters-of-token"))
                .times(times);
    }

    private void worker(int code) {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/team/secrets/beckon-worker")
                .andReturn(
                        code,
                        secret(
                                "beckon-worker",
                                "keys.json",
                                LedgerKeys.generate().toJson()))
                .always();
    }

    private void assertLacks(Reason reason, String message) {
        assertThat(secrets.of(campaign))
                .asInstanceOf(type(Found.Lacks.class))
                .extracting(Found.Lacks::missing)
                .isEqualTo(new Missing(reason, message));
    }

    @Test
    void aWebhooksSecretThatMayNotBeReadIsToldNotCalledMissing() {
        worker(200);
        hook(403, 10);
        assertLacks(
                Reason.WebhookSecretMissing,
                "The Secret hook can't be read: the operator's ServiceAccount may not get it in this namespace.");
    }

    @Test
    void soIsTheSecretWithTheKeys() {
        worker(403);
        hook(200, 10);
        assertLacks(
                Reason.WorkerSecretMissing,
                "The Secret beckon-worker can't be read: the operator's ServiceAccount may not get it in this namespace.");
    }

    @Test
    void aRightThatWasTakenAwayIsNoticedAndWhatWasKnownIsUsedNoLonger() {
        worker(200);
        hook(200, 1);
        hook(403, 10);
        assertThat(secrets.of(campaign)).isInstanceOf(Found.Sealed.class);
        now = now.plus(TestSettings.defaults().pace().recheck()).plus(Duration.ofMillis(1));
        assertLacks(
                Reason.WebhookSecretMissing,
                "The Secret hook can't be read: the operator's ServiceAccount may not get it in this namespace.");
    }
}
