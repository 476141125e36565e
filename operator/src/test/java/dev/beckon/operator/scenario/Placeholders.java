package dev.beckon.operator.scenario;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.account.AccountWorkerFactory;
import dev.beckon.operator.campaign.CampaignWorkerFactory;
import dev.beckon.operator.parser.ParserWorkerFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * Words that a scenario's Jobs carry in place of digests: {@code ${content}} and {@code ${identity}} of the campaign named
 * spring, {@code ${login}} of the account named alice, {@code ${run}}, {@code ${content}} and {@code ${order}} of the parser named our-group, as they are in that scenario.
 */
final class Placeholders {
    private Placeholders() {}

    static String fill(String text, KubernetesClient client) {
        String filled = text;
        TelegramAccount alice = client.resources(TelegramAccount.class)
                .inNamespace("team")
                .withName("alice")
                .get();
        if (text.contains("${login}")) {
            List<String> versions = AccountWorkerFactory.secrets(alice).stream()
                    .map(name -> Optional.ofNullable(client.secrets()
                                    .inNamespace("team")
                                    .withName(name)
                                    .get())
                            .map(it -> it.getMetadata().getResourceVersion())
                            .orElse(""))
                    .toList();
            filled = filled.replace(
                    "${login}", new AccountWorkerFactory(TestSettings.defaults()).content(alice, versions));
        }
        InviteCampaign spring = client.resources(InviteCampaign.class)
                .inNamespace("team")
                .withName("spring")
                .get();
        if (spring != null) {
            CampaignWorkerFactory factory = new CampaignWorkerFactory(TestSettings.defaults());
            filled = filled.replace("${content}", factory.content(spring, Optional.empty(), alice, List.of(alice)))
                    .replace("${identity}", factory.identity(spring.getSpec()));
        }
        ParserJob group = client.resources(ParserJob.class)
                .inNamespace("team")
                .withName("our-group")
                .get();
        if (group != null) {
            ParserWorkerFactory factory = new ParserWorkerFactory(TestSettings.defaults());
            filled = filled.replace("${run}", factory.singleRun(group));
            if (alice != null) {
                String order = factory.order(group, alice, Optional.empty());
                filled = filled.replace("${content}", factory.content(group, alice))
                        .replace(
                                "${order}",
                                factory.scheduledTask(group, alice, order).workOrder());
            }
        }
        return filled;
    }
}
