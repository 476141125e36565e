package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.SecretRef;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountSpec;
import dev.beckon.operator.Settings;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Workers check the certificates of database and Redis when the operator is told by whose word. */
class AuthoritiesTest {
    private static final Settings TWO = TestSettings.with(
            Map.of("beckon.worker.database-ca-secret", "db-ca", "beckon.worker.redis-ca-secret", "redis-ca"));
    private static final Settings ONE =
            TestSettings.with(Map.of("beckon.worker.database-ca-secret", "ca", "beckon.worker.redis-ca-secret", "ca"));

    @Test
    void theirCertificatesAreMountedAndNothingElseOfTheirSecrets() {
        PodSpec pod = pod(TWO);

        assertThat(pod.getContainers().getFirst().getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains("/var/run/beckon/database-ca", "/var/run/beckon/redis-ca");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().endsWith("-ca"))
                .extracting(volume -> volume.getSecret().getSecretName())
                .containsExactly("db-ca", "redis-ca");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getName().endsWith("-ca"))
                .allSatisfy(volume -> assertThat(volume.getSecret().getItems())
                        .singleElement()
                        .satisfies(item -> assertThat(item.getKey()).isEqualTo("ca.crt")));
    }

    @Test
    void withoutThemAPodIsAsItWas() {
        assertThat(pod(TestSettings.defaults()).getVolumes())
                .extracting(Volume::getName)
                .containsExactly("work-order", "ledger", "session", "tmp");
    }

    @Test
    void aNamespaceThatLacksOneIsToldSoBeforeAPodWaitsForIt() {
        assertThat(wanted(TWO)).contains("db-ca", "redis-ca");
        assertThat(wanted(ONE)).containsOnlyOnce("ca");
        assertThat(new AccountFiles(TWO).prerequisites(account()))
                .filteredOn(it -> it.keys().contains("ca.crt"))
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.reason()).isEqualTo(Reason.WorkerSecretMissing));
    }

    private static List<String> wanted(Settings settings) {
        return new AccountFiles(settings)
                .prerequisites(account()).stream().map(Files.Wanted::name).toList();
    }

    private static TelegramAccount account() {
        TelegramAccount account = new TelegramAccount();
        account.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("alice")
                .withUid("account-uid")
                .build());
        account.setSpec(new TelegramAccountSpec(
                new TelegramAccountSpec.ApiCredentials(new SecretRef("tg-app")), null, null, null, false, false));
        return account;
    }

    private static PodSpec pod(Settings settings) {
        WorkerTask task = new WorkerTask(
                "invite",
                "spring-alice-1",
                account(),
                new WorkerTask.AccountId("alice", "account-uid"),
                1,
                "content",
                0,
                "order",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(1));
        return new WorkerJobs(settings).job(task).getSpec().getTemplate().getSpec();
    }
}
