package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.crd.Labels;
import dev.beckon.ledger.testing.Backup;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone: the ledger is one for all, and one that was restored holds whatever anybody makes meanwhile. */
@Tag("integration")
@Isolated
@Execution(ExecutionMode.SAME_THREAD)
class RestoredLedgerLifeTest {
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
    void aLedgerThatIsOlderThanTheStatusHoldsAllWorkUntilAPersonAcknowledges() throws Exception {
        Team team = Team.ready(world, "life-restored");
        team.campaign("spring", "slow", 12);
        team.works("spring");
        int jobs = jobsOfWhatIsForgotten(team);
        // It rests, and says so all the same.
        team.says("spring", "LedgerAvailable", "True", "LedgerBehindStatus");

        team.patch("spring", "{\"spec\":{\"suspend\":false}}");
        team.says("spring", "Stalled", "True", "LedgerBehindStatus");
        // What is made after the restore is no way around it.
        team.campaign("summer", "quick", 2);
        team.says("summer", "Stalled", "True", "LedgerBehindStatus");
        assertThat(team.jobs("spring")).hasSize(jobs);
        assertThat(team.jobs("summer")).isEmpty();
        team.campaign("winter", "quick", 1);
        team.says("winter", "Stalled", "True", "LedgerBehindStatus");
        for (String held : List.of("spring", "summer")) {
            String breaker = team.campaign(held).getStatus().breaker().id();
            team.annotate(held, Labels.ACKNOWLEDGE, breaker);
        }
        acknowledgedWhileItRests(team, "winter");
        LivingAccount account = new LivingAccount(world, team, "alice");
        succeeds(team, account, "winter");
        succeeds(team, account, "spring");
        succeeds(team, account, "summer");
        assertThat(team.condition("spring", "LastAction").orElseThrow().getReason())
                .isEqualTo("Acknowledged");
        assertThat(team.allInvited("spring", 12)).isTrue();
    }

    /** Nobody has to wake what a person wanted to rest. */
    private static void acknowledgedWhileItRests(Team team, String held) {
        team.patch(held, "{\"spec\":{\"suspend\":true}}");
        team.becomes(held, State.Suspended);
        team.annotate(
                held,
                Labels.ACKNOWLEDGE,
                team.campaign(held).getStatus().breaker().id());
        team.says(held, "LastAction", "True", "Acknowledged");
        assertThat(team.campaign(held).getStatus().state()).isEqualTo(State.Suspended);
        assertThat(team.campaign(held).getStatus().breaker()).isNull();
        team.patch(held, "{\"spec\":{\"suspend\":false}}");
    }

    /** Lets people be invited, restores the ledger from before, and answers how many Jobs there had been. */
    private int jobsOfWhatIsForgotten(Team team) throws SQLException {
        try (Backup backup = Backup.of(world.database())) {
            eventually("people were invited since", () -> {
                var progress = team.campaign("spring").getStatus().progress();
                return progress != null && progress.invited() > 0;
            });
            team.patch("spring", "{\"spec\":{\"suspend\":true}}");
            team.becomes("spring", State.Suspended);
            eventually("no pod is left", () -> team.livePods() == 0);
            int jobs = team.jobs("spring").size();
            long before = outcomes();
            backup.restore();
            assertThat(outcomes()).as("whom it contacted since is forgotten").isLessThan(before);
            return jobs;
        }
    }

    /**
     * The account may be held as well: at once, later, or not at all, as its last status is of before the backup or of after it, and as
     * it is looked at before or after an acknowledgement has raised the ledger's number. Whenever it is, a person sees it and acknowledges.
     */
    private static void succeeds(Team team, LivingAccount account, String campaign) {
        eventually(team.namespace() + "/" + campaign + " becomes Succeeded, the account being acknowledged", () -> {
            account.acknowledgeIfHeld();
            return team.campaign(campaign).getStatus().state() == State.Succeeded;
        });
    }

    private long outcomes() throws SQLException {
        try (Connection connection = world.database().admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM beckon_audit.outcome")) {
            row.next();
            return row.getLong(1);
        }
    }
}
