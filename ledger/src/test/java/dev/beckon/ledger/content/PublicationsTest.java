package dev.beckon.ledger.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.content.Opening.NotBefore;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An intent is written once for each chat of a run, whatever the targets are called, and settled once. */
@Tag("integration")
class PublicationsTest {
    private final PublishFixture fixture = new PublishFixture();
    private final long chat = fixture.ledger.chat;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anIntentIsFoundOpenWithThePostAsItWasTaken() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);

        assertThat(fixture.publications().openOf(fixture.schedule)).containsExactly(intent);
        assertThat(intent.post().source()).isEqualTo("Text of a");
        assertThat(intent.openedAt()).isEqualTo(fixture.ledger.clock.instant());
        assertThat(fixture.open(run, "@ours", chat)).isEqualTo(new Opening.InFlight());
    }

    @Test
    void aTargetWithAnOutcomeIsNeverOpenedAgain() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);
        assertThat(fixture.publications().settle(fixture.lease, intent, PublishFixture.published(7)))
                .isTrue();

        assertThat(fixture.open(run, "@ours", chat)).isEqualTo(new Opening.Done());
        assertThat(fixture.publications().isDue(run, "@ours")).isFalse();
        assertThat(fixture.publications().isDue(run, "@others")).isTrue();
        assertThat(fixture.publications().openOf(fixture.schedule)).isEmpty();
    }

    @Test
    void settlingTwiceCountsOnce() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);
        fixture.publications().settle(fixture.lease, intent, PublishFixture.published(7));
        fixture.publications().settle(fixture.lease, intent, new PublishOutcome.Unknown("later"));
        assertThat(fixture.publications().tally(run)).isEqualTo(new Publications.Tally(1, 0, 0, 0, 0));
    }

    @Test
    void twoNamesOfOneChatGetThePostOnce() {
        PublishRun run = fixture.take("r1", "a");
        fixture.opened(run, "@ours", chat);
        assertThat(fixture.open(run, "https://t.me/ours", chat)).isEqualTo(new Opening.SameChat());
        assertThat(fixture.publications().tally(run)).isEqualTo(new Publications.Tally(0, 0, 1, 0, 1));
    }

    @Test
    void whatIsProvedNotToBeThereMayBeSentAgain() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);
        fixture.publications().settle(fixture.lease, intent, new PublishOutcome.NotSent(Instant.EPOCH));
        Publication again = fixture.opened(run, "@ours", chat);
        assertThat(again.id()).isEqualTo(intent.id());
    }

    @Test
    void slowModeIsRememberedForItsChat() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);
        Instant until = fixture.ledger.clock.instant().plusSeconds(30);
        fixture.publications().settle(fixture.lease, intent, new PublishOutcome.NotSent(until));

        assertThat(fixture.open(run, "@ours", chat)).isEqualTo(new NotBefore(until, NotBefore.Why.SlowMode));
        assertThat(fixture.open(run, "@other", LedgerFixture.number())).isInstanceOf(Opening.Opened.class);
        fixture.ledger.clock.advance(Duration.ofSeconds(30));
        assertThat(fixture.open(run, "@ours", chat)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void aRefusalThatMayBeOfASecondSendingLeavesThePostOpenAndSaysNothingOfTheNextTry() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);
        assertThat(intent.refused()).isFalse();
        assertThat(fixture.publications().refused(fixture.lease, intent, "PEER_FLOOD"))
                .isTrue();
        assertThat(fixture.publications().openOf(fixture.schedule))
                .singleElement()
                .satisfies(open -> assertThat(open.refused()).isTrue());
        assertThat(fixture.publications().failures(run)).isEmpty();

        fixture.publications().settle(fixture.lease, intent, new PublishOutcome.NotSent(Instant.EPOCH));
        assertThat(fixture.opened(run, "@ours", chat).refused()).isFalse();
    }

    @Test
    void aFallBackToPlainTextIsRememberedAndTold() {
        PublishRun run = fixture.take("r1", "a");
        Publication intent = fixture.opened(run, "@ours", chat);
        Publication plain =
                fixture.publications().fallBack(fixture.lease, intent).orElseThrow();
        assertThat(plain.plain()).isTrue();
        assertThat(fixture.publications().openOf(fixture.schedule)).containsExactly(plain);
        fixture.publications().settle(fixture.lease, plain, PublishFixture.published(7));
        assertThat(fixture.publications().tally(run)).isEqualTo(new Publications.Tally(1, 1, 0, 0, 0));
    }

    @Test
    void aPostAmongOthersMembersCountsAsAMessage() {
        PublishRun run = fixture.take("r1", "a");
        Publications.Wish first = new Publications.Wish(run, "@one", chat, OptionalInt.of(1));
        Publications.Wish second = new Publications.Wish(run, "@two", LedgerFixture.number(), OptionalInt.of(1));
        assertThat(fixture.publications().open(fixture.lease, first)).isInstanceOf(Opening.Opened.class);
        Instant tomorrow = fixture.ledger.clock.instant().plus(Duration.ofHours(24));
        assertThat(fixture.publications().open(fixture.lease, second))
                .isEqualTo(new NotBefore(tomorrow, NotBefore.Why.AccountLimit));
    }

    @Test
    void anAccountInAFloodWaitOrNotReadyOpensNothing() {
        PublishRun run = fixture.take("r1", "a");
        Instant until = fixture.ledger.clock.instant().plusSeconds(600);
        fixture.ledger.ledger.accounts().coolDown(fixture.lease, until);
        assertThat(fixture.open(run, "@ours", chat)).isEqualTo(new NotBefore(until, NotBefore.Why.FloodWait));

        fixture.ledger.ledger.accounts().becomes(fixture.lease, AccountState.Limited, "PeerFlood", "PEER_FLOOD");
        assertThat(fixture.open(run, "@ours", chat)).isEqualTo(new Opening.AccountNotReady(AccountState.Limited));
    }

    @Test
    void aTargetsChatIsKnownFromTheLastPostInIt() {
        PublishRun run = fixture.take("r1", "a", "b");
        assertThat(fixture.publications().chatOf(run, "@ours")).isEmpty();
        Publication intent = fixture.opened(run, "@ours", chat);
        fixture.publications().settle(fixture.lease, intent, PublishFixture.published(7));
        PublishRun next = fixture.take("r2", "a", "b");
        assertThat(fixture.publications().chatOf(next, "@ours")).contains(chat);
        assertThat(fixture.publications().knownMessages(chat, fixture.ledger.clock.instant()))
                .containsExactly(7L);
    }

    @Test
    void theLastMessageOfAChatIsThatOfTheNewestPostSentByThen() {
        Instant begin = fixture.ledger.clock.instant();
        assertThat(fixture.publications().lastMessage(chat, begin)).isEmpty();
        PublishRun run = fixture.take("r1", "a", "b", "c");
        fixture.publications().settle(fixture.lease, fixture.opened(run, "@ours", chat), PublishFixture.published(7));
        fixture.ledger.clock.advance(Duration.ofHours(1));
        PublishRun next = fixture.take("r2", "a", "b", "c");
        Publication open = fixture.opened(next, "@ours", chat);

        assertThat(fixture.publications().lastMessage(chat, open.openedAt())).hasValue(7);
        assertThat(fixture.publications().lastMessage(chat + 1, open.openedAt()))
                .isEmpty();
        fixture.publications().settle(fixture.lease, open, PublishFixture.published(12));
        assertThat(fixture.publications().lastMessage(chat, begin)).hasValue(7);
        assertThat(fixture.publications().lastMessage(chat, open.openedAt())).hasValue(12);
    }

    @Test
    void whatIsInFlightDoesNotFailBecauseItsChatCanNotBeFoundAnyMore() {
        PublishRun run = fixture.take("r1", "a");
        fixture.opened(run, "@ours", chat);
        fixture.publications()
                .failUnsent(fixture.lease, run, "@ours", new PublishOutcome.Failed("ChatNotFound", "gone"));
        assertThat(fixture.publications().tally(run)).isEqualTo(new Publications.Tally(0, 0, 0, 0, 1));
    }

    @Test
    void anotherSchedulesIntentsAreNotOurs() {
        PublishRun run = fixture.take("r1", "a");
        fixture.opened(run, "@ours", chat);
        try (PublishFixture other = new PublishFixture()) {
            assertThat(other.publications().openOf(other.schedule)).isEmpty();
        }
    }
}
