package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.demo.Campaigns.Everything;
import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.ledger.accounts.Priority;
import dev.beckon.workorder.InviteOrder.Mode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A run is over when nothing of any kind is left, and not before. */
class WholeWorkTest {
    private static final Account ALICE = new Account(0, "team0", "a", 100, "+491700000001");
    private static final Campaign CAMPAIGN =
            new Campaign("bring-own0", "uid", "own0", Mode.LinkOnly, List.of(ALICE), true, List.of());
    private static final Scenario SCENARIO =
            new Scenario(List.of(ALICE), List.of(CAMPAIGN), List.of(), List.of(), List.of(), List.of());
    private static final WholeWork WORK =
            new WholeWork(SCENARIO, KindsDraw.wholeFew(new SplittableRandom(1), SCENARIO));

    private static final AutopostSchedule OF_BOT = Serialization.unmarshal("""
            metadata: {name: team1-posts}
            status: {state: Exhausted, progress: {total: 2, used: 2, summary: 2/2}}
            """, AutopostSchedule.class);

    private static Everything seen(String campaign, List<String> parsers, String schedule, int used) {
        return new Everything(
                List.of(Serialization.unmarshal("""
                        metadata: {name: bring-own0}
                        status: {state: %s}
                        """.formatted(campaign), InviteCampaign.class)),
                parsers.stream()
                        .map(state -> Serialization.unmarshal("""
                                metadata: {name: team0-people}
                                status: {state: %s}
                                """.formatted(state), ParserJob.class))
                        .toList(),
                List.of(Serialization.unmarshal("""
                        metadata: {name: team0-posts}
                        status: {state: %s, progress: {total: 2, used: %d, summary: %d/2}}
                        """.formatted(schedule, used, used), AutopostSchedule.class), OF_BOT));
    }

    @Test
    void nothingIsLeftWhenEverythingCameToItsEnd() {
        assertThat(WORK.left(seen("Succeeded", List.of("Succeeded"), "Exhausted", 2)))
                .isEmpty();
    }

    @Test
    void whatHasNotEndedIsLeft() {
        assertThat(WORK.left(seen("Running", List.of("Succeeded"), "Exhausted", 2)))
                .containsExactly(Priority.Invite);
        assertThat(WORK.left(seen("Succeeded", List.of("Waiting"), "Exhausted", 2)))
                .containsExactly(Priority.Parse);
        assertThat(WORK.left(seen("Succeeded", List.of("Succeeded"), "Scheduled", 2)))
                .containsExactly(Priority.Publish);
        assertThat(WORK.left(seen("Succeeded", List.of("Succeeded"), "Exhausted", 1)))
                .containsExactly(Priority.Publish);
    }

    @Test
    void aParserThatIsToComeIsLeft() {
        assertThat(WORK.left(seen("Succeeded", List.of(), "Exhausted", 2))).containsExactly(Priority.Parse);
    }

    @Test
    void whateverMovesChangesTheWords() {
        String before = WholeWork.words(seen("Running", List.of("Running"), "Scheduled", 1));
        assertThat(before).isNotEqualTo(WholeWork.words(seen("Running", List.of("Waiting"), "Scheduled", 1)));
        assertThat(before).isNotEqualTo(WholeWork.words(seen("Running", List.of("Running"), "Scheduled", 2)));
        assertThat(before).isEqualTo(WholeWork.words(seen("Running", List.of("Running"), "Scheduled", 1)));
    }
}
