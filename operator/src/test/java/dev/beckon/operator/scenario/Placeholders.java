package dev.beckon.operator.scenario;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.operator.TestSettings;
import dev.beckon.operator.account.AccountWorkerFactory;
import dev.beckon.operator.autopost.AutopostWorkerFactory;
import dev.beckon.operator.campaign.CampaignWorkerFactory;
import dev.beckon.operator.parser.ParserWorkerFactory;
import dev.beckon.operator.run.RunWork;
import dev.beckon.operator.worker.Names;
import dev.beckon.operator.worker.WorkerJobs;
import dev.beckon.operator.worker.WorkerTask;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Words that a scenario's Jobs carry in place of digests: {@code ${content}} and {@code ${identity}} of the campaign named
 * spring, {@code ${keys}} of a ledger, {@code ${login}} of the account named alice, {@code ${run}}, {@code ${content}}, {@code ${order}} and {@code ${pods}} of the
 * parser named our-group or the schedule named news, as they are in that scenario.
 */
final class Placeholders {
    private static final String KEYS =
            Base64.getEncoder().encodeToString(LedgerKeys.generate().toJson().getBytes(StandardCharsets.UTF_8));

    private Placeholders() {}

    static String fill(String text, KubernetesClient client) {
        if (!text.contains("${")) {
            return text;
        }
        String filled = text.replace("${keys}", KEYS);
        TelegramAccount alice = client.resources(TelegramAccount.class)
                .inNamespace("team")
                .withName("alice")
                .get();
        if (text.contains("${login}")) {
            AccountWorkerFactory logins = new AccountWorkerFactory(TestSettings.defaults());
            List<String> versions = logins.secrets(alice).stream()
                    .map(name -> Optional.ofNullable(client.secrets()
                                    .inNamespace("team")
                                    .withName(name)
                                    .get())
                            .map(it -> it.getMetadata().getResourceVersion())
                            .orElse(""))
                    .toList();
            filled = filled.replace("${login}", logins.content(alice, versions));
        }
        ParserJob group = client.resources(ParserJob.class)
                .inNamespace("team")
                .withName("our-group")
                .get();
        InviteCampaign spring = client.resources(InviteCampaign.class)
                .inNamespace("team")
                .withName("spring")
                .get();
        if (spring != null) {
            CampaignWorkerFactory factory = new CampaignWorkerFactory(TestSettings.defaults());
            filled = filled.replace("${identity}", factory.identity(spring.getSpec()));
            // A campaign of a parser's people reads one of its datasets.
            Optional<ParserJob> parser = Optional.ofNullable(group)
                    .filter(_ -> spring.getSpec().audience().parserJobRef() != null);
            filled = alice == null
                    ? filled
                    : filled.replace("${content}", factory.content(spring, parser, alice, List.of(alice)));
        }
        if (group != null) {
            ParserWorkerFactory factory = new ParserWorkerFactory(TestSettings.defaults());
            filled = filled.replace("${run}", factory.singleRun(group));
            filled = alice == null
                    ? filled
                    : fill(
                            filled,
                            factory.work(group, alice),
                            factory.content(group, alice),
                            group.getSpec().schedule() != null);
        }
        AutopostSchedule news = client.resources(AutopostSchedule.class)
                .inNamespace("team")
                .withName("news")
                .get();
        if (news != null && alice != null) {
            AutopostWorkerFactory factory = new AutopostWorkerFactory(TestSettings.defaults());
            filled = fill(filled, factory.work(news, alice), factory.content(news, alice), true);
        }
        return filled;
    }

    private static String fill(String text, RunWork work, String content, boolean scheduled) {
        WorkerTask task = work.scheduledTask(work.order(Optional.empty()));
        String filled = text.replace("${content}", content).replace("${order}", task.workOrder());
        return scheduled ? filled.replace("${pods}", pods(task, work.schedule())) : filled;
    }

    private static String pods(WorkerTask task, WorkerJobs.Schedule schedule) {
        return new WorkerJobs(TestSettings.defaults())
                .cronJob(task, schedule)
                .getMetadata()
                .getAnnotations()
                .get(Names.PODS);
    }
}
