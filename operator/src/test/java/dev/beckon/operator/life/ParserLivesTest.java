package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.ParserJobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lives of parsers, with the real CronJob controller, side by side, each in a namespace of its own. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class ParserLivesTest {
    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    @Test
    void aSingleRunCollectsAndSucceeds() {
        Team team = Team.ready(world, "parse-once");
        team.parser("group", "quick", "limit: 100");

        team.becomes("group", State.Succeeded);

        ParserJobStatus status = team.parser("group").getStatus();
        assertThat(status.progress().collected()).isEqualTo(20);
        assertThat(status.progress().summary()).isEqualTo("20/20");
        assertThat(status.dataset().rows()).isEqualTo(20);
        assertThat(status.dataset().sha256()).hasSize(64);
        eventually("no order is left", () -> team.workOrders().isEmpty());
    }

    /** Both want a Job {@code group-alice-1}; nobody has to rename anything. */
    @Test
    void aParserAndACampaignOfOneNameBothComeToTheirEnd() {
        Team team = Team.ready(world, "parse-namesake");
        team.campaign("group", "quick", 2);
        team.becomes("group", InviteCampaignStatus.State.Succeeded);

        team.parser("group", "quick", "limit: 100");

        team.becomes("group", State.Succeeded);
        assertThat(team.allInvited("group", 2)).isTrue();
        assertThat(team.parser("group").getStatus().progress().collected()).isEqualTo(20);
    }

    @Test
    void aFloodWaitGivesThePodBackAndTheSameRunGoesOn() {
        Team team = Team.ready(world, "parse-waits");
        team.parser("group", "waits", "");

        team.becomes("group", State.Waiting);
        assertThat(team.parser("group").getStatus().waitingFor()).isEqualTo("FloodWait");
        team.becomes("group", State.Succeeded);

        assertThat(team.came("parse", "alice")).isEqualTo(2);
        assertThat(team.parser("group").getStatus().progress().scanned()).isEqualTo(20);
    }

    @Test
    void whatIsToBeReadGoesBeforeInvitations() {
        Team team = Team.ready(world, "parse-first");
        team.campaign("spring", "slow", 14);
        team.works("spring");
        team.parser("group", "quick", "");

        team.becomes("group", State.Succeeded);
        assertThat(team.campaign("spring").getStatus().state()).isNotEqualTo(InviteCampaignStatus.State.Succeeded);
        team.becomes("spring", InviteCampaignStatus.State.Succeeded);
        assertThat(team.allInvited("spring", 14)).isTrue();
    }

    /** The minute, and a run that a person asks for in the way that Kubernetes offers. */
    @Test
    void aScheduleIsKeptByKubernetesAndTheAccountsTurnByTheOperator() throws Exception {
        Team team = Team.ready(world, "parse-scheduled");
        team.parser("group", "quick", "schedule: \"* * * * *\"");
        team.becomes("group", State.Scheduled);
        Instant told = team.parser("group").getStatus().nextScheduleTime();

        world.cluster().command("kubectl", "create", "job", "now", "--from=cronjob/group", "-n", team.namespace());
        eventually(
                "the run that a person asked for is collected",
                () -> dataset(team).isPresent());
        String first = dataset(team).orElseThrow();

        Awaitility.await("the run of the minute is collected")
                .atMost(Duration.ofMinutes(1).plus(RealWorld.PATIENCE))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> !dataset(team).orElseThrow().equals(first));
        assertThat(team.parser("group").getStatus().lastScheduleTime()).isAfterOrEqualTo(told);
        assertThat(team.parser("group").getStatus().state()).isIn(State.Scheduled, State.Running);

        team.patchParser("group", "{\"spec\":{\"suspend\":true}}");
        team.becomes("group", State.Suspended);
        assertThat(world.client()
                        .batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(team.namespace())
                        .withName("group")
                        .get()
                        .getSpec()
                        .getSuspend())
                .isTrue();
        assertThat(team.workOrders()).hasSize(1);
        world.cluster().command("kubectl", "delete", "parser", "group", "-n", team.namespace(), "--cascade=foreground");
        assertThat(team.parserJobs("group")).isEmpty();
        assertThat(team.workOrders()).isEmpty();
    }

    @Test
    void aScheduleThatKubernetesWouldRefuseIsStalledWithItsReason() {
        Team team = Team.ready(world, "parse-invalid");
        team.parser("group", "quick", "schedule: \"61 3 * * *\"");

        eventually(
                "it is stalled",
                () -> team.parser("group").getStatus() != null
                        && team.parser("group").getStatus().conditions().stream()
                                .anyMatch(it -> it.getType().equals("Stalled")
                                        && it.getReason().equals("InvalidSpec")
                                        && it.getMessage().contains("the minute '61' is above 59")));
    }

    private static Optional<String> dataset(Team team) {
        return Optional.ofNullable(team.parser("group").getStatus().dataset()).map(ParserJobStatus.Dataset::id);
    }
}
