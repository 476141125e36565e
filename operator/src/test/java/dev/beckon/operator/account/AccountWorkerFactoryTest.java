package dev.beckon.operator.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.TestSettings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountWorkerFactoryTest {
    private static final TelegramAccount ALICE = Serialization.unmarshal("""
            apiVersion: beckon.dev/v1alpha1
            kind: TelegramAccount
            metadata: {name: alice, namespace: team, uid: a}
            spec:
              apiCredentials: {secretRef: {name: tg-app}}
              login: {method: PhoneCode, secretRef: {name: alice-login}}
            """, TelegramAccount.class);

    private static final List<String> VERSIONS = List.of("1", "2", "3");

    @ParameterizedTest
    @CsvSource({
        "beckon.worker.image, beckon/worker:2",
        "beckon.telegram.proxy, socks5://proxy:1080",
        "beckon.telegram.test-dc, 2"
    })
    void aMendedInstallationGivesAnotherLoginOfTheSameAccount(String setting, String value) {
        String before = new AccountWorkerFactory(TestSettings.defaults()).content(ALICE, VERSIONS);

        String after = new AccountWorkerFactory(TestSettings.with(Map.of(setting, value))).content(ALICE, VERSIONS);

        assertThat(after).isNotEqualTo(before);
        assertThat(AccountWorkerFactory.isSameOfAccount(after, before))
                .as("what Telegram refused it refuses again")
                .isTrue();
    }
}
