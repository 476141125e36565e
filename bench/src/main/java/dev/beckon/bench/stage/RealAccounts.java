package dev.beckon.bench.stage;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Accounts of {@link CampaignWorld} that workers log in. */
public final class RealAccounts {
    private RealAccounts() {}

    /** Makes the one of this number, {@code owner-NUMBER}; it logs in by phone and code. */
    public static void make(KubernetesClient client, String namespace, int number) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("owner-" + number)
                        .endMetadata()
                        .withStringData(Map.of("phone", CampaignWorld.phone(number), "code", "12345"))
                        .build())
                .create();
        client.resource(Serialization.unmarshal("""
                        apiVersion: beckon.dev/v1alpha1
                        kind: TelegramAccount
                        metadata: {name: owner-%d, namespace: %s}
                        spec:
                          apiCredentials: {secretRef: {name: tg-app}}
                          login: {method: PhoneCode, secretRef: {name: owner-%d}}
                        """.formatted(number, namespace, number), TelegramAccount.class))
                .create();
    }

    /** How many accounts are logged in. */
    public static long ready(KubernetesClient client, String namespace) {
        return client.resources(TelegramAccount.class).inNamespace(namespace).list().getItems().stream()
                .filter(RealAccounts::isReady)
                .count();
    }

    /** Whether the one of this number is logged in. */
    public static boolean isReady(KubernetesClient client, String namespace, int number) {
        return isReady(client.resources(TelegramAccount.class)
                .inNamespace(namespace)
                .withName("owner-" + number)
                .get());
    }

    private static boolean isReady(TelegramAccount account) {
        return account.getStatus() != null && account.getStatus().state() == TelegramAccountStatus.State.Ready;
    }
}
