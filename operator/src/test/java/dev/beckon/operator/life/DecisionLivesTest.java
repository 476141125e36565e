package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.HumanRequests;
import dev.beckon.workorder.InviteOrder;
import dev.beckon.workorder.WorkOrder;
import dev.beckon.workorder.WorkOrders;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Campaigns whose course a person changes, by an edit, an annotation, a deadline or the choice of accounts. */
@Tag("integration")
@Execution(ExecutionMode.CONCURRENT)
class DecisionLivesTest {
    private static final String ALICE_ALONE = "accounts: {names: [alice]}";

    private final RealWorld world = RealWorld.get();

    @AfterAll
    static void noAccountEverHadTwoWorkers() {
        assertThat(RealWorld.get().attendance().violations()).isEmpty();
    }

    @AfterAll
    static void nobodyAndNoSecretStandsInWhatWasPrintedOrWritten() {
        assertThat(new WorldLeaks(RealWorld.get()).findings()).isEmpty();
    }

    /** Each edit is an order of its own, which the next worker carries out. */
    @Test
    void editsOfLimitsPacingAndMessageTakeEffectWhileItRuns() {
        Team team = Team.ready(world, "life-edited");
        team.campaign("spring", "edited", 60);
        team.works("spring");

        new LivingAccount(world, team, "alice").patch("{\"spec\":{\"limits\":{\"invitesPerDay\":49}}}");
        isToldToAWorker(team, order -> order.account().limits().invitesPerDay() == 49);
        team.patch("spring", "{\"spec\":{\"pacing\":{\"delay\":{\"min\":\"2m\",\"max\":\"3m\"},\"perChatPerDay\":7}}}");
        isToldToAWorker(
                team,
                order -> order.pacing().minDelay().equals(Duration.ofMinutes(2))
                        && order.pacing().perChatPerDay() == 7);
        team.message("spring", "Hi {{first_name}}, our evenings have moved: {{link}}");
        team.becomes("spring", State.Succeeded);

        // One for each edit, and one before them all.
        assertThat(team.jobs("spring")).hasSize(4);
        assertThat(team.allInvited("spring", 60)).isTrue();
    }

    @Test
    void aPassedDeadlineEndsACampaignThatIsUnderWay() {
        Team team = Team.ready(world, "life-deadline");
        team.campaign("spring", "slow", 60);
        team.works("spring");
        eventually(
                "somebody was invited",
                () -> progress(team) != null && progress(team).invited() > 0);

        Instant deadline = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        team.patch("spring", "{\"spec\":{\"deadline\":\"" + deadline + "\"}}");
        team.becomes("spring", State.Failed);

        assertThat(team.condition("spring", "Succeeded").orElseThrow()).satisfies(it -> {
            assertThat(it.getStatus()).isEqualTo("False");
            assertThat(it.getReason()).isEqualTo("DeadlineExceeded");
        });
        assertThat(team.campaign("spring").getStatus().completionTime()).isNotNull();
        assertThat(progress(team).pending()).isPositive();
        eventually(
                "no worker and no order is left",
                () -> team.livePods() == 0 && team.workOrders().isEmpty());
    }

    @Test
    void accountsThatALabelChoosesShareTheCampaignsPeople() {
        Team team = Team.ready(world, "life-selector");
        for (String name : List.of("bob", "carol")) {
            team.create("""
                    apiVersion: beckon.dev/v1alpha1
                    kind: TelegramAccount
                    metadata: {name: %s, labels: {crew: spring}}
                    spec: {apiCredentials: {secretRef: {name: tg-app}}, login: {method: QrCode}}
                    """.formatted(name));
            new LivingAccount(world, team, name).becomes(TelegramAccountStatus.State.Ready);
        }
        team.create(team.manifest("spring", "slow", 8)
                .replace(ALICE_ALONE, "accounts: {selector: {matchLabels: {crew: spring}}}"));
        team.becomes("spring", State.Succeeded);

        assertThat(team.allInvited("spring", 8)).isTrue();
        assertThat(team.came("invite", "alice")).isZero();
        assertThat(team.came("invite", "bob")).isEqualTo(1);
        assertThat(team.came("invite", "carol")).isEqualTo(1);
    }

    @Test
    void peopleOfAnAccountThatRestsAreHandedToAnotherOne() {
        Team team = Team.ready(world, "life-reassign");
        team.account("bob");
        new LivingAccount(world, team, "bob").patch("{\"spec\":{\"suspend\":true}}");
        team.create(team.manifest("spring", "quick", 8).replace(ALICE_ALONE, "accounts: {names: [alice, bob]}"));

        team.says("spring", "Stalled", "True", "AccountNotReady");
        eventually(
                "alice has reached hers",
                () -> progress(team) != null && progress(team).invited() == 4);
        team.annotate("spring", HumanRequests.REASSIGN, "bob:alice");
        team.becomes("spring", State.Succeeded);

        assertThat(team.condition("spring", "LastAction").orElseThrow().getReason())
                .isEqualTo("PeopleReassigned");
        assertThat(team.allInvited("spring", 8)).isTrue();
        assertThat(team.came("invite", "bob")).isZero();
    }

    @Test
    void aPersonOfUnknownOutcomeIsTriedAgainWhenSomebodySaysSo() {
        Team team = Team.ready(world, "life-unknown");
        team.campaign("spring", "unknown", 3);
        team.becomes("spring", State.Succeeded);
        assertThat(progress(team).unknown()).isEqualTo(1);
        assertThat(progress(team).invited()).isEqualTo(2);

        team.annotate("spring", HumanRequests.REQUEUE, "first");
        eventually("the third is invited", () -> team.allInvited("spring", 3));
        team.becomes("spring", State.Succeeded);

        assertThat(team.condition("spring", "LastAction").orElseThrow().getReason())
                .isEqualTo("PeopleRequeued");
        assertThat(progress(team).unknown()).isZero();
        assertThat(team.jobs("spring")).hasSize(2);
    }

    private static InviteCampaignStatus.Progress progress(Team team) {
        return team.campaign("spring").getStatus().progress();
    }

    private void isToldToAWorker(Team team, Predicate<InviteOrder> said) {
        eventually(
                "a worker was told",
                () -> team.workOrders().stream()
                        .map(name -> world.client()
                                .secrets()
                                .inNamespace(team.namespace())
                                .withName(name)
                                .get())
                        .flatMap(secret -> order(secret).stream())
                        .anyMatch(said));
    }

    private static Optional<InviteOrder> order(Secret secret) {
        if (secret == null) {
            return Optional.empty();
        }
        String json =
                new String(Base64.getDecoder().decode(secret.getData().get("work-order.json")), StandardCharsets.UTF_8);
        WorkOrder order = WorkOrders.readOrder(json);
        return order instanceof InviteOrder invite ? Optional.of(invite) : Optional.empty();
    }
}
