package dev.beckon.worker.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.invite.Settlement;
import dev.beckon.ledger.invite.Settlement.Effect;
import dev.beckon.ledger.invite.Settlement.Next;
import dev.beckon.ledger.invite.Suppressions.Scope;
import dev.beckon.telegram.TelegramError;
import dev.beckon.worker.invite.Verdicts.Attempt;
import dev.beckon.worker.pacing.Wait;
import dev.beckon.worker.pacing.WaitingFor;
import dev.beckon.worker.run.Reason;
import dev.beckon.worker.run.Then;
import dev.beckon.workorder.InviteOrder.Retry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The table of Telegram's refusals, row by row. */
class VerdictsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Retry RETRY = new Retry(3, Duration.ofMinutes(10));
    private static final ModePlan OR_LINK = new ModePlan(Action.Invite, false, true);
    private static final ModePlan AND_MESSAGE = new ModePlan(Action.Invite, true, false);
    private static final Attempt INVITE = new Attempt(Optional.of(Action.Invite), OR_LINK, 0, RETRY, NOW);
    private static final Attempt MESSAGE = new Attempt(Optional.of(Action.Message), OR_LINK, 0, RETRY, NOW);
    private static final Attempt LOOK_UP = new Attempt(Optional.empty(), OR_LINK, 0, RETRY, NOW);

    private static Settlement settlement(TelegramError error, Attempt attempt) {
        return Verdicts.refused(error, attempt).settlement().orElseThrow();
    }

    private static Then then(TelegramError error, Attempt attempt) {
        return Verdicts.refused(error, attempt).then();
    }

    @Test
    void aFloodWaitBindsTheAccountAndIsNoAttemptOfThePerson() {
        TelegramError error =
                new TelegramError.Wait("FLOOD_WAIT_600", Duration.ofMinutes(10), TelegramError.Wait.Scope.ACCOUNT);
        Instant until = NOW.plusSeconds(600);
        Settlement settlement = settlement(error, INVITE);
        assertThat(settlement.status()).isEqualTo(OutcomeStatus.Deferred);
        assertThat(settlement.next()).isEqualTo(new Next.Again(until, false));
        assertThat(settlement.effects()).containsExactly(new Effect.CoolDown(until));
        assertThat(settlement.raw()).contains("FLOOD_WAIT_600");
        assertThat(settlement.contacted()).isFalse();
        assertThat(then(error, INVITE)).isEqualTo(new Then.Rest(new Wait(until, WaitingFor.FloodWait)));
        assertThat(settlement(error, LOOK_UP).effects()).containsExactly(new Effect.CoolDown(until));
    }

    @Test
    void slowModeBindsTheChat() {
        TelegramError error =
                new TelegramError.Wait("SLOWMODE_WAIT_30", Duration.ofSeconds(30), TelegramError.Wait.Scope.CHAT);
        assertThat(settlement(error, INVITE).effects()).containsExactly(new Effect.ChatWait(NOW.plusSeconds(30)));
        assertThat(then(error, INVITE)).isEqualTo(new Then.Rest(new Wait(NOW.plusSeconds(30), WaitingFor.SlowMode)));
    }

    @Test
    void peerFloodLimitsTheAccountAndLeavesThePersonPending() {
        TelegramError error = new TelegramError.Limited("PEER_FLOOD");
        assertThat(settlement(error, INVITE).next()).isEqualTo(new Next.Again(NOW, false));
        assertThat(settlement(error, INVITE).effects())
                .containsExactly(new Effect.LimitAccount("PeerFlood", "PEER_FLOOD"));
        assertThat(then(error, INVITE)).isInstanceOf(Then.Pause.class);
    }

    @Test
    void whatIsSaidOfTheAccountMayFollowAMessageThatWasSentTheFirstTime() {
        TelegramError flood =
                new TelegramError.Wait("FLOOD_WAIT_600", Duration.ofMinutes(10), TelegramError.Wait.Scope.ACCOUNT);
        TelegramError limited = new TelegramError.Limited("PEER_FLOOD");
        for (TelegramError error : new TelegramError[] {flood, limited}) {
            assertThat(Verdicts.mayFollowTheMessage(error, Action.Message)).isTrue();
            assertThat(Verdicts.mayFollowTheMessage(error, Action.Invite)).isFalse();
            Verdict sure = Verdicts.refused(error, MESSAGE);
            assertThat(sure.inDoubt()).isEqualTo(new Verdict(Optional.empty(), sure.settlement(), sure.then()));
        }
        assertThat(Verdicts.mayFollowTheMessage(new TelegramError.PrivacyRestricted("X"), Action.Message))
                .isFalse();
    }

    @Test
    void aPrivacyRefusalOfAnInviteEarnsOneMessageWhereTheModeSaysSo() {
        TelegramError error = new TelegramError.PrivacyRestricted("USER_PRIVACY_RESTRICTED");
        assertThat(settlement(error, INVITE).next()).isEqualTo(new Next.Then(Action.Message));
        Attempt noLink = new Attempt(Optional.of(Action.Invite), AND_MESSAGE, 0, RETRY, NOW);
        assertThat(settlement(error, noLink).next()).isEqualTo(new Next.Done());
    }

    @Test
    void aPrivacyRefusalOfTheMessageIsTheEnd() {
        Settlement settlement = settlement(new TelegramError.PrivacyRestricted("X"), MESSAGE);
        assertThat(settlement.status()).isEqualTo(OutcomeStatus.Skipped);
        assertThat(settlement.reason()).isEqualTo("PrivacyRestricted");
        assertThat(settlement.next()).isEqualTo(new Next.Done());
    }

    @Test
    void whoLeftOrRefusesIsSuppressedForTheChat() {
        assertThat(settlement(new TelegramError.LeftBefore("USER_NOT_MUTUAL_CONTACT"), INVITE)
                        .effects())
                .containsExactly(new Effect.Suppress(Scope.ThisChat, "LeftBefore"));
        assertThat(settlement(new TelegramError.PersonRefused("USER_KICKED"), INVITE)
                        .effects())
                .containsExactly(new Effect.Suppress(Scope.ThisChat, "Refused"));
        assertThat(settlement(new TelegramError.PersonRefused("USER_IS_BLOCKED"), MESSAGE)
                        .effects())
                .containsExactly(new Effect.Suppress(Scope.ThisChat, "Refused"));
    }

    @Test
    void unreachableNotFoundAndAlreadyMemberAreFinal() {
        assertThat(settlement(new TelegramError.Unreachable("INPUT_USER_DEACTIVATED"), INVITE)
                        .status())
                .isEqualTo(OutcomeStatus.Failed);
        assertThat(settlement(new TelegramError.NotFound("404"), LOOK_UP).reason())
                .isEqualTo("NotFound");
        assertThat(settlement(new TelegramError.AlreadyMember("USER_ALREADY_PARTICIPANT"), INVITE)
                        .status())
                .isEqualTo(OutcomeStatus.AlreadyMember);
    }

    @Test
    void laterIsTriedNoEarlierThanTelegramSays() {
        Settlement settlement = settlement(new TelegramError.Later("retry_contacts", Duration.ofHours(1)), LOOK_UP);
        assertThat(settlement.next()).isEqualTo(new Next.Again(NOW.plus(Duration.ofHours(1)), true));
    }

    @Test
    void aCampaignFaultStallsTheCampaignAndLeavesThePersonPending() {
        TelegramError error = new TelegramError.CampaignFault("CHAT_ADMIN_REQUIRED");
        assertThat(settlement(error, INVITE).next()).isEqualTo(new Next.Again(NOW, false));
        assertThat(then(error, INVITE))
                .isInstanceOfSatisfying(
                        Then.Stall.class, stall -> assertThat(stall.reason()).isEqualTo("ChatAdminRequired"));
        assertThat(then(error, MESSAGE)).as("a private message goes to no chat").isEqualTo(new Then.GoOn());
    }

    @Test
    void aLostSessionLeavesAnActOpenAndWhoWasOnlyLookedUpPending() {
        for (TelegramError error : new TelegramError[] {
            new TelegramError.SessionLost("SESSION_REVOKED"),
            new TelegramError.Banned("USER_DEACTIVATED_BAN"),
            new TelegramError.LoginRefused("X")
        }) {
            assertThat(settlement(error, LOOK_UP).next()).isEqualTo(new Next.Again(NOW, false));
            assertThat(then(error, LOOK_UP)).isEqualTo(new Then.SessionEnded(error));
            assertThat(Verdicts.refused(error, INVITE).settlement()).isEmpty();
            assertThat(then(error, INVITE)).isEqualTo(new Then.SessionEnded(error));
        }
    }

    @Test
    void anUnansweredActStaysOpenAndAnUnansweredLookUpDoesNotCount() {
        TelegramError error = new TelegramError.Unanswered("timeout");
        assertThat(Verdicts.refused(error, INVITE).settlement()).isEmpty();
        assertThat(then(error, INVITE)).isEqualTo(new Then.SettleLater());
        assertThat(settlement(error, LOOK_UP).next()).isEqualTo(new Next.Again(NOW, false));
        assertThat(then(error, LOOK_UP)).isInstanceOf(Then.TelegramAway.class);
    }

    @Property
    void anUnknownRefusalIsRetriedWithGrowingBackOffAndGivenUpAfterTheLastAttempt(
            @ForAll @IntRange(max = 20) int attempts, @ForAll @IntRange(min = 1, max = 20) int max) {
        Attempt attempt =
                new Attempt(Optional.of(Action.Invite), OR_LINK, attempts, new Retry(max, Duration.ofMinutes(10)), NOW);
        Settlement settlement = settlement(new TelegramError.Unknown("SOMETHING_NEW"), attempt);
        assertThat(settlement.raw()).contains("SOMETHING_NEW");
        if (attempts + 1 >= max) {
            assertThat(settlement.status()).isEqualTo(OutcomeStatus.Failed);
        } else {
            Next.Again again = (Next.Again) settlement.next();
            Duration backoff = Duration.between(NOW, again.notBefore());
            assertThat(backoff).isBetween(Duration.ofMinutes(10), Duration.ofDays(1));
            assertThat(again.counts()).isTrue();
        }
    }

    @Test
    void whatWasDoneIsWrittenAsWhatItIs() {
        assertThat(Verdicts.done(Action.Invite, OR_LINK)).isEqualTo(Verdict.goOn(Settlement.invited()));
        assertThat(Verdicts.done(Action.Invite, AND_MESSAGE))
                .isEqualTo(Verdict.goOn(Settlement.invited().then(Action.Message)));
        assertThat(Verdicts.done(Action.Message, OR_LINK)).isEqualTo(Verdict.goOn(Settlement.linkSent()));
    }

    @Test
    void telegramsNamesBecomeReasons() {
        assertThat(Reason.of("400 CHAT_ADMIN_REQUIRED", "X")).isEqualTo("ChatAdminRequired");
        assertThat(Reason.of("something else", "CampaignFault")).isEqualTo("CampaignFault");
    }
}
