package dev.beckon.operator.census;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.Change;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CensusTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Census census = new Census(registry);

    @Test
    void resourcesAreCountedByStateAndLeaveTheSumWhenTheyChangeOrGo() {
        TelegramAccount fresh = account("u1", "");
        TelegramAccount ready = account("u1", "{state: Ready, usage: {invites: 3, messages: 1, joins: 0, lookups: 2}}");
        TelegramAccount limited = account("u1", """
                {state: Limited, breaker: {id: b1, reason: PeerFlood},
                 conditions: [{type: Stalled, status: "True", reason: AccountLimited, message: m, lastTransitionTime: t}]}""");

        heard(null, fresh);
        assertThat(told("beckon.resources"))
                .containsEntry("TelegramAccount team New", 1.0)
                .containsEntry("TelegramAccount team Banned", 0.0);
        heard(fresh, ready);
        assertThat(told("beckon.resources"))
                .containsEntry("TelegramAccount team New", 0.0)
                .containsEntry("TelegramAccount team Ready", 1.0);
        assertThat(told("beckon.account.acts"))
                .isEqualTo(Map.of("team Invite", 3.0, "team Message", 1.0, "team Join", 0.0, "team Lookup", 2.0));

        heard(ready, limited);
        assertThat(told("beckon.breakers.tripped")).isEqualTo(Map.of("TelegramAccount team PeerFlood", 1.0));
        assertThat(told("beckon.resources.stalled")).isEqualTo(Map.of("TelegramAccount team AccountLimited", 1.0));
        assertThat(told("beckon.account.acts")).containsEntry("team Invite", 0.0);

        heard(limited, null);
        assertThat(told("beckon.resources").values()).containsOnly(0.0);
        assertThat(told("beckon.breakers.tripped").values()).containsOnly(0.0);
        assertThat(told("beckon.resources.stalled").values()).containsOnly(0.0);
    }

    @Test
    void whoWaitsAtAWebhookIsTheQueueAndWhoGotAnOutcomeIsCountedOnce() {
        InviteCampaign before = campaign("c1", "{webhook: {secretRef: {name: hook}}}", 5, 1, "");
        InviteCampaign now = campaign(
                "c1", "{webhook: {secretRef: {name: hook}}}", 3, 2, "outcomes: [{reason: NotFound, count: 1}],");

        heard(null, before);
        assertThat(told("beckon.campaign.people")).containsEntry("team Webhook Pending", 5.0);
        // What it tells may be of last year.
        assertThat(told("beckon.people.done")).containsEntry("team Invited", 0.0);

        heard(before, now);
        assertThat(told("beckon.campaign.people")).containsEntry("team Webhook Pending", 3.0);
        assertThat(told("beckon.people.done")).containsEntry("team Invited", 1.0);
        assertThat(told("beckon.people.refusals")).isEqualTo(Map.of("NotFound", 1.0));
        assertThat(told("beckon.waits")).isEqualTo(Map.of("InviteCampaign FloodWait", 0.0));
        assertThat(told("beckon.resources.waiting")).isEqualTo(Map.of("InviteCampaign team FloodWait", 1.0));
    }

    @Test
    void anOutcomeThatIsTakenBackIsNotCountedDown() {
        AutopostSchedule one = schedule("outcomeUnknown: 2, missed: 1");
        AutopostSchedule other = schedule("outcomeUnknown: 0, missed: 4");

        heard(null, one);
        heard(one, other);

        assertThat(told("beckon.schedule.posts.unknown")).isEqualTo(Map.of("team", 0.0));
        assertThat(told("beckon.posts"))
                .isEqualTo(Map.of("team Published", 0.0, "team Failed", 0.0, "team Unknown", 0.0, "team Missed", 3.0));
    }

    @Test
    void oneThatWasReplacedByAnotherOfItsNameCountsNothingOfTheOthers() {
        heard(
                campaign("c1", "{inline: [{username: a}]}", 1, 0, ""),
                campaign("c2", "{inline: [{username: a}]}", 0, 9, ""));

        assertThat(told("beckon.people.done")).containsEntry("team Invited", 0.0);
    }

    @Test
    void whatIsNoWordIsNoLabelAndThereIsRoomForSoManyReasonsOnly() {
        heard(null, account("u1", "{state: Limited, breaker: {id: b1, reason: \"+49 170 1234567\"}}"));
        assertThat(told("beckon.breakers.tripped")).isEqualTo(Map.of("TelegramAccount team Other", 1.0));

        for (int i = 0; i < Census.MOST_WORDS + 10; i++) {
            heard(null, account("v" + i, "{state: Limited, breaker: {id: b1, reason: Word" + i + "}}"));
        }
        assertThat(told("beckon.breakers.tripped")).hasSize(Census.MOST_WORDS);
        assertThat(told("beckon.breakers.tripped")).containsEntry("TelegramAccount team Other", 12.0);
    }

    @Test
    void anAccountIsSeenLimitedHoweverManyNamespacesThereAre() {
        for (int i = 0; i < 1_000; i++) {
            TelegramAccount account = account("n" + i, "{state: Limited, breaker: {id: b1, reason: PeerFlood}}");
            account.getMetadata().setNamespace("team" + i);
            heard(null, account);
        }

        assertThat(told("beckon.resources")).containsEntry("TelegramAccount team999 Limited", 1.0);
        assertThat(told("beckon.breakers.tripped")).containsEntry("TelegramAccount team999 PeerFlood", 1.0);
    }

    private void heard(HasMetadata before, HasMetadata now) {
        census.count(new Change<>(Optional.ofNullable(before), Optional.ofNullable(now)));
    }

    /** The lines of a metric: the values of its labels in the order of {@link Sum}. */
    private Map<String, Double> told(String metric) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals(metric))
                .collect(Collectors.toMap(CensusTest::labels, CensusTest::value, (one, other) -> one, TreeMap::new));
    }

    private static String labels(Meter meter) {
        Sum sum = java.util.Arrays.stream(Sum.values())
                .filter(it -> it.metric().equals(meter.getId().getName()))
                .findFirst()
                .orElseThrow();
        return sum.labels().stream().map(meter.getId()::getTag).collect(Collectors.joining(" "));
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }

    private static TelegramAccount account(String uid, String status) {
        return Serialization.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: TelegramAccount
                metadata: {name: alice, namespace: team, uid: %s}
                status: %s
                """.formatted(uid, status.isEmpty() ? "null" : status), TelegramAccount.class);
    }

    private static InviteCampaign campaign(String uid, String audience, int pending, int invited, String more) {
        return Serialization.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: InviteCampaign
                metadata: {name: spring, namespace: team, uid: %s}
                spec: {target: "@chat", accounts: {names: [alice]}, audience: %s}
                status: {state: Waiting, waitingFor: FloodWait, %s progress: {pending: %d, invited: %d}}
                """.formatted(uid, audience, more, pending, invited), InviteCampaign.class);
    }

    private static AutopostSchedule schedule(String status) {
        return Serialization.unmarshal("""
                apiVersion: beckon.dev/v1alpha1
                kind: AutopostSchedule
                metadata: {name: news, namespace: team, uid: s1}
                status: {state: Scheduled, %s}
                """.formatted(status), AutopostSchedule.class);
    }
}
