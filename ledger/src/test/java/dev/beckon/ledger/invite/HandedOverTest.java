package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerAudit;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.HandedOver.Ended;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody whom an account had called when a person handed its people to another one. */
@Tag("integration")
class HandedOverTest {
    private static final Ended NOTHING = new Ended(0, 0, 0);

    private final LedgerFixture fixture = new LedgerFixture();
    private final OperatorLedger operator = fixture.database.operatorLedger(fixture.clock);
    private final Intents intents = fixture.ledger.intents();
    private final long user = LedgerFixture.number();
    private final String caller = fixture.accountOf(user);
    private final String other = fixture.account();
    private final String campaign = fixture.campaign(caller);
    private Lease lease;
    private Intent intent;

    @BeforeEach
    void called() {
        fixture.importLines(campaign, LedgerFixture.phone());
        lease = fixture.lease(caller);
        intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Message);
    }

    @AfterEach
    void close() {
        LedgerAudit.assertTallyIsTrue(fixture.database, campaign);
        LedgerAudit.assertInFlightIsExactlyWhatIsOpen(fixture.database, campaign);
        operator.close();
        fixture.close();
    }

    private void handOver(String account) {
        assertThat(operator.decisions().reassign(campaign, caller, account, Whom.All, "first"))
                .isEqualTo(new Decided.Done(1));
        assertThat(fixture.report(campaign).accounts())
                .satisfiesExactly(
                        gone -> assertThat(gone.pending()).isZero(),
                        share -> assertThat(share.pending()).isEqualTo(1));
    }

    private Ended end(Lease holder) {
        return fixture.ledger.handedOver().end(holder).orElseThrow();
    }

    private long unknown() {
        return fixture.report(campaign).counts().unknown();
    }

    @Test
    void isOfUnknownOutcomeOnceNobodyHasTheAccountThatCalledAndALateAnswerChangesNothing() {
        LedgerAudit.expireLease(fixture.database, caller);
        handOver(other);

        assertThat(end(fixture.lease(other))).isEqualTo(new Ended(1, 0, 0));

        assertThat(unknown()).isEqualTo(1);
        List<OutcomeLog.Row> log = new ArrayList<>();
        fixture.ledger.outcomes().forEach(campaign, log::add);
        assertThat(log)
                .singleElement()
                .satisfies(row -> assertThat(row.status()).isEqualTo(OutcomeStatus.Unknown));
        assertThat(intents.settle(lease, intent, Settlement.linkSent())).isInstanceOf(SettleResult.LeaseLost.class);
        Lease late = fixture.lease(caller);
        assertThat(intents.openOf(late)).isEmpty();
        assertThat(intents.settle(late, intent, Settlement.linkSent())).isInstanceOf(SettleResult.AlreadySettled.class);
        assertThat(intents.refused(late, intent, Settlement.putBack("PeerFlood", fixture.clock.instant())))
                .isInstanceOf(SettleResult.AlreadySettled.class);
        assertThat(unknown()).isEqualTo(1);
    }

    @Test
    void isTriedAgainByTheOtherAccountOnAPersonsWordOnly() {
        LedgerAudit.expireLease(fixture.database, caller);
        handOver(other);
        Lease holder = fixture.lease(other);
        end(holder);
        assertThat(fixture.ledger.claims().next(holder, campaign)).isInstanceOf(ClaimResult.Exhausted.class);

        assertThat(operator.decisions().requeueUnknown(campaign, "first")).isEqualTo(new Decided.Done(1));

        Claim again = fixture.claim(holder, campaign);
        assertThat(again.due()).contains(Action.Message);
        fixture.open(holder, again, Action.Message);
    }

    @Test
    void isLeftToTheAccountThatCalledAsLongAsSomebodyHasIt() {
        handOver(other);
        Lease holder = fixture.lease(other);

        assertThat(end(holder)).isEqualTo(new Ended(0, 0, 1));

        assertThat(intents.settle(lease, intent, Settlement.linkSent())).isInstanceOf(SettleResult.Settled.class);
        assertThat(end(holder)).isEqualTo(NOTHING);
        assertThat(fixture.report(campaign).counts().linkSent()).isEqualTo(1);
    }

    @Test
    void belongsToTheOtherAccountWhateverTheAnswerSays() {
        handOver(other);

        intents.settle(lease, intent, Settlement.reverted("NotDone", fixture.clock.instant()));

        assertThat(fixture.ledger.claims().next(lease, campaign)).isInstanceOf(ClaimResult.Exhausted.class);
        Lease holder = fixture.lease(other);
        fixture.open(holder, fixture.claim(holder, campaign), Action.Message);
    }

    @Test
    void isDueForTheNextActWithTheOtherAccount() {
        handOver(other);

        intents.settle(lease, intent, Settlement.invited().then(Action.Message));

        assertThat(fixture.ledger.claims().next(lease, campaign)).isInstanceOf(ClaimResult.Exhausted.class);
        assertThat(fixture.claim(fixture.lease(other), campaign).due()).contains(Action.Message);
    }

    @Test
    void isOfUnknownOutcomeAlsoAfterARefusal() {
        intents.refused(
                lease,
                intent,
                Settlement.putBack("PeerFlood", fixture.clock.instant())
                        .with(new Settlement.Effect.LimitAccount("PeerFlood", "PEER_FLOOD")));
        fixture.ledger.leases().release(lease);
        handOver(other);

        assertThat(end(fixture.lease(other))).isEqualTo(new Ended(1, 0, 0));

        assertThat(unknown()).isEqualTo(1);
    }

    @Test
    void isAskedForByAnotherAccountOfTheSameTelegramUser() {
        String anew = fixture.accountOf(user);
        LedgerAudit.expireLease(fixture.database, caller);
        handOver(anew);
        Lease holder = fixture.lease(anew);

        assertThat(end(holder)).isEqualTo(new Ended(0, 1, 0));

        assertThat(fixture.report(campaign).counts().inFlight()).isEqualTo(1);
        Lease late = fixture.lease(caller);
        assertThat(intents.openOf(late)).isEmpty();
        assertThat(intents.settle(late, intent, Settlement.failed("Late")))
                .isInstanceOf(SettleResult.AlreadySettled.class);
        Intent taken = intents.openOf(holder).getFirst();
        assertThat(intents.settle(holder, taken, Settlement.linkSent())).isInstanceOf(SettleResult.Settled.class);
        assertThat(fixture.report(campaign).counts().linkSent()).isEqualTo(1);
    }

    @Test
    void isNobodysWithoutAPersonsWord() {
        LedgerAudit.expireLease(fixture.database, caller);
        operator.decisions().reassign(campaign, caller, other, Whom.Pending, "first");

        assertThat(end(fixture.lease(other))).isEqualTo(NOTHING);

        assertThat(intents.openOf(fixture.lease(caller))).hasSize(1);
    }

    @Test
    void isNotEndedByWhoeverLostTheLease() {
        LedgerAudit.expireLease(fixture.database, caller);
        handOver(other);
        Lease lost = fixture.lease(other);
        LedgerAudit.expireLease(fixture.database, other);

        assertThat(fixture.ledger.handedOver().end(lost)).isEqualTo(Optional.empty());

        assertThat(unknown()).isZero();
    }

    @Test
    void goesOnToAThirdAccountWhenTheOtherOneIsGoneToo() {
        LedgerAudit.expireLease(fixture.database, caller);
        handOver(other);
        String third = fixture.account();

        assertThat(operator.decisions().reassign(campaign, other, third, Whom.All, "second"))
                .isEqualTo(new Decided.Done(1));

        assertThat(end(fixture.lease(other))).isEqualTo(NOTHING);
        assertThat(end(fixture.lease(third))).isEqualTo(new Ended(1, 0, 0));
    }
}
