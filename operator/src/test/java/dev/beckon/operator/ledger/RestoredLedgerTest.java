package dev.beckon.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.Labels;
import dev.beckon.crd.TrippedBreaker;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoredLedgerTest {
    private static final TrippedBreaker SEEN = new TrippedBreaker("ledger-500", "LedgerBehindStatus", null);

    @Test
    void aLedgerThatIsBehindHoldsTheResourceBack() {
        assertThat(RestoredLedger.breaker(campaign(Map.of()), 500L, null, 100))
                .map(TrippedBreaker::id)
                .contains("ledger-500");
        assertThat(RestoredLedger.breaker(campaign(Map.of()), 500L, null, 500)).isEmpty();
        assertThat(RestoredLedger.breaker(campaign(Map.of()), null, null, 0)).isEmpty();
    }

    @Test
    void newRowsThatRaiseTheNumberAreNoAcknowledgement() {
        assertThat(RestoredLedger.breaker(campaign(Map.of()), 500L, SEEN, 9_000))
                .contains(SEEN);
        assertThat(RestoredLedger.standing(campaign(Map.of()), SEEN)).contains(SEEN);
    }

    @Test
    void aPersonWhoAcknowledgesItLetsTheResourceGoOn() {
        InviteCampaign campaign = campaign(Map.of(Labels.ACKNOWLEDGE, "ledger-500"));

        assertThat(RestoredLedger.breaker(campaign, 500L, SEEN, 9_000)).isEmpty();
        assertThat(RestoredLedger.accepted("ledger-500", 500L, SEEN, 9_000)).hasValue(500);
        assertThat(RestoredLedger.accepted("ledger-500", 500L, null, 100)).hasValue(500);
    }

    @Test
    void whatWasAcknowledgedButNotYetWrittenStillHolds() {
        InviteCampaign campaign = campaign(Map.of(Labels.ACKNOWLEDGE, "ledger-500"));

        assertThat(RestoredLedger.breaker(campaign, 500L, SEEN, 100)).isPresent();
    }

    @Test
    void anotherValueAcceptsNothing() {
        assertThat(RestoredLedger.accepted("ledger-400", 500L, SEEN, 100)).isEmpty();
        assertThat(RestoredLedger.accepted("b1", 500L, new TrippedBreaker("b1", "PeerFlood", null), 900))
                .isEmpty();
    }

    private static InviteCampaign campaign(Map<String, String> annotations) {
        InviteCampaign campaign = new InviteCampaign();
        campaign.setMetadata(new ObjectMetaBuilder()
                .withName("spring")
                .withAnnotations(annotations)
                .build());
        return campaign;
    }
}
