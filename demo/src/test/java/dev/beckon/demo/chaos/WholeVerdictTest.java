package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.demo.chaos.Facts.Standing;
import dev.beckon.demo.chaos.Scenario.Campaign;
import dev.beckon.demo.chaos.Scenario.Human;
import dev.beckon.demo.chaos.Scenario.Line;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.ledger.report.CampaignReport.Counts;
import dev.beckon.workorder.InviteOrder.Mode;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeVerdictTest {
    private static final Human ANNA = human(1);
    private static final Human BENNO = human(2);
    private static final Human HUGO = human(3);
    private static final Campaign CAMPAIGN =
            new Campaign("bring", "uid", "chat", Mode.InviteOrLink, List.of(), true, List.of(line(ANNA), line(BENNO)));
    private static final Scenario SCENARIO =
            new Scenario(List.of(), List.of(CAMPAIGN), List.of(ANNA, BENNO), List.of(BENNO), List.of(), List.of());

    @Test
    void aCampaignHasEndedWhenItSucceeded() {
        assertThat(ended(State.Succeeded, Duration.ZERO, 0)).isTrue();
        assertThat(ended(State.Running, Duration.ZERO, 0)).isFalse();
        assertThat(WholeVerdict.ended(SCENARIO, CAMPAIGN, new InviteCampaign())).isFalse();
    }

    @Test
    void whoWaitsForTheFrequencyCapKeepsNoRunFromItsEnd() {
        assertThat(ended(State.Waiting, Duration.ofDays(7), 1)).isTrue();
        assertThat(ended(State.Waiting, Duration.ofMinutes(1), 1)).isFalse();
        assertThat(ended(State.Waiting, Duration.ofDays(7), 2)).isFalse();
        assertThat(ended(State.Paused, Duration.ofDays(7), 1)).isFalse();
    }

    @Test
    void aCampaignWithAWebhookHasEndedWhenAllCameAndAreDone() {
        Campaign called = new Campaign(
                "bring-again1", "uid", "chat", Mode.InviteOrLink, List.of(), false, List.of(line(ANNA), line(HUGO)));

        assertThat(endedWith(called, State.Waiting, progress(2, 0))).isTrue();
        assertThat(endedWith(called, State.Waiting, progress(1, 1))).isFalse();
        assertThat(endedWith(called, State.Running, progress(2, 0))).isFalse();
        assertThat(endedWith(called, State.Waiting, Progress.of(1, 1, 0, 0, 0, 0, 0, 0, 0)))
                .isFalse();
        assertThat(endedWith(called, State.Waiting, Progress.of(2, 1, 0, 0, 0, 0, 0, 1, 0)))
                .isFalse();
    }

    private static boolean endedWith(Campaign campaign, State state, Progress progress) {
        InviteCampaign resource = resource(progress);
        resource.setStatus(
                InviteCampaignStatus.builder().state(state).progress(progress).build());
        return WholeVerdict.ended(SCENARIO, campaign, resource);
    }

    @Test
    void statusLedgerAndLogMustTellTheSame() {
        Facts both = facts(standing(ANNA, OutcomeStatus.Invited), standing(BENNO, OutcomeStatus.Invited));

        assertThat(WholeVerdict.disagreements(CAMPAIGN, resource(progress(2, 0)), both))
                .isEmpty();
        assertThat(WholeVerdict.disagreements(CAMPAIGN, resource(progress(1, 1)), both))
                .singleElement()
                .asString()
                .contains("the status says");
        assertThat(WholeVerdict.disagreements(
                        CAMPAIGN, resource(progress(2, 0)), facts(standing(ANNA, OutcomeStatus.Invited))))
                .singleElement()
                .asString()
                .contains("its log has 1");
    }

    private static boolean ended(State state, Duration next, long pending) {
        InviteCampaign resource = resource(progress(2 - pending, pending));
        resource.setStatus(InviteCampaignStatus.builder()
                .state(state)
                .progress(resource.getStatus().progress())
                .nextActionTime(Instant.now().plus(next))
                .build());
        return WholeVerdict.ended(SCENARIO, CAMPAIGN, resource);
    }

    private static InviteCampaign resource(Progress progress) {
        InviteCampaign resource = new InviteCampaign();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(CAMPAIGN.name());
        resource.setMetadata(metadata);
        resource.setStatus(InviteCampaignStatus.builder().progress(progress).build());
        return resource;
    }

    private static Progress progress(long invited, long pending) {
        return Progress.of(2, invited, 0, 0, 0, 0, pending, 0, 0);
    }

    private static Standing standing(Human human, OutcomeStatus status) {
        return new Standing(CAMPAIGN, human, status);
    }

    private static Facts facts(Standing... standings) {
        CampaignReport report = Reports.of(CAMPAIGN.uid(), new Counts(2, 0, 0, 0, 2, 0, 0, 0, 0));
        return new Facts(
                List.of(), 0, Map.of(CAMPAIGN.uid(), report), List.of(standings), Map.of(), 0, List.of(), List.of());
    }

    private static Human human(long id) {
        return new Human(id, "guest" + id, "+49155200000" + id, false, Optional.empty(), Optional.empty());
    }

    private static Line line(Human human) {
        return new Line(human, false);
    }
}
