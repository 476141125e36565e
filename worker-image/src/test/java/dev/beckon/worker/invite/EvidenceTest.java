package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.invite.Settlement.Effect;
import dev.beckon.ledger.invite.Settlement.Next;
import dev.beckon.telegram.ChatMessage;
import dev.beckon.telegram.EventLog;
import dev.beckon.telegram.EventLog.Event;
import dev.beckon.telegram.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What Telegram shows decides how an open intent ended; only proof of "not done" brings a person back. */
class EvidenceTest {
    private static final Instant OPENED = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant NOW = OPENED.plusSeconds(120);
    private static final long SELF = 1;
    private static final long PERSON = 2;
    private static final long OTHER = 3;

    private static Settlement invite(Optional<EventLog> log, Membership membership) {
        return Evidence.invite(OPENED, NOW, SELF, OptionalLong.of(PERSON), log, Optional.ofNullable(membership));
    }

    private static Optional<EventLog> log(Event... events) {
        return Optional.of(new EventLog(OPENED.minusSeconds(60), List.of(events)));
    }

    private static Event ours() {
        return new Event.Invited(SELF, PERSON, OPENED.plusSeconds(1));
    }

    @Test
    void ourInviteInTheLogIsInvited() {
        assertThat(invite(log(ours()), Membership.MEMBER)).isEqualTo(Settlement.invited());
    }

    @Test
    void whoLeftSinceIsInvitedAndSuppressed() {
        Settlement settlement = invite(log(ours(), new Event.Left(PERSON, OPENED.plusSeconds(60))), Membership.LEFT);
        assertThat(settlement.status()).isEqualTo(OutcomeStatus.Invited);
        assertThat(settlement.effects()).singleElement().isInstanceOf(Effect.Suppress.class);
        assertThat(invite(log(ours(), new Event.Removed(OTHER, PERSON, OPENED.plusSeconds(60))), Membership.BANNED)
                        .effects())
                .singleElement()
                .isInstanceOf(Effect.Suppress.class);
    }

    @Test
    void aMemberWithoutOurInviteIsAlreadyMember() {
        assertThat(invite(log(), Membership.MEMBER)).isEqualTo(Settlement.alreadyMember());
        assertThat(invite(log(new Event.Joined(PERSON, OPENED)), Membership.ADMINISTRATOR))
                .isEqualTo(Settlement.alreadyMember());
        assertThat(invite(log(new Event.Invited(OTHER, PERSON, OPENED)), Membership.MEMBER))
                .as("somebody else's invite is not ours")
                .isEqualTo(Settlement.alreadyMember());
    }

    @Test
    void aLogThatCoversTheTimeWithoutOurInviteProvesThatNothingHappened() {
        Settlement settlement = invite(log(), Membership.NOT_MEMBER);
        assertThat(settlement.status()).isEqualTo(OutcomeStatus.Reverted);
        assertThat(settlement.next()).isEqualTo(new Next.Again(NOW, false));
        assertThat(settlement.effects()).isEmpty();
    }

    @Test
    void whoJoinedAloneAndLeftGoesBackSuppressed() {
        Settlement settlement = invite(
                log(new Event.Joined(PERSON, OPENED.plusSeconds(5)), new Event.Left(PERSON, OPENED.plusSeconds(9))),
                Membership.LEFT);
        assertThat(settlement.status()).isEqualTo(OutcomeStatus.Reverted);
        assertThat(settlement.effects()).singleElement().isInstanceOf(Effect.Suppress.class);
    }

    @Test
    void aLogThatBeginsLaterProvesNothing() {
        Optional<EventLog> late = Optional.of(new EventLog(OPENED.plusSeconds(60), List.of()));
        assertThat(invite(late, Membership.NOT_MEMBER).status()).isEqualTo(OutcomeStatus.Unknown);
        assertThat(invite(late, Membership.MEMBER))
                .isEqualTo(Settlement.alreadyMember().contacted(true));
    }

    @Test
    void withoutALogAMemberIsAlreadyMemberAndAllElseUnknown() {
        assertThat(invite(Optional.empty(), Membership.MEMBER))
                .as("it may have been our invite")
                .isEqualTo(Settlement.alreadyMember().contacted(true));
        assertThat(invite(Optional.empty(), Membership.NOT_MEMBER).status()).isEqualTo(OutcomeStatus.Unknown);
        assertThat(invite(Optional.empty(), Membership.LEFT).status()).isEqualTo(OutcomeStatus.Unknown);
        assertThat(invite(Optional.empty(), null).status()).isEqualTo(OutcomeStatus.Unknown);
    }

    @Test
    void whoCannotBeFoundAndWasNotKnownIsUnknown() {
        assertThat(Evidence.invite(OPENED, NOW, SELF, OptionalLong.empty(), log(), Optional.empty())
                        .status())
                .isEqualTo(OutcomeStatus.Unknown);
    }

    @Test
    void anOlderInviteIsNotThisOne() {
        Event older = new Event.Invited(SELF, PERSON, OPENED.minus(Duration.ofMinutes(1)));
        assertThat(invite(log(older), Membership.NOT_MEMBER).status()).isEqualTo(OutcomeStatus.Reverted);
    }

    @Property
    void nobodyWhoIsInTheChatOrWasAddedByUsGoesBackToPending(
            @ForAll("logs") Optional<EventLog> log, @ForAll Membership membership) {
        Settlement settlement = invite(log, membership);
        boolean added = log.stream().flatMap(l -> l.events().stream()).anyMatch(event -> event.equals(ours()));
        if (added || membership.isIn()) {
            assertThat(settlement.status()).isNotEqualTo(OutcomeStatus.Reverted);
        }
    }

    @Provide
    Arbitrary<Optional<EventLog>> logs() {
        Arbitrary<Event> events = Arbitraries.of(
                ours(),
                new Event.Invited(OTHER, PERSON, OPENED),
                new Event.Invited(SELF, OTHER, OPENED),
                new Event.Joined(PERSON, OPENED),
                new Event.Left(PERSON, OPENED.plusSeconds(3)),
                new Event.Removed(OTHER, PERSON, OPENED.plusSeconds(4)));
        Arbitrary<Instant> covers = Arbitraries.integers().between(-100, 100).map(OPENED::plusSeconds);
        return Combinators.combine(covers, events.list().ofMaxSize(4))
                .as((from, list) -> new EventLog(from, list))
                .optional();
    }

    private static Settlement message(ChatMessage... history) {
        return message(false, Optional.of(List.of(history)));
    }

    private static Settlement message(boolean refused, Optional<List<ChatMessage>> history) {
        return Evidence.message(OPENED, NOW, "Come: link", refused, history);
    }

    private static ChatMessage sent(boolean outgoing, Instant at, String text) {
        return new ChatMessage(1, outgoing ? SELF : PERSON, outgoing, at, text);
    }

    @Test
    void ourMessageInTheChatIsSent() {
        assertThat(message(sent(true, OPENED.plusSeconds(3), "Come: link"))).isEqualTo(Settlement.linkSent());
    }

    @Test
    void anotherTextAnotherSenderOrAnOlderMessageIsNot() {
        assertThat(message(sent(true, OPENED, "Hello")).status()).isEqualTo(OutcomeStatus.Unknown);
        assertThat(message(sent(false, OPENED, "Come: link")).status()).isEqualTo(OutcomeStatus.Unknown);
        assertThat(message(sent(true, OPENED.minusSeconds(3600), "Come: link")).status())
                .isEqualTo(OutcomeStatus.Unknown);
    }

    @Test
    void absenceProvesNothingOfAMessage() {
        assertThat(message().status()).isEqualTo(OutcomeStatus.Unknown);
        assertThat(message().next()).isEqualTo(new Next.Unknown());
        assertThat(message(false, Optional.empty()).status()).isEqualTo(OutcomeStatus.Unknown);
    }

    @Test
    void aRefusedMessageThatIsInTheChatIsSentAndOneThatIsNotGoesBackToPending() {
        assertThat(message(true, Optional.of(List.of(sent(true, OPENED.plusSeconds(3), "Come: link")))))
                .isEqualTo(Settlement.linkSent());
        Settlement absent = message(true, Optional.of(List.of(sent(true, OPENED, "Hello"))));
        assertThat(absent.status()).isEqualTo(OutcomeStatus.Reverted);
        assertThat(absent.next()).isEqualTo(new Next.Again(NOW, false));
        assertThat(absent.contacted()).isFalse();
    }

    @Test
    void aRefusedMessageIsUnknownWhereTheChatCanNotBeRead() {
        assertThat(message(true, Optional.empty()).status()).isEqualTo(OutcomeStatus.Unknown);
    }

    @Test
    void aMessageIsFoundAlsoWhereTheEngineAndTelegramCleanedIt() {
        ChatMessage shown = sent(true, OPENED, "Komm, Malmö ruft: Bat ❤ link");
        assertThat(Evidence.message(
                        OPENED,
                        NOW,
                        "Komm,\tMalmo\u0308 ruft: Ba\u030at \u2764\ufe0f link\r\n",
                        false,
                        Optional.of(List.of(shown))))
                .isEqualTo(Settlement.linkSent());
    }

    private static boolean said(String text, ChatMessage... history) {
        return Evidence.saidBefore(text, OPENED, List.of(history));
    }

    @Test
    void theSameWithAnotherInviteLinkWasSaidBefore() {
        assertThat(said("Come: https://t.me/+new", sent(true, OPENED.minusSeconds(60), "Come: https://t.me/+old")))
                .isTrue();
        assertThat(said("Come: t.me/joinchat/new", sent(true, OPENED.minusSeconds(60), "Come: https://t.me/+old")))
                .isTrue();
        assertThat(said("https://t.me/+new", sent(true, OPENED.minusSeconds(60), "https://t.me/+old")))
                .isTrue();
    }

    @Test
    void theSameAsTheEngineCleanedItWasSaidBefore() {
        assertThat(said("Ba\u030at: https://t.me/+new\tnow", sent(true, OPENED, "Bat: https://t.me/+old now")))
                .isTrue();
        assertThat(said("Ba\u030at: https://t.me/+new\u2028now", sent(true, OPENED, "Bat: https://t.me/+oldnow")))
                .isTrue();
    }

    @Test
    void anotherTextAPictureOrThePublicAddressOfAnotherChatWasNot() {
        assertThat(said("Come: https://t.me/+new", sent(true, OPENED.minusSeconds(60), "Hello: https://t.me/+old")))
                .isFalse();
        assertThat(said("https://t.me/+new", sent(true, OPENED.minusSeconds(60), "")))
                .isFalse();
        assertThat(said("Come: https://t.me/ours", sent(true, OPENED.minusSeconds(60), "Come: https://t.me/theirs")))
                .isFalse();
        assertThat(said("Come: https://t.me/+new", sent(false, OPENED.minusSeconds(60), "Come: https://t.me/+old")))
                .isFalse();
    }

    @Test
    void whatWasSaidAfterTheAcknowledgementTheLedgerKnows() {
        assertThat(said("Come: https://t.me/+new", sent(true, OPENED.plusSeconds(60), "Come: https://t.me/+old")))
                .isFalse();
    }
}
