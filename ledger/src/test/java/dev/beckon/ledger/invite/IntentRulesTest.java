package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.AccountState;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.people.Identities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Who may be contacted: by every name of a human, by what they said, by the limits of accounts and chats. */
class IntentRulesTest extends OneCampaign {
    @Test
    void oneHumanUnderTwoNamesIsInvitedOnceInAChat() {
        long userId = LedgerFixture.number();
        fixture.importLines(campaign, phone, "@somebody_" + userId);
        Claim byPhone = fixture.claim(lease, campaign);
        Claim byName = fixture.claim(lease, campaign);
        assertThat(open(byPhone, Action.Invite, Identities.ofUserId(userId))).isInstanceOf(OpenResult.Opened.class);
        assertThat(open(byName, Action.Invite, Identities.ofUserId(userId)))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.AlreadyContacted));
        assertThat(fixture.report(campaign).counts().skipped()).isEqualTo(1);
    }

    @Test
    void whoWasBroughtInByOneCampaignIsNotWrittenToByAnother() {
        Claim claim = only(campaign, phone);
        intents.settle(lease, ((OpenResult.Opened) open(claim)).intent(), Settlement.invited());
        fixture.clock.advance(Duration.ofDays(30));
        String other = fixture.campaign(account);
        fixture.importLines(other, phone);
        Claim again = fixture.claim(lease, other);
        assertThat(intents.open(lease, again, fixture.request(again, Action.Message)))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.AlreadyContacted));
    }

    @Test
    void anAddedLookupKeyStillFindsWhoWasContactedBefore() {
        Claim before = only(campaign, phone);
        assertThat(open(before)).isInstanceOf(OpenResult.Opened.class);
        try (Ledger extended = fixture.database.ledger(fixture.keys.withNewLookupKey(), fixture.clock)) {
            String other = fixture.campaign(account);
            fixture.importLines(other, phone);
            Claim again = ((ClaimResult.Claimed) extended.claims().next(lease, other)).claim();
            assertThat(extended.intents().open(lease, again, fixture.request(again, Action.Invite)))
                    .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.AlreadyContacted));
        }
    }

    @Test
    void whoWasContactedWithAnAddedLookupKeyIsFoundByWhoHasItNotYet() {
        Claim claim = only(campaign, phone);
        try (Ledger extended = fixture.database.ledger(fixture.keys.withNewLookupKey(), fixture.clock)) {
            assertThat(extended.intents().open(lease, claim, fixture.request(claim, Action.Invite)))
                    .isInstanceOf(OpenResult.Opened.class);
        }
        assertThat(open(only(fixture.campaign(account), phone)))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.AlreadyContacted));
    }

    @Test
    void whoOptedOutByAnyNameIsSkippedAndLogged() {
        long userId = LedgerFixture.number();
        fixture.ledger.suppressions().add(List.of(Identities.ofUserId(userId)), OptionalLong.empty(), "OptedOut");
        Claim claim = only(campaign, phone);
        assertThat(open(claim, Action.Invite, Identities.ofUserId(userId)))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.Suppressed));
        assertThat(fixture.report(campaign).outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.reason()).isEqualTo("Suppressed"));
        assertThat(fixture.ledger.claims().next(lease, campaign)).isInstanceOf(ClaimResult.Exhausted.class);
    }

    @Test
    void optingOutOfOneChatLeavesTheOthers() {
        Identities person = Identities.ofPhone(phone);
        fixture.ledger.suppressions().add(List.of(person), OptionalLong.of(fixture.chat), "LeftChat");
        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat)).isTrue();
        assertThat(fixture.ledger.suppressions().covers(person, fixture.chat - 1))
                .isFalse();
        Claim claim = only(campaign, phone);
        assertThat(intents.open(
                        lease,
                        claim,
                        new OpenRequest(
                                fixture.chat - 1, Action.Invite, claim.person().identities(), Optional.empty(), 9, 9)))
                .isInstanceOf(OpenResult.Opened.class);
    }

    @Test
    void frequencyCapHoldsOverAllCampaignsAndByAllNames() {
        long userId = LedgerFixture.number();
        Claim first = only(campaign, phone);
        Intent intent = ((OpenResult.Opened) open(first, Action.Invite, Identities.ofUserId(userId))).intent();
        intents.settle(lease, intent, Settlement.invited());
        Instant contacted = fixture.clock.instant();

        String other = fixture.campaign(account);
        Claim byName = only(other, "@cap_" + userId);
        OpenRequest elsewhere = new OpenRequest(
                fixture.chat - 1, Action.Invite, Identities.ofUserId(userId), Optional.empty(), 1000, 1000);
        assertThat(intents.open(lease, byName, elsewhere))
                .isEqualTo(new OpenResult.Wait(OpenResult.WaitReason.FrequencyCap, contacted.plus(FrequencyCap.SHORT)));
        fixture.clock.advance(FrequencyCap.SHORT);
        assertThat(intents.open(lease, byName, elsewhere)).isInstanceOf(OpenResult.Opened.class);
    }

    @Test
    void aRefusalThatThePersonDidNotNoticeIsNoContact() {
        Claim first = only(campaign, phone);
        intents.settle(lease, fixture.open(lease, first, Action.Invite), Settlement.skipped("PrivacyRestricted"));
        String other = fixture.campaign(account);
        Claim again = only(other, phone);
        assertThat(intents.open(
                        lease,
                        again,
                        new OpenRequest(
                                fixture.chat - 1, Action.Invite, again.person().identities(), Optional.empty(), 9, 9)))
                .isInstanceOf(OpenResult.Opened.class);
    }

    @Test
    void accountLimitIsRollingAndCountsTheUserNotTheName() {
        fixture.importLines(campaign, phone, LedgerFixture.phone(), LedgerFixture.phone());
        Instant start = fixture.clock.instant();
        Claim first = fixture.claim(lease, campaign);
        assertThat(intents.open(lease, first, limited(first, 2, 100))).isInstanceOf(OpenResult.Opened.class);
        fixture.clock.advance(Duration.ofHours(1));
        Claim second = fixture.claim(lease, campaign);
        assertThat(intents.open(lease, second, limited(second, 2, 100))).isInstanceOf(OpenResult.Opened.class);
        Claim third = fixture.claim(lease, campaign);
        assertThat(intents.open(lease, third, limited(third, 2, 100)))
                .isEqualTo(new OpenResult.Wait(OpenResult.WaitReason.AccountLimit, start.plus(Usage.WINDOW)));
        fixture.clock.advance(Duration.ofHours(23));
        assertThat(intents.open(lease, third, limited(third, 2, 100))).isInstanceOf(OpenResult.Opened.class);
    }

    private OpenRequest limited(Claim claim, int accountLimit, int chatLimit) {
        return new OpenRequest(
                fixture.chat, Action.Invite, claim.person().identities(), Optional.empty(), accountLimit, chatLimit);
    }

    @Test
    void severalAccountsNeverAddUpToALargerQuotaForAChat() {
        String other = fixture.account();
        String shared = fixture.campaign(account, other);
        fixture.importLines(shared, LedgerFixture.phone(), LedgerFixture.phone(), LedgerFixture.phone());
        Lease otherLease = fixture.lease(other);
        Claim mine = fixture.claim(lease, shared);
        assertThat(intents.open(lease, mine, limited(mine, 10, 1))).isInstanceOf(OpenResult.Opened.class);
        Claim theirs = fixture.claim(otherLease, shared);
        assertThat(intents.open(otherLease, theirs, limited(theirs, 10, 1)))
                .isEqualTo(new OpenResult.Wait(
                        OpenResult.WaitReason.ChatLimit, fixture.clock.instant().plus(Usage.WINDOW)));
    }

    @Test
    void aFloodWaitBindsTheUserUnderEveryNameAndThePersonStaysPending() {
        long user = LedgerFixture.number();
        String alias = fixture.accountOf(user);
        String main = fixture.accountOf(user);
        Lease mainLease = fixture.lease(main);
        String mine = fixture.campaign(main);
        fixture.importLines(mine, phone);
        Claim claim = fixture.claim(mainLease, mine);
        Intent intent = fixture.open(mainLease, claim, Action.Invite);
        Instant until = fixture.clock.instant().plusSeconds(3600);
        intents.settle(
                mainLease,
                intent,
                Settlement.putBack("FloodWait", until)
                        .withRaw("Too Many Requests: retry after 3600")
                        .with(new Settlement.Effect.CoolDown(until)));
        assertThat(fixture.ledger.claims().next(mainLease, mine))
                .isEqualTo(new ClaimResult.NoneDue(until, Optional.empty()));
        Lease aliasLease = fixture.lease(alias);
        String theirs = fixture.campaign(alias);
        fixture.importLines(theirs, LedgerFixture.phone());
        Claim other = fixture.claim(aliasLease, theirs);
        assertThat(intents.open(aliasLease, other, fixture.request(other, Action.Invite)))
                .isEqualTo(new OpenResult.Wait(OpenResult.WaitReason.FloodWait, until));
    }

    @Test
    void slowModeBindsTheChatForAllAccounts() {
        fixture.importLines(campaign, phone, LedgerFixture.phone());
        Intent intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
        Instant until = fixture.clock.instant().plusSeconds(30);
        intents.settle(
                lease, intent, Settlement.putBack("SlowMode", until).with(new Settlement.Effect.ChatWait(until)));
        assertThat(open(fixture.claim(lease, campaign)))
                .isEqualTo(new OpenResult.Wait(OpenResult.WaitReason.SlowMode, until));
    }

    @Test
    void peerFloodPausesEveryCampaignOfTheAccountUntilAcknowledgedOnce() {
        String mate = fixture.account();
        String shared = fixture.campaign(account, mate);
        fixture.importLines(campaign, phone);
        fixture.importLines(shared, LedgerFixture.phone(), LedgerFixture.phone());
        Intent intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
        intents.settle(
                lease,
                intent,
                Settlement.putBack("PeerFlood", fixture.clock.instant())
                        .with(new Settlement.Effect.LimitAccount("PeerFlood", "PEER_FLOOD")));

        Lease mateLease = fixture.lease(mate);
        Claim theirs = fixture.claim(mateLease, shared);
        assertThat(intents.open(mateLease, theirs, fixture.request(theirs, Action.Invite)))
                .isInstanceOf(OpenResult.Paused.class);
        String id = fixture.report(shared).breaker().orElseThrow().breakerId();
        assertThat(fixture.report(campaign).breaker().orElseThrow().breakerId()).isEqualTo(id);
        assertThat(state()).isEqualTo(AccountState.Limited);

        try (var operator = fixture.database.operatorLedger(fixture.clock)) {
            assertThat(operator.breakers().acknowledge("nonsense")).isFalse();
            assertThat(operator.breakers().acknowledge(id)).isTrue();
            assertThat(operator.breakers().acknowledge(id)).isFalse();
        }
        assertThat(state()).isEqualTo(AccountState.Ready);
        assertThat(intents.open(mateLease, theirs, fixture.request(theirs, Action.Invite)))
                .isInstanceOf(OpenResult.Opened.class);
    }

    private AccountState state() {
        return fixture.ledger.reports().accounts(List.of(account)).get(account).state();
    }

    @Test
    void aLostSessionStopsTheAccount() {
        fixture.importLines(campaign, phone, LedgerFixture.phone());
        Intent intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
        intents.settle(
                lease,
                intent,
                Settlement.putBack("SessionLost", fixture.clock.instant())
                        .with(new Settlement.Effect.AccountBecomes(
                                AccountState.LoggedOut, "SessionRevoked", "SESSION_REVOKED")));
        assertThat(open(fixture.claim(lease, campaign)))
                .isEqualTo(new OpenResult.AccountNotReady(AccountState.LoggedOut));
    }
}
