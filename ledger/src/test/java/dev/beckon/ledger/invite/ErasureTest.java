package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.people.Identities;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who asks to be erased is gone from every campaign, and is not contacted by any. */
@Tag("integration")
class ErasureTest {
    private final LedgerFixture fixture = new LedgerFixture();
    private final StewardLedger steward = fixture.database.stewardLedger(fixture.keys, fixture.clock);
    private final String account = fixture.account();
    private final String campaign = fixture.campaign(account);
    private final String phone = LedgerFixture.phone();

    @AfterEach
    void close() {
        steward.close();
        fixture.close();
    }

    private List<PersonRecords.Kept> kept() {
        return steward.people().find(Identities.ofPhone(phone));
    }

    private List<Erasure.Erased> erase() {
        return kept().stream().map(steward.erasure()::erase).toList();
    }

    private long rowsWithNames() {
        try (Connection connection = fixture.database.admin();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT (SELECT COUNT(*) FROM beckon_invite.person p JOIN"
                        + " beckon_invite.campaign c USING (campaign_id) WHERE c.campaign_uid = '" + campaign
                        + "' AND LENGTH(p.identity) > 0) + (SELECT COUNT(*) FROM beckon_invite.person_key k JOIN"
                        + " beckon_invite.campaign c USING (campaign_id) WHERE c.campaign_uid = '" + campaign + "')")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPendingPersonIsErasedAndTheCampaignGoesOnWithoutThem() {
        fixture.importLines(campaign, phone);

        assertThat(erase()).containsExactly(Erasure.Erased.Done);

        Lease lease = fixture.lease(account);
        assertThat(fixture.ledger.claims().next(lease, campaign)).isInstanceOf(ClaimResult.Exhausted.class);
        assertThat(fixture.report(campaign).counts().skipped()).isEqualTo(1);
        assertThat(fixture.report(campaign).counts().pending()).isZero();
        assertThat(rowsWithNames()).isZero();
        assertThat(kept()).isEmpty();
    }

    @Test
    void aWorkerThatHoldsThemOpensNoIntentForThemAnyMore() {
        fixture.importLines(campaign, phone);
        Lease lease = fixture.lease(account);
        Claim claim = fixture.claim(lease, campaign);

        erase();

        assertThat(fixture.ledger.intents().open(lease, claim, fixture.request(claim, Action.Invite)))
                .isInstanceOf(OpenResult.ClaimLost.class);
    }

    @Test
    void whoIsInFlightIsErasedOnceTheCallIsSettled() {
        fixture.importLines(campaign, phone);
        Lease lease = fixture.lease(account);
        Intent intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);

        assertThat(erase()).containsExactly(Erasure.Erased.InFlight);
        assertThat(rowsWithNames()).isEqualTo(2);

        fixture.ledger.intents().settle(lease, intent, Settlement.invited());
        assertThat(erase()).containsExactly(Erasure.Erased.Done);
        assertThat(rowsWithNames()).isZero();
        assertThat(fixture.report(campaign).counts().invited()).isEqualTo(1);
    }

    @Test
    void anUnknownOutcomeIsClosedSoThatNobodyCanRequeueIt() {
        fixture.importLines(campaign, phone);
        Lease lease = fixture.lease(account);
        fixture.ledger
                .intents()
                .settle(
                        lease,
                        fixture.open(lease, fixture.claim(lease, campaign), Action.Message),
                        Settlement.unknown("NotFoundInChat"));

        erase();

        try (OperatorLedger operator = fixture.database.operatorLedger(fixture.clock)) {
            assertThat(operator.decisions().requeueUnknown(campaign, "run-1"))
                    .isEqualTo(new HumanDecisions.Decided.Done(0));
        }
        assertThat(fixture.report(campaign).counts().unknown()).isZero();
        assertThat(fixture.report(campaign).counts().skipped()).isEqualTo(1);
    }

    @Test
    void theyAreFoundByTheNamesThatOtherCampaignsKnow() {
        String other = fixture.campaign(account);
        String third = fixture.campaign(account);
        String username = "name" + LedgerFixture.number();
        long userId = LedgerFixture.number();
        fixture.importLines(campaign, "phone,username", phone + "," + username);
        fixture.importLines(other, "username,user_id", username + "," + userId);
        fixture.importLines(third, "user_id", Long.toString(userId));

        assertThat(kept()).extracting(PersonRecords.Kept::campaignUid).containsExactly(campaign, other, third);
        erase();
        assertThat(steward.people().find(Identities.ofUserId(userId))).isEmpty();
    }

    @Test
    void theLogStaysAndNamesNobody() {
        fixture.importLines(campaign, phone);
        Lease lease = fixture.lease(account);
        fixture.ledger
                .intents()
                .settle(
                        lease,
                        fixture.open(lease, fixture.claim(lease, campaign), Action.Invite),
                        Settlement.invited());
        assertThat(steward.people().log(kept().getFirst())).singleElement().satisfies(attempt -> {
            assertThat(attempt.action()).isEqualTo("Invite");
            assertThat(attempt.status()).isEqualTo("Invited");
        });

        erase();

        List<OutcomeLog.Row> log = new ArrayList<>();
        fixture.ledger.outcomes().forEach(campaign, log::add);
        assertThat(log).extracting(OutcomeLog.Row::status).contains(OutcomeStatus.Invited);
        assertThat(log).allSatisfy(row -> assertThat(row.person()).isEmpty());
    }

    @Test
    void othersOfTheSameCampaignStay() {
        String neighbour = LedgerFixture.phone();
        fixture.importLines(campaign, phone, neighbour);

        erase();

        assertThat(fixture.claim(fixture.lease(account), campaign)
                        .person()
                        .identities()
                        .phone())
                .contains(neighbour);
    }
}
