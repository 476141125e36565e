package dev.beckon.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.Labels;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TrippedBreaker;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoredLedgerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final TrippedBreaker SEEN = new TrippedBreaker("ledger-500-1000", "LedgerBehindStatus", null);

    @Test
    void aLedgerThatIsBehindHoldsTheResourceBack() {
        assertThat(RestoredLedger.breaker(campaign(Map.of()), 500L, null, 100, NOW))
                .map(TrippedBreaker::id)
                .contains("ledger-500-1000");
        assertThat(RestoredLedger.breaker(campaign(Map.of()), 500L, null, 500, NOW))
                .isEmpty();
        assertThat(RestoredLedger.breaker(campaign(Map.of()), null, null, 0, NOW))
                .isEmpty();
    }

    @Test
    void newRowsThatRaiseTheNumberAreNoAcknowledgement() {
        assertThat(RestoredLedger.breaker(campaign(Map.of()), 500L, SEEN, 9_000, NOW))
                .contains(SEEN);
        assertThat(RestoredLedger.standing(campaign(Map.of()), SEEN)).contains(SEEN);
    }

    @Test
    void aPersonWhoAcknowledgesItLetsTheResourceGoOn() {
        InviteCampaign campaign = campaign(Map.of(Labels.ACKNOWLEDGE, "ledger-500-1000"));

        assertThat(RestoredLedger.breaker(campaign, 500L, SEEN, 9_000, NOW)).isEmpty();
        assertThat(RestoredLedger.accepted("ledger-500-1000", SEEN, NOW.plusSeconds(60)))
                .contains(new RestoredLedger.Accepted(500, NOW));
    }

    @Test
    void whatWasAcknowledgedButNotYetWrittenStillHolds() {
        InviteCampaign campaign = campaign(Map.of(Labels.ACKNOWLEDGE, "ledger-500-1000"));

        assertThat(RestoredLedger.breaker(campaign, 500L, SEEN, 100, NOW.plusSeconds(9)))
                .contains(SEEN);
    }

    @Test
    void theSameBackupRestoredAgainIsNotAcknowledgedByTheOldWord() {
        InviteCampaign campaign = campaign(Map.of(Labels.ACKNOWLEDGE, "ledger-500-1000"));

        assertThat(RestoredLedger.accepted("ledger-500-1000", null, NOW)).isEmpty();
        assertThat(RestoredLedger.breaker(campaign, 500L, null, 100, NOW.plusSeconds(60)))
                .map(TrippedBreaker::id)
                .contains("ledger-500-1060");
    }

    @Test
    void aBreakerOfAnEarlierReleaseIsStillUnderstood() {
        assertThat(RestoredLedger.accepted(
                        "ledger-500", new TrippedBreaker("ledger-500", "LedgerBehindStatus", null), NOW))
                .contains(new RestoredLedger.Accepted(500, NOW));
    }

    @Test
    void anotherValueAcceptsNothing() {
        assertThat(RestoredLedger.accepted("ledger-400-1000", SEEN, NOW)).isEmpty();
        assertThat(RestoredLedger.accepted("b1", new TrippedBreaker("b1", "PeerFlood", null), NOW))
                .isEmpty();
    }

    @Test
    void theSentenceSpeaksOfWhatTheResourceIsAbout() {
        assertThat(RestoredLedger.sentence(campaign(Map.of()), SEEN)).contains("people contacted since");
        assertThat(RestoredLedger.sentence(new TelegramAccount(), SEEN)).contains("people contacted since");
        assertThat(RestoredLedger.sentence(new AutopostSchedule(), SEEN))
                .contains("posts published since")
                .doesNotContain("people")
                .endsWith("set the annotation beckon.dev/acknowledge=ledger-500-1000.");
        assertThat(RestoredLedger.sentence(new ParserJob(), SEEN))
                .contains("members collected since")
                .doesNotContain("people");
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
