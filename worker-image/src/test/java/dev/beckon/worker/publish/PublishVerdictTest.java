package dev.beckon.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.telegram.TelegramError;
import dev.beckon.telegram.TelegramError.Wait.Scope;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What may have been done is left open; what was surely refused is settled; formatting gets one more try. */
class PublishVerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");
    private static final PublishVerdict OPEN = new PublishVerdict.Open(false);
    private static final PublishVerdict REFUSED_AND_OPEN = new PublishVerdict.Open(true);

    private static PublishVerdict of(TelegramError error, boolean formatted, boolean bot) {
        return PublishVerdict.of(error, formatted, bot, NOW);
    }

    private static PublishVerdict of(TelegramError error) {
        return of(error, true, false);
    }

    private static TelegramError tooMany(long seconds) {
        return new TelegramError.Wait(
                "Too Many Requests: retry after " + seconds, Duration.ofSeconds(seconds), Scope.ACCOUNT);
    }

    @Test
    void formattingIsTriedWithoutAnyOnce() {
        TelegramError refused = new TelegramError.FormattingRefused("ENTITY_BOUNDS_INVALID");
        assertThat(of(refused)).isEqualTo(new PublishVerdict.FallBack());
        assertThat(of(refused, false, false))
                .isEqualTo(new PublishVerdict.Settled(
                        new PublishOutcome.Failed("EntityBoundsInvalid", "ENTITY_BOUNDS_INVALID")));
    }

    @Test
    void aLongWaitIsARefusalPerhapsOfASecondSendingAndAShortOneMayHideAPost() {
        assertThat(of(tooMany(900))).isEqualTo(REFUSED_AND_OPEN);
        assertThat(of(tooMany(40))).isEqualTo(OPEN);
        assertThat(of(tooMany(40), true, true)).isEqualTo(REFUSED_AND_OPEN);
        assertThat(of(tooMany(8), true, true)).isEqualTo(OPEN);
    }

    @Test
    void withoutAnAnswerNothingIsDecided() {
        assertThat(of(new TelegramError.Unanswered("no answer"))).isEqualTo(OPEN);
        assertThat(of(new TelegramError.SessionLost("Unauthorized"))).isEqualTo(OPEN);
    }

    @Test
    void anAccountThatIsLimitedNowMayHaveSentThePostBefore() {
        assertThat(of(new TelegramError.Limited("PEER_FLOOD"))).isEqualTo(REFUSED_AND_OPEN);
    }

    @Test
    void aSlowChatTookNothing() {
        TelegramError slow = new TelegramError.Wait("SLOWMODE_WAIT_900", Duration.ofMinutes(15), Scope.CHAT);
        assertThat(of(slow)).isEqualTo(new PublishVerdict.Settled(new PublishOutcome.NotSent(NOW.plusSeconds(900))));
    }

    @Test
    void whatTheChatForbidsFailsInTelegramsWords() {
        assertThat(of(new TelegramError.CampaignFault("CHAT_ADMIN_REQUIRED")))
                .isEqualTo(new PublishVerdict.Settled(
                        new PublishOutcome.Failed("ChatAdminRequired", "CHAT_ADMIN_REQUIRED")));
        assertThat(of(new TelegramError.Unknown("something new")))
                .isEqualTo(new PublishVerdict.Settled(new PublishOutcome.Failed("PostRefused", "something new")));
    }
}
