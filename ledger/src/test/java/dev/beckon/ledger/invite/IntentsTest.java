package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.accounts.Usage;
import dev.beckon.ledger.people.Identities;
import dev.beckon.ledger.people.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An intent's life: opened under the lease, settled once, found by a successor, freed only when nothing happened. */
class IntentsTest extends OneCampaign {
    @Test
    void inviteAndItsMessageAreOneContactAndEachHappensOnce() {
        Claim claim = only(campaign, phone);
        Intent invite = fixture.open(lease, claim, Action.Invite);
        intents.settle(lease, invite, Settlement.skipped("PrivacyRestricted").then(Action.Message));
        Intent message = fixture.open(lease, claim, Action.Message);
        intents.settle(lease, message, Settlement.linkSent());
        assertThat(fixture.report(campaign).counts().linkSent()).isEqualTo(1);
        assertThat(open(claim, Action.Message, claim.person().identities())).isInstanceOf(OpenResult.ClaimLost.class);
    }

    @Test
    void aPersonWhoseFirstActionIsDoneGoesOnWithTheSecondAfterACrash() {
        Claim claim = only(campaign, phone);
        intents.settle(
                lease,
                fixture.open(lease, claim, Action.Invite),
                Settlement.skipped("PrivacyRestricted").then(Action.Message));
        fixture.ledger.leases().release(lease);
        Lease successor = fixture.lease(account);
        Claim again = fixture.claim(successor, campaign);
        assertThat(again.due()).contains(Action.Message);
        assertThat(again.reached()).contains(OutcomeStatus.Skipped);
    }

    @Test
    void staleHolderNeverOpensAnIntent() {
        Claim claim = only(campaign, phone);
        fixture.ledger.leases().release(lease);
        Lease successor = fixture.lease(account);
        assertThat(open(claim)).isInstanceOf(OpenResult.LeaseLost.class);
        assertThat(intents.open(successor, claim, fixture.request(claim, Action.Invite)))
                .isInstanceOf(OpenResult.ClaimLost.class);
        assertThat(fixture.claim(successor, campaign).ordinal()).isEqualTo(claim.ordinal());
    }

    @Test
    void settlingTwiceChangesNothing() {
        Claim claim = only(campaign, phone);
        Intent intent = fixture.open(lease, claim, Action.Invite);
        assertThat(intents.settle(lease, intent, Settlement.invited())).isInstanceOf(SettleResult.Settled.class);
        assertThat(intents.settle(lease, intent, Settlement.failed("Other")))
                .isInstanceOf(SettleResult.AlreadySettled.class);
        assertThat(fixture.report(campaign).counts().invited()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().failed()).isZero();
    }

    @Test
    void whatADeadProcessLeftOpenIsFoundWithAllItsDetailsAndSettledByTheSuccessor() {
        Claim claim = only(campaign, phone);
        OpenRequest request =
                new OpenRequest(fixture.chat, Action.Message, Identities.ofUserId(77), Optional.of("Hi Ann"), 9, 9);
        intents.open(lease, claim, request);
        fixture.ledger.leases().release(lease);
        Lease successor = fixture.lease(account);
        List<Intent> open = intents.openOf(successor);
        assertThat(open).singleElement().satisfies(intent -> {
            assertThat(intent.names())
                    .isEqualTo(new Names(Identities.ofPhone(phone), List.of(Identities.ofUserId(77))));
            assertThat(intent.messageText()).contains("Hi Ann");
            assertThat(intent.openedAt()).isEqualTo(fixture.clock.instant());
            assertThat(intent.toString()).doesNotContain("Ann");
        });
        assertThat(intents.settle(lease, open.getFirst(), Settlement.linkSent()))
                .isInstanceOf(SettleResult.LeaseLost.class);
        assertThat(intents.settle(successor, open.getFirst(), Settlement.linkSent()))
                .isInstanceOf(SettleResult.Settled.class);
        assertThat(intents.openOf(successor)).isEmpty();
    }

    @Test
    void aRefusalThatMayBeOfASecondSendingIsToldAndLeavesTheIntentOpen() {
        Claim claim = only(campaign, phone);
        Intent intent = fixture.open(lease, claim, Action.Message);
        Instant until = fixture.clock.instant().plusSeconds(600);
        Settlement refusal = Settlement.putBack("FloodWait", until)
                .withRaw("FLOOD_WAIT_600")
                .with(new Settlement.Effect.CoolDown(until));

        assertThat(intents.refused(lease, intent, refusal)).isInstanceOf(SettleResult.Settled.class);

        assertThat(intents.refused(lease, intent, refusal))
                .as("once more, for the commit's answer was lost")
                .isInstanceOf(SettleResult.AlreadySettled.class);

        assertThat(fixture.report(campaign).counts().inFlight()).isEqualTo(1);
        assertThat(fixture.ledger.accounts().coolDownUntil(lease)).isEqualTo(until);
        fixture.ledger.leases().release(lease);
        Lease successor = fixture.lease(account);
        assertThat(intents.openOf(successor)).containsExactly(intent.asRefused());
        assertThat(intents.refused(lease, intent, refusal)).isInstanceOf(SettleResult.LeaseLost.class);

        intents.settle(successor, intent, Settlement.reverted("NotDone", until));
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(1);
        assertThat(intents.refused(successor, intent, refusal)).isInstanceOf(SettleResult.AlreadySettled.class);
    }

    @Test
    void whatIsProvedNotToHaveHappenedMayBeDoneAgain() {
        Claim claim = only(campaign, phone);
        Intent intent = fixture.open(lease, claim, Action.Invite);
        intents.settle(lease, intent, Settlement.reverted("NotInEventLog", fixture.clock.instant()));
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(1);
        Claim again = fixture.claim(lease, campaign);
        assertThat(again.attempts()).isZero();
        assertThat(open(again)).isInstanceOf(OpenResult.Opened.class);
    }

    @Test
    void settlingTeachesSuppression() {
        Claim claim = only(campaign, phone);
        Intent intent = fixture.open(lease, claim, Action.Invite);
        intents.settle(
                lease,
                intent,
                Settlement.failed("LeftBefore")
                        .with(new Settlement.Effect.Suppress(Suppressions.Scope.ThisChat, "LeftBefore")));
        assertThat(fixture.ledger.suppressions().covers(Identities.ofPhone(phone), fixture.chat))
                .isTrue();
    }

    @Test
    void settlingAndOpeningTheNextIsOneStep() {
        fixture.importLines(campaign, phone, LedgerFixture.phone());
        Intent first = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
        Claim next = fixture.claim(lease, campaign);
        Intents.Settled both =
                intents.settleAndOpen(lease, first, Settlement.invited(), next, fixture.request(next, Action.Invite));
        assertThat(both.settled()).isInstanceOf(SettleResult.Settled.class);
        assertThat(both.opened().orElseThrow()).isInstanceOf(OpenResult.Opened.class);
        assertThat(fixture.report(campaign).counts()).satisfies(counts -> {
            assertThat(counts.invited()).isEqualTo(1);
            assertThat(counts.inFlight()).isEqualTo(1);
        });
    }

    @Test
    void aRetryCountsAndComesBackWhenItIsDue() {
        Claim claim = only(campaign, phone);
        Instant later = fixture.clock.instant().plusSeconds(600);
        fixture.ledger.claims().settle(lease, claim, Settlement.retry("Later", later));
        assertThat(fixture.ledger.claims().next(lease, campaign))
                .isEqualTo(new ClaimResult.NoneDue(later, Optional.empty()));
        fixture.clock.advance(Duration.ofMinutes(10));
        assertThat(fixture.claim(lease, campaign).attempts()).isEqualTo(1);
    }

    @Test
    void puttingAPersonOffLeavesNoTraceButTheTimeAndTheRule() {
        Claim claim = only(campaign, phone);
        Instant later = fixture.clock.instant().plusSeconds(60);
        OpenResult.WaitReason cap = OpenResult.WaitReason.FrequencyCap;
        assertThat(fixture.ledger.claims().putOff(lease, claim, later, cap)).isTrue();
        assertThat(fixture.ledger.claims().putOff(lease, claim, later, cap)).isFalse();
        assertThat(fixture.ledger.claims().next(lease, campaign))
                .isEqualTo(new ClaimResult.NoneDue(later, Optional.of(cap)));
    }

    @Test
    void whoWasPutOffByARuleAndThenFailedWaitsForTheNextAttempt() {
        Claim claim = only(campaign, phone);
        Instant soon = fixture.clock.instant().plusSeconds(60);
        fixture.ledger.claims().putOff(lease, claim, soon, OpenResult.WaitReason.FrequencyCap);
        fixture.clock.advance(Duration.ofMinutes(1));
        Instant later = fixture.clock.instant().plusSeconds(600);
        fixture.ledger.claims().settle(lease, fixture.claim(lease, campaign), Settlement.retry("Later", later));
        assertThat(fixture.ledger.claims().next(lease, campaign))
                .isEqualTo(new ClaimResult.NoneDue(later, Optional.empty()));
    }

    @Test
    void importedContactsAreRememberedUntilTheyAreDeleted() {
        ImportedContacts contacts = fixture.ledger.importedContacts();
        long id = contacts.record(lease, phone).orElseThrow().contactId();
        assertThat(contacts.leftBehind(lease)).singleElement().satisfies(contact -> {
            assertThat(contact.phone()).isEqualTo(phone);
            assertThat(contact.since()).isEqualTo(fixture.clock.instant());
            assertThat(contact.telegramUserId()).isEmpty();
            assertThat(contact.toString()).doesNotContain(phone);
        });
        contacts.imported(lease, id, 99);
        assertThat(contacts.leftBehind(lease).getFirst().telegramUserId()).contains(99L);
        contacts.deleted(lease, id);
        assertThat(contacts.leftBehind(lease)).isEmpty();
    }

    @Test
    void theNextPersonIsClaimedCheckedAndTheLookUpCountedAtOnce() {
        fixture.importLines(campaign, phone, LedgerFixture.phone());
        Intents.Next first = next(1);
        assertThat(first.claimed()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(first.forbids()).isEmpty();
        assertThat(first.lookup()).contains(new Usage.Taken.Granted(0));
        Intents.Next second = next(1);
        assertThat(second.claimed()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(second.lookup())
                .contains(new Usage.Taken.Exhausted(fixture.clock.instant().plus(Usage.WINDOW)));
        assertThat(next(1).claimed()).isInstanceOf(ClaimResult.Exhausted.class);
    }

    @Test
    void whoMustNotBeContactedIsNotLookedUpEither() {
        fixture.importLines(campaign, phone);
        fixture.ledger.suppressions().add(List.of(Identities.ofPhone(phone)), OptionalLong.of(fixture.chat), "Left");
        Intents.Next next = next(9);
        assertThat(next.forbids()).contains(new OpenResult.Skipped(OpenResult.SkipReason.Suppressed));
        assertThat(next.lookup()).isEmpty();
        assertThat(fixture.report(campaign).counts().skipped()).isEqualTo(1);
        assertThat(fixture.ledger.usage().take(lease, Usage.Kind.Lookup, 9)).isEqualTo(new Usage.Taken.Granted(8));
    }

    @Test
    void aUserIdAloneNeedsNoLookUp() {
        fixture.importText(campaign, "user_id\n" + LedgerFixture.number());
        Intents.Next next = next(9);
        assertThat(next.claimed()).isInstanceOf(ClaimResult.Claimed.class);
        assertThat(next.lookup()).isEmpty();
        assertThat(fixture.ledger.usage().take(lease, Usage.Kind.Lookup, 9)).isEqualTo(new Usage.Taken.Granted(8));
    }

    @Test
    void withoutTheLeaseNobodyIsNext() {
        fixture.importLines(campaign, phone);
        fixture.ledger.leases().release(lease);
        assertThat(next(9))
                .isEqualTo(new Intents.Next(new ClaimResult.LeaseLost(), Optional.empty(), Optional.empty()));
    }

    private Intents.Next next(int lookups) {
        return intents.next(lease, campaign, claim -> fixture.request(claim, Action.Invite), lookups, Optional.empty());
    }
}
