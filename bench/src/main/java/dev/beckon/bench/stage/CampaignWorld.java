package dev.beckon.bench.stage;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.DaytimeZone;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What the stage with Kubernetes is made of. */
public final class CampaignWorld {
    /** How many accounts can really log in. */
    public static final int REAL_ACCOUNTS = 10;

    /** One more, for a campaign whose people come by webhook. */
    public static final int CALLING_ACCOUNT = REAL_ACCOUNTS + 1;

    /** How many people may come by webhook. */
    private static final int CALLERS = 40;

    private static final long FIRST_CALLER = 9_000_000;

    /** The phone of an account that sleeps in the old way. */
    public static final String SLEEPER = "+491702000000";

    static final String YAML = world();

    private CampaignWorld() {}

    private static String world() {
        StringBuilder world = new StringBuilder("people:\n");
        world.append("  - {username: sleeper, phone: \"%s\"}%n".formatted(SLEEPER));
        for (int number = 1; number <= CALLERS; number++) {
            world.append(
                    "  - {id: %d, name: Caller, phone: \"%s\"}%n".formatted(callerId(number), callerPhone(number)));
        }
        for (int number = 1; number <= CALLING_ACCOUNT; number++) {
            world.append("  - {username: owner_%d, phone: \"%s\"}%n".formatted(number, phone(number)));
        }
        world.append("  - generate: {count: 1000, prefix: guest}\nchats:\n");
        for (int number = 1; number <= CALLING_ACCOUNT; number++) {
            world.append("  - {title: Chat, username: chat_%d, owner: owner_%d}%n".formatted(number, number));
        }
        return world.toString();
    }

    /** Of a real account, from 1 on. */
    public static String phone(int number) {
        return "+4917020000" + (10 + number);
    }

    /** Of who comes by webhook, from 1 on. */
    public static long callerId(int number) {
        return FIRST_CALLER + number;
    }

    /** The same one's phone. */
    public static String callerPhone(int number) {
        return "+49170300" + (1_000 + number);
    }

    /** One of the many accounts. */
    static TelegramAccount account(int number) {
        return Serialization.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: team-%d, namespace: %s}
                spec:
                  apiCredentials: {secretRef: {name: tg-app}}
                """.formatted(number, CampaignStage.NAMESPACE), TelegramAccount.class);
    }

    /** One of the many campaigns, for the account of the same number. */
    static InviteCampaign campaign(int number) {
        return campaign(
                "campaign-" + number,
                CampaignStage.NAMESPACE,
                "@chat_1",
                "team-" + number,
                "[{username: guest1}, {username: guest2}, {username: guest3}]");
    }

    /** A schedule of one of the many accounts, whose post is due at that minute of each day. */
    public static AutopostSchedule schedule(String name, int account, Instant due) {
        OffsetDateTime time = due.atOffset(ZoneOffset.UTC);
        return Serialization.unmarshal(
                """
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: %s, namespace: %s}
                spec:
                  schedule: "%d %d * * *"
                  timeZone: Etc/UTC
                  targets: ["@chat_1"]
                  account: {name: team-%d}
                  content: {posts: [{name: news, text: news}]}
                """.formatted(name, CampaignStage.NAMESPACE, time.getMinute(), time.getHour(), account),
                AutopostSchedule.class);
    }

    /**
     * A campaign whose people come by webhook, with the account of this number and its chat.
     *
     * @param secret name of the Secret with what its callers show
     */
    public static InviteCampaign webhook(String name, String namespace, int account, String secret) {
        return with(
                name,
                namespace,
                "@chat_" + account,
                "owner-" + account,
                "{webhook: {secretRef: {name: " + secret + "}}}");
    }

    /** Any campaign, with the shortest pauses that are allowed. */
    public static InviteCampaign campaign(String name, String namespace, String target, String account, String people) {
        return with(name, namespace, target, account, "{inline: " + people + "}");
    }

    private static InviteCampaign with(String name, String namespace, String target, String account, String audience) {
        return Serialization.unmarshal(
                """
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: %s, namespace: %s}
                spec:
                  target: "%s"
                  accounts: {names: [%s]}
                  audience: %s
                  consent: {basis: OptIn, evidence: bench}
                  pacing:
                    delay: {min: 1s, max: 1s}
                    window: {start: "08:00", end: "22:00", timeZone: %s}
                """.formatted(name, namespace, target, account, audience, DaytimeZone.at(Instant.now())),
                InviteCampaign.class);
    }
}
