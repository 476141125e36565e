package dev.beckon.operator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TrippedBreaker;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestoredLedgerTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final TrippedBreaker SEEN = new TrippedBreaker("ledger-500-1000", "LedgerBehindStatus", null);

    @Test
    void aLedgerThatIsBehindHoldsTheResourceBack() {
        assertThat(RestoredLedger.breaker(500L, null, 100, NOW))
                .map(TrippedBreaker::id)
                .contains("ledger-500-1000");
        assertThat(RestoredLedger.breaker(500L, null, 500, NOW)).isEmpty();
        assertThat(RestoredLedger.breaker(null, null, 0, NOW)).isEmpty();
    }

    @Test
    void newRowsThatRaiseTheNumberAreNoAcknowledgement() {
        assertThat(RestoredLedger.breaker(500L, SEEN, 9_000, NOW)).contains(SEEN);
        assertThat(RestoredLedger.standing(SEEN)).contains(SEEN);
        assertThat(RestoredLedger.standing(new TrippedBreaker("b1", "PeerFlood", null)))
                .isEmpty();
    }

    @Test
    void whatWasSeenStandsWhileTheLedgerCanNotBeAsked() {
        assertThat(RestoredLedger.breaker(500L, SEEN, new Reading.Asked<>(), NOW))
                .contains(SEEN);
        assertThat(RestoredLedger.breaker(500L, SEEN, new Reading.Unreachable<>(NOW, "away"), NOW))
                .contains(SEEN);
        assertThat(RestoredLedger.breaker(500L, null, new Reading.Unreachable<>(NOW, "away"), NOW))
                .isEmpty();
    }

    @Test
    void aPersonAcceptsUpToTheNumberThatHadBeenReached() {
        assertThat(RestoredLedger.accepted("ledger-500-1000", SEEN, NOW.plusSeconds(60)))
                .contains(new RestoredLedger.Accepted(500, NOW));
    }

    @Test
    void theSameBackupRestoredAgainIsNotAcknowledgedByTheOldWord() {
        assertThat(RestoredLedger.accepted("ledger-500-1000", null, NOW)).isEmpty();
        assertThat(RestoredLedger.breaker(500L, null, 100, NOW.plusSeconds(60)))
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
        assertThat(RestoredLedger.sentence(new InviteCampaign(), SEEN)).contains("people contacted since");
        assertThat(RestoredLedger.sentence(new TelegramAccount(), SEEN)).contains("people contacted since");
        assertThat(RestoredLedger.sentence(new AutopostSchedule(), SEEN))
                .contains("posts published since")
                .doesNotContain("people")
                .endsWith("set the annotation beckon.dev/acknowledge=ledger-500-1000.");
        assertThat(RestoredLedger.sentence(new ParserJob(), SEEN))
                .contains("members collected since")
                .doesNotContain("people");
    }
}
