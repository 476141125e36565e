package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.HumanDecisions.Decided;
import dev.beckon.ledger.invite.HumanDecisions.Whom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class HumanDecisionsTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final OperatorLedger operator = fixture.database.operatorLedger(fixture.clock);
    private final String account = fixture.account();
    private final String campaign = fixture.campaign(account);

    @AfterEach
    void close() {
        fixture.database.execute("DELETE FROM beckon_audit.restored");
        operator.close();
        fixture.close();
    }

    @Test
    void anUnknownOutcomeIsFinalUntilAPersonRequeuesItAndEachValueWorksOnce() {
        fixture.importLines(campaign, LedgerFixture.phone());
        Lease lease = fixture.lease(account);
        Intent intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Message);
        fixture.ledger.intents().settle(lease, intent, Settlement.unknown("NotFoundInChat"));
        assertThat(fixture.ledger.claims().next(lease, campaign)).isInstanceOf(ClaimResult.Exhausted.class);
        assertThat(fixture.report(campaign).counts().unknown()).isEqualTo(1);

        assertThat(operator.decisions().requeueUnknown(campaign, "run-1")).isEqualTo(new Decided.Done(1));
        assertThat(operator.decisions().requeueUnknown(campaign, "run-1")).isEqualTo(new Decided.UsedBefore(1));
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().unknown()).isZero();
        Claim again = fixture.claim(lease, campaign);
        assertThat(again.due()).contains(Action.Message);
        fixture.ledger
                .intents()
                .settle(lease, fixture.open(lease, again, Action.Message), Settlement.unknown("NotFoundInChat"));
        assertThat(operator.decisions().requeueUnknown(campaign, "run-2")).isEqualTo(new Decided.Done(1));
    }

    @Test
    void reassigningMovesWhoIsPendingAndLeavesWhoIsInFlight() {
        fixture.importText(
                campaign,
                IntStream.range(0, 30).mapToObj(i -> LedgerFixture.phone()).collect(Collectors.joining("\n")));
        Lease lease = fixture.lease(account);
        Intent inFlight = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
        Claim claimed = fixture.claim(lease, campaign);
        String other = fixture.account();
        fixture.ledger.campaigns().register(campaign, "team", "meetup", java.util.List.of(account, other));

        assertThat(operator.decisions().reassign(campaign, account, other, Whom.Pending, account + ":" + other))
                .isEqualTo(new Decided.Done(29));
        assertThat(operator.decisions().reassign(campaign, account, other, Whom.Pending, account + ":" + other))
                .isEqualTo(new Decided.UsedBefore(29));

        assertThat(fixture.ledger.intents().open(lease, claimed, fixture.request(claimed, Action.Invite)))
                .isInstanceOf(OpenResult.ClaimLost.class);
        assertThat(fixture.ledger.intents().settle(lease, inFlight, Settlement.invited()))
                .isInstanceOf(SettleResult.Settled.class);
        Lease otherLease = fixture.lease(other);
        fixture.open(otherLease, fixture.claim(otherLease, campaign), Action.Invite);
        assertThat(fixture.report(campaign).accounts()).satisfies(shares -> {
            assertThat(shares.get(0).pending()).isZero();
            assertThat(shares.get(0).done()).isEqualTo(1);
            assertThat(shares.get(1).pending()).isEqualTo(29);
        });
    }

    @Test
    void whoeverIsHandedPeopleHasThemThoughTheCampaignDidNotKnowTheAccount() {
        fixture.importText(
                campaign,
                IntStream.range(0, 30).mapToObj(i -> LedgerFixture.phone()).collect(Collectors.joining("\n")));
        // Its resource was deleted and applied again: another uid, which the campaign's import did not know.
        String anew = fixture.account();

        assertThat(operator.decisions().reassign(campaign, account, anew, Whom.Pending, account + ":" + anew))
                .isEqualTo(new Decided.Done(30));

        assertThat(fixture.report(campaign).accounts())
                .satisfiesExactly(gone -> assertThat(gone.pending()).isZero(), share -> {
                    assertThat(share.accountUid()).isEqualTo(anew);
                    assertThat(share.pending()).isEqualTo(30);
                });
        Lease lease = fixture.lease(anew);
        fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
    }

    @Test
    void anAccountThatIsHandedPeopleKeepsItsPlaceInTheCampaign() {
        String other = fixture.account();
        fixture.ledger.campaigns().register(campaign, "team", "meetup", java.util.List.of(account, other));
        fixture.importLines(campaign, LedgerFixture.phone());

        operator.decisions().reassign(campaign, other, account, Whom.Pending, other + ":" + account);

        assertThat(fixture.report(campaign).accounts())
                .extracting(share -> share.accountUid())
                .containsExactly(account, other);
    }

    @Test
    void reassigningToOneselfIsRefusedWithASentence() {
        assertThatThrownBy(() -> operator.decisions().reassign(campaign, account, account, Whom.Pending, "a:a"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("moves nobody");
    }

    @Test
    void aRestoredBackupIsSeenAndAcknowledgedByRaisingTheNumber() {
        long before = operator.reports().sequence();
        fixture.importLines(campaign, LedgerFixture.phone());
        long after = operator.reports().sequence();
        assertThat(after).isGreaterThan(before);
        assertThat(fixture.report(campaign).sequence()).isGreaterThanOrEqualTo(after);
        operator.reports().acknowledgeRestored(after + 1_000, fixture.clock.instant());
        assertThat(operator.reports().sequence()).isGreaterThanOrEqualTo(after + 1_000);
        operator.reports().acknowledgeRestored(after, fixture.clock.instant());
        assertThat(operator.reports().sequence()).isLessThan(after + 2_000);
    }

    @Test
    void anAcknowledgementIsRememberedThoughOthersHaveRaisedTheNumberMeanwhile() {
        Instant found = fixture.clock.instant().plus(Duration.ofDays(3650));
        operator.reports().acknowledgeRestored(0, found);
        assertThat(operator.reports().restoredAt()).contains(found);
        // Somebody accepts it for another resource, weeks later: it was found when it was found.
        operator.reports().acknowledgeRestored(0, found.minus(Duration.ofDays(1)));
        assertThat(operator.reports().restoredAt()).contains(found);
    }
}
