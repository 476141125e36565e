package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.ParserJobStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** Lives in a world whose parts die, one after the other. */
@Tag("integration")
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokenWorldTest {
    private static final RealWorld WORLD = RealWorld.get();
    private static Team team;

    @BeforeAll
    static void anAccountIsReady() {
        team = Team.ready(WORLD, "broken");
        team.campaign("warm-up", "quick", 1);
        team.becomes("warm-up", State.Succeeded);
    }

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(WORLD.attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(WORLD).findings()).isEmpty();
    }

    /**
     * Counted by the API server itself: the operator alone writes these resources meanwhile. A quick machine ends a campaign
     * within one period of progress, so a sum would not bind: each kind has its own bound. The sum is measured by
     * {@code make bench ONLY=writes}.
     */
    @Test
    @Order(1)
    void aFinishedCampaignCostsFewWrites() throws Exception {
        WORLD.cluster().ownFor("its API server counts the writes of others, too");
        for (int people : List.of(3, 12)) {
            String name = "counted-" + people;
            eventually("the account is free", () -> team.livePods() == 0);
            WriteCount count = new WriteCount(WORLD, team);
            Map<String, Long> before = count.now();
            Instant begin = Instant.now();
            List<String> told = Collections.synchronizedList(new ArrayList<>());
            try (Watch _ = team.watched(name, told)) {
                team.campaign(name, "slow", people);
                team.becomes(name, State.Succeeded);
                eventually("its order is gone", () -> team.workOrders().isEmpty());
            }
            Duration took = Duration.between(begin, Instant.now());
            Map<String, Long> writes = count.now();
            writes.replaceAll((kind, sum) -> sum - before.getOrDefault(kind, 0L));
            writes.values().removeIf(sum -> sum == 0);

            System.out.printf("a campaign finished within %s cost %s%n", took, writes);
            assertThat(writes)
                    .as("in %s, its statuses: %s", took, told)
                    .containsEntry("POST jobs", 1L)
                    .containsEntry("POST secrets", 1L)
                    .containsEntry("DELETE secrets", 1L)
                    .containsEntry("events", 2L)
                    .containsOnlyKeys("POST jobs", "POST secrets", "DELETE secrets", "events", "APPLY invitecampaigns");
            // Importing, Running, Succeeded; and progress once a period.
            assertThat(writes.get("APPLY invitecampaigns"))
                    .as("statuses in %s: %s", took, told)
                    .isBetween(2L, 3 + took.dividedBy(Duration.ofSeconds(5)));
        }
    }

    @Test
    @Order(2)
    void aDatabaseThatStopsIsAConditionAndHeals() throws Exception {
        team.campaign("lost", "no_chat", 2);
        team.says("lost", "Stalled", "True", "ChatNotFound");
        team.campaign("blind", "slow", 12);
        team.works("blind");
        WORLD.database().kill();
        try {
            team.campaign("late", "quick", 2);

            team.says("blind", "LedgerAvailable", "False", "LedgerUnavailable");
            team.says("late", "Reconciling", "True", "LedgerUnavailable");
            team.says("lost", "LedgerAvailable", "False", "LedgerUnavailable");
            assertThat(team.condition("lost", "Stalled").orElseThrow().getReason())
                    .isEqualTo("ChatNotFound");
            assertThat(team.jobs("late")).isEmpty();
            // The probes: a restart would mend nothing, and another replica would reach it no better.
            assertThat(probes().surroundings().path("ledger").asText()).startsWith("unreachable since 20");
            assertThat(probes().status("live")).isEqualTo(200);
        } finally {
            WORLD.database().restart();
        }
        team.says("lost", "LedgerAvailable", "True", "Connected");
        team.says("lost", "Stalled", "True", "ChatNotFound");

        team.becomes("blind", State.Succeeded);
        team.becomes("late", State.Succeeded);
        assertThat(team.allInvited("blind", 12)).isTrue();
        assertThat(probes().surroundings().path("ledger").asText()).isEqualTo("reachable");
        // One event when the outage began and one when it ended, however many passes there were.
        for (String campaign : List.of("lost", "blind", "late")) {
            assertThat(events(campaign))
                    .as(campaign)
                    .containsOnlyOnce("LedgerUnavailable")
                    .containsOnlyOnce("LedgerAvailable");
        }
    }

    /** The reasons of all events of a campaign. */
    private static List<String> events(String campaign) {
        return WORLD.client().v1().events().inNamespace(team.namespace()).list().getItems().stream()
                .filter(it -> it.getInvolvedObject().getKind().equals(InviteCampaign.class.getSimpleName()))
                .filter(it -> it.getInvolvedObject().getName().equals(campaign))
                .map(Event::getReason)
                .toList();
    }

    @Test
    @Order(3)
    void aCampaignIsDeletedAlsoWhileTheDatabaseIsDown() throws Exception {
        team.campaign("deleted", "slow", 50);
        team.works("deleted");
        WORLD.database().kill();
        try {
            WORLD.cluster()
                    .command(
                            "kubectl",
                            "delete",
                            "campaign",
                            "deleted",
                            "-n",
                            team.namespace(),
                            "--cascade=foreground",
                            "--timeout=60s");

            assertThat(team.jobs("deleted")).isEmpty();
            assertThat(team.livePods()).isZero();
            assertThat(team.workOrders()).isEmpty();
        } finally {
            WORLD.database().restart();
        }
        eventually("the ledger answers", () -> leader().metric("beckon_ledger_up") == 1);
    }

    @Test
    @Order(4)
    void aKilledApiServerStopsNoWorkerAndStartsNoSecond() throws Exception {
        WORLD.cluster().ownFor("its API server is not ours to kill");
        team.campaign("headless", "slow", 12);
        team.works("headless");
        try (Probes.Watching probed = probes().watch()) {
            WORLD.cluster().command("kill-component", "kube-apiserver", "--for", "3s");
            eventually("the API server is back", () -> team.campaign("headless") != null);
            assertThat(probed.answers()).containsExactlyInAnyOrder("live 200", "ready 200");
        }
        team.becomes("headless", State.Succeeded);

        assertThat(team.jobs("headless")).hasSize(1);
        assertThat(team.allInvited("headless", 12)).isTrue();
        assertThat(leader().isAlive()).isTrue();
    }

    @Test
    @Order(5)
    void withoutRedisEverythingGoesOnAndTheConditionSaysSo() throws Exception {
        WORLD.stopRedis();
        try {
            team.campaign("hintless", "slow", 3);

            team.becomes("hintless", State.Succeeded);

            assertThat(team.condition("hintless", "LedgerAvailable")
                            .orElseThrow()
                            .getReason())
                    .isEqualTo("ConnectedWithoutHints");
        } finally {
            WORLD.startRedis();
        }
        eventually("hints arrive again", () -> leader().metric("beckon_hints_up") == 1);
    }

    @Test
    @Order(6)
    void whenTheLeaderIsKilledTheOtherReplicaTakesOverOnce() {
        OperatorProcess leader = leader();
        WORLD.startOperator("operator-b");
        team.campaign("under-way", "slow", 30);
        team.works("under-way");

        leader.kill();
        Instant killed = Instant.now();
        team.campaign("orphaned", "quick", 1);
        eventually("the other one leads", () -> holder().startsWith("operator-b/"));
        Duration led = Duration.between(killed, Instant.now());
        eventually("it acts", () -> team.campaign("orphaned").getStatus() != null);
        System.out.println("a killed leader is succeeded after " + led.toMillis() + " ms, and its successor acts after "
                + Duration.between(killed, Instant.now()).toMillis() + " ms");
        team.becomes("orphaned", State.Succeeded);
        team.becomes("under-way", State.Succeeded);

        // One Job per run, however many leaders there were.
        List<String> runs = team.jobs("under-way").stream()
                .map(it -> it.getMetadata().getLabels().get("beckon.dev/run"))
                .toList();
        assertThat(runs).doesNotHaveDuplicates();
        assertThat(team.allInvited("under-way", 30)).isTrue();
        assertThat(led).isLessThan(Duration.ofSeconds(30));
    }

    /** The step that leaves a Job running of which no status tells. */
    @Test
    @Order(7)
    void anOperatorThatDiesBetweenTheStartOfAScheduledRunAndItsStatusLosesNothing() throws Exception {
        team.parser("watched", "slow", "schedule: \"0 0 1 1 *\"");
        team.becomes("watched", ParserJobStatus.State.Scheduled);
        OperatorProcess leader = leader();
        WORLD.cluster().command("kubectl", "create", "job", "now", "--from=cronjob/watched", "-n", team.namespace());
        eventually(
                "the Job was let go",
                () -> team.parserJobs("watched").stream()
                        .anyMatch(job -> !Boolean.TRUE.equals(job.getSpec().getSuspend())));
        leader.kill();
        WORLD.startOperator("operator-c");

        eventually(
                "the run is told",
                () -> team.parser("watched").getStatus().dataset() != null
                        && team.parser("watched").getStatus().state() == ParserJobStatus.State.Scheduled);
        assertThat(team.parser("watched").getStatus().dataset().rows()).isEqualTo(20);
    }

    /** Two that act together would start two workers of one account: seen in a chaos run. */
    @Test
    @Order(8)
    void aLeaderThatIsNoneAnyMoreEndsItsProcess() throws Exception {
        OperatorProcess former = leader();
        int before = former.restarts();
        WORLD.startOperator("operator-d");
        former.freeze();
        try {
            eventually("another one leads", () -> !holder().startsWith(former.name() + "/"));
            assertThat(former.restarts()).isEqualTo(before);
        } finally {
            former.wake();
        }

        eventually("the former one has ended", () -> former.restarts() > before);
        eventually("it stands by again", former::isReady);
        team.campaign("after-all", "quick", 2);
        team.becomes("after-all", State.Succeeded);
    }

    /** So an upgrade costs seconds: the next replica need not wait for the end of the term. */
    @Test
    @Order(9)
    void aLeaderThatIsToldToEndGivesTheLeaseBack() throws Exception {
        for (OperatorProcess operator : WORLD.operators()) {
            if (!operator.equals(leader())) {
                operator.stop();
            }
        }
        String former = holder();
        leader().stop();

        assertThat(former).isNotEmpty();
        assertThat(holder()).isEmpty();
    }

    /** In the world of all other lives the operator looks so often that nobody could tell how it learned of somebody. */
    @Test
    @Order(10)
    void whoComesByWebhookIsHeardThoughTheOperatorLooksAtNothingForHours() throws Exception {
        for (OperatorProcess operator : WORLD.operators()) {
            operator.stop();
        }
        OperatorProcess patient =
                WORLD.startOperator("operator-patient", Map.of("BECKON_PACE_LOOK", "5h", "BECKON_PACE_RECHECK", "5h"));
        try {
            eventually("it leads", () -> holder().startsWith(patient.name() + "/"));
            eventually("hints arrive", () -> patient.metric("beckon_hints_up") == 1);
            team.secret("hook", Map.of("token", "a-token-of-those-who-are-heard"));
            Webhook hook = team.webhook("heard", "quick");
            team.says("heard", "Ready", "True", "Webhook");

            hook.comes();
            eventually("the first one is invited", () -> team.allInvited("heard", 1));
            eventually("the worker is gone", () -> team.rests("heard"));
            hook.comes();
            eventually("the second one is invited, from zero", () -> team.allInvited("heard", 2));
            eventually("the worker is gone again", () -> team.rests("heard"));
        } finally {
            patient.stop();
            WORLD.startOperator("operator-e");
        }
    }

    /** Each has rights in its own namespace only, so a request for the other's would be refused, and logged. */
    @Test
    @Order(10)
    void ofOperatorsWithANamespaceEachNoneTouchesWhatIsTheOthers() throws Exception {
        WORLD.cluster().ownFor("its operators are of this test's own");
        for (OperatorProcess operator : WORLD.operators()) {
            operator.stop();
        }
        Team one = new Team(WORLD, "of-one", true);
        Team two = new Team(WORLD, "of-two", true);
        Shard first = new Shard(WORLD, "shard-one", one.namespace());
        Shard second = new Shard(WORLD, "shard-two", two.namespace());
        first.install();
        second.install();
        OperatorProcess ofOne = first.start();
        OperatorProcess ofTwo = second.start();
        try {
            for (Team team : List.of(one, two)) {
                team.account("alice");
                team.campaign("spring", "slow", 3);
            }
            one.becomes("spring", State.Succeeded);
            two.becomes("spring", State.Succeeded);
            assertThat(first.leader()).startsWith("shard-one/");
            assertThat(second.leader()).startsWith("shard-two/");

            ofTwo.stop();
            two.campaign("later", "quick", 1);
            one.campaign("later", "quick", 1);
            one.becomes("later", State.Succeeded);
            assertThat(two.campaign("later").getStatus()).isNull();
            assertThat(two.jobs("later")).isEmpty();

            ofTwo = second.start();
            two.becomes("later", State.Succeeded);
            assertThat(one.allInvited("spring", 3)).isTrue();
            assertThat(two.allInvited("spring", 3)).isTrue();
            for (OperatorProcess shard : List.of(ofOne, ofTwo)) {
                assertThat(shard.log()).content().doesNotContainIgnoringCase("forbidden");
            }
        } finally {
            ofOne.stop();
            ofTwo.stop();
            WORLD.startOperator("operator-f");
        }
    }

    private static OperatorProcess leader() {
        return WORLD.operators().stream()
                .filter(it -> holder().startsWith(it.name() + "/"))
                .findFirst()
                .orElseThrow();
    }

    private static Probes probes() {
        return new Probes(leader());
    }

    private static String holder() {
        Lease lease = WORLD.client()
                .leases()
                .inNamespace(WORLD.cluster().system())
                .withName("beckon-operator")
                .get();
        return lease == null ? "" : String.valueOf(lease.getSpec().getHolderIdentity());
    }
}
