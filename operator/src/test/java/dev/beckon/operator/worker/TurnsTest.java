package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.worker.Holder.Another;
import dev.beckon.operator.worker.Holder.Brief;
import dev.beckon.operator.worker.Turns.Turn;
import dev.beckon.operator.worker.WorkerRun.Phase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final String ACCOUNT = "account";

    private final FleetIndex fleet = new FleetIndex();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final Turns turns = new Turns(fleet, (InstantSource) () -> now);

    private static Owner campaign(int number) {
        return new Owner(Owner.Kind.CAMPAIGN, "team", "campaign-" + number, "uid-" + number);
    }

    private static WorkerRun run(int campaign, int number, Phase phase) {
        return new WorkerRun(
                "team",
                "campaign-" + campaign + "-" + number,
                "job-" + campaign + "-" + number,
                "invite",
                "alice",
                ACCOUNT,
                Optional.of(campaign(campaign)),
                number,
                "",
                0,
                "",
                phase,
                Instant.EPOCH,
                Optional.empty(),
                "",
                Optional.empty());
    }

    private static WorkerPod pod(String uid, boolean live, boolean gated) {
        return new WorkerPod(
                "team",
                uid,
                uid,
                ACCOUNT,
                "hook-alice",
                live,
                gated,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** A Deployment of campaign 7. */
    private static WorkerRun deployment(long generation, Phase phase) {
        return new WorkerRun(
                "team",
                "hook-alice",
                "deployment",
                "invite",
                "alice",
                ACCOUNT,
                Optional.of(campaign(7)),
                1,
                "",
                0,
                "",
                phase,
                Instant.EPOCH,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.of(new WorkerRun.Deployed(generation, Optional.empty())));
    }

    private Turn ask(int campaign) {
        return turns.ask(ACCOUNT, campaign(campaign));
    }

    @Test
    void aStartThatFailedInDoubtKeepsTheAccountForItsRepetition() {
        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
        assertThat(ask(2)).isEqualTo(new Turn.Later(Brief.STARTING));
        turns.doubt(ACCOUNT, "uid-1");

        assertThat(ask(2)).isEqualTo(new Turn.Later(Brief.STARTING));
        assertThat(turns.reserve(ACCOUNT, "login")).isFalse();
        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void whoNeverRepeatsAStartInDoubtKeepsNobodyWaitingForEver() {
        ask(1);
        turns.doubt(ACCOUNT, "uid-1");

        now = now.plus(Turns.DOUBT);
        assertThat(ask(2)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void aFreeAccountIsKeptForWhoAskedUntilTheJobIsThere() {
        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
        assertThat(ask(2)).isEqualTo(new Turn.Later(Brief.STARTING));

        fleet.put(run(1, 1, Phase.ACTIVE));
        turns.done(ACCOUNT, "uid-1");

        assertThat(ask(2)).isEqualTo(new Turn.Later(new Another(campaign(1))));
    }

    @Test
    void aPodThatStillEndsKeepsTheAccount() {
        fleet.put(pod("pod", true, false));
        assertThat(ask(1)).isEqualTo(new Turn.Later(Brief.ENDING_POD));

        fleet.removePod("pod");
        assertThat(turns.call(ACCOUNT)).contains(campaign(1));
        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void aLoginWhoseWorkerStillRunsIsNoEndingPod() {
        fleet.put(new WorkerRun(
                "team",
                "alice-login-1",
                "job-login",
                "login",
                "alice",
                ACCOUNT,
                Optional.empty(),
                1,
                "",
                0,
                "",
                Phase.ACTIVE,
                Instant.EPOCH,
                Optional.empty(),
                "",
                Optional.empty()));

        assertThat(ask(1)).isEqualTo(new Turn.Later(Brief.LOGIN));
    }

    @Test
    void whoWaitedLongestGoesFirst() {
        fleet.put(run(9, 1, Phase.ACTIVE));
        ask(1);
        now = now.plusSeconds(1);
        ask(2);
        fleet.put(run(9, 1, Phase.SUCCEEDED));

        assertThat(ask(2)).isEqualTo(new Turn.Later(new Another(campaign(1))));
        assertThat(turns.call(ACCOUNT)).contains(campaign(1));
        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void whatIsMoreUrgentGoesBeforeWhoWaitedLonger() {
        Owner parser = new Owner(Owner.Kind.PARSER, "team", "members", "parser");
        Owner autopost = new Owner(Owner.Kind.AUTOPOST, "team", "daily", "autopost");
        fleet.put(run(9, 1, Phase.ACTIVE));
        ask(1);
        now = now.plusSeconds(1);
        turns.ask(ACCOUNT, parser);
        now = now.plusSeconds(1);
        turns.ask(ACCOUNT, autopost);
        fleet.put(run(9, 1, Phase.SUCCEEDED));

        assertThat(ask(1)).isEqualTo(new Turn.Later(new Another(autopost)));
        assertThat(turns.call(ACCOUNT)).contains(autopost);
        turns.withdraw(ACCOUNT, "autopost");
        assertThat(turns.call(ACCOUNT)).contains(parser);
        assertThat(turns.ask(ACCOUNT, parser)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void aSuspendedJobHoldsNoAccount() {
        fleet.put(run(9, 1, Phase.SUSPENDED));

        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void aDeploymentAtWorkHoldsTheAccountAndOneAtRestDoesNot() {
        fleet.put(deployment(1, Phase.ACTIVE));
        assertThat(ask(1)).isEqualTo(new Turn.Later(new Another(campaign(7))));
        assertThat(turns.reserve(ACCOUNT, "login")).isFalse();

        fleet.put(deployment(2, Phase.SUCCEEDED));
        assertThat(turns.call(ACCOUNT)).contains(campaign(1));
        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void whatAWatchTellsLateOfADeploymentIsNoNews() {
        fleet.put(deployment(3, Phase.ACTIVE));

        fleet.put(deployment(2, Phase.SUCCEEDED));

        assertThat(fleet.activeRun(ACCOUNT)).isPresent();
    }

    @Test
    void aPodThatKubernetesReplacedTooSoonWaitsAtItsGateUntilTheOldOneIsGone() {
        WorkerRun run = deployment(1, Phase.ACTIVE);
        fleet.put(run);
        fleet.put(pod("old", true, false));
        fleet.put(pod("new", false, true));
        assertThat(fleet.toAdmit(run)).isEmpty();

        fleet.removePod("old");
        assertThat(fleet.toAdmit(run).map(WorkerPod::uid)).contains("new");
    }

    @Test
    void ofTwoPodsAtTheirGatesOneIsLetIn() {
        WorkerRun run = deployment(1, Phase.ACTIVE);
        fleet.put(run);
        fleet.put(pod("a", false, true));
        fleet.put(pod("b", false, true));
        String first = fleet.toAdmit(run).orElseThrow().uid();

        fleet.put(pod(first, true, false));
        assertThat(fleet.toAdmit(run)).isEmpty();
        // The watch tells late what was so before.
        fleet.put(pod(first, false, true));
        assertThat(fleet.toAdmit(run)).isEmpty();
    }

    @Test
    void aPodAtItsGateKeepsNobodyWaiting() {
        fleet.put(pod("gated", false, true));

        assertThat(ask(1)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void noPodOfADeploymentAtRestIsLetIn() {
        WorkerRun run = deployment(2, Phase.SUCCEEDED);
        fleet.put(run);
        fleet.put(pod("scaled-by-hand", false, true));

        assertThat(fleet.toAdmit(run)).isEmpty();
    }

    @Test
    void whoDoesNotComeWhenCalledKeepsNobodyWaiting() {
        fleet.put(run(9, 1, Phase.ACTIVE));
        ask(1);
        now = now.plusSeconds(1);
        ask(2);
        fleet.put(run(9, 1, Phase.SUCCEEDED));
        turns.call(ACCOUNT);

        now = now.plus(Turns.PATIENCE).plusSeconds(1);
        assertThat(ask(2)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void whoWithdrawsIsNotWaitedFor() {
        fleet.put(run(9, 1, Phase.ACTIVE));
        ask(1);
        now = now.plusSeconds(1);
        ask(2);
        turns.withdraw(ACCOUNT, "uid-1");
        fleet.put(run(9, 1, Phase.SUCCEEDED));

        assertThat(ask(2)).isInstanceOf(Turn.Yours.class);
    }

    @Test
    void aLoginTakesOnlyAFreeAccount() {
        assertThat(turns.reserve(ACCOUNT, "login")).isTrue();
        assertThat(ask(1)).isInstanceOf(Turn.Later.class);
        turns.done(ACCOUNT, "login");
        fleet.put(run(1, 1, Phase.ACTIVE));
        assertThat(turns.reserve(ACCOUNT, "login")).isFalse();
    }

    @Test
    void aJobThatWasDeletedBeforeItsCreationWasAnsweredDoesNotComeBack() {
        fleet.removeRun("job-1-1");
        fleet.put(run(1, 1, Phase.ACTIVE));

        assertThat(fleet.activeRun(ACCOUNT)).isEmpty();
    }

    /** Campaigns that always want the account: however they ask, each is served in its turn and never two at once. */
    @Property(tries = 200)
    void nobodyStarves(@ForAll @Size(min = 30, max = 60) List<@IntRange(min = 0, max = 4) Integer> order) {
        FleetIndex index = new FleetIndex();
        Instant[] time = {now};
        Turns fair = new Turns(index, (InstantSource) () -> time[0]);
        Map<Integer, Integer> served = new HashMap<>();
        for (int round = 0; round < 25; round++) {
            for (int asker : order) {
                time[0] = time[0].plusMillis(1);
                if (!index.runsOf("uid-" + asker).isEmpty()) {
                    continue; // works already
                }
                if (fair.ask(ACCOUNT, campaign(asker)) instanceof Turn.Yours) {
                    assertThat(index.activeRun(ACCOUNT)).isEmpty();
                    index.put(run(asker, served.merge(asker, 1, Integer::sum), Phase.ACTIVE));
                    fair.done(ACCOUNT, "uid-" + asker);
                }
            }
            index.activeRun(ACCOUNT).ifPresent(it -> index.removeRun(it.uid()));
        }
        int most = served.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        for (int campaign : order) {
            assertThat(served.getOrDefault(campaign, 0)).isGreaterThanOrEqualTo(most - 1);
        }
    }
}
