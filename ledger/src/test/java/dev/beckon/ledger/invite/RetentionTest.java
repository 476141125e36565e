package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.people.Identities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People are kept as long as their campaign says, and who opted out stays out. */
@Tag("integration")
class RetentionTest {
    private static final Duration KEPT = Duration.ofDays(90);

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

    private void imported(String... phones) {
        fixture.importLines(campaign, phones);
        fixture.ledger.campaigns().keepFor(campaign, KEPT);
    }

    private Optional<Retention.Expired> expired() {
        return steward.retention().expired().stream()
                .filter(it -> it.uid().equals(campaign))
                .findFirst();
    }

    private List<PersonRecords.Kept> kept() {
        return steward.people().find(Identities.ofPhone(phone));
    }

    @Test
    void nobodyIsForgottenBeforeTheTimeIsOver() {
        imported(phone);
        fixture.clock.advance(KEPT.minusMinutes(1));
        assertThat(expired()).isEmpty();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void aCampaignWhoseTimeIsUnknownIsKept() {
        fixture.importLines(campaign, phone);
        fixture.clock.advance(Duration.ofDays(1000));
        assertThat(expired()).isEmpty();
    }

    @Test
    void theTimeCountsFromTheLastThingThatHappened() {
        imported(phone, LedgerFixture.phone());
        fixture.clock.advance(KEPT.minusDays(1));
        Lease lease = fixture.lease(account);
        fixture.ledger
                .intents()
                .settle(
                        lease,
                        fixture.open(lease, fixture.claim(lease, campaign), Action.Invite),
                        Settlement.invited());
        fixture.clock.advance(KEPT.minusDays(1));
        assertThat(expired()).isEmpty();
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(expired()).isPresent();
    }

    @Test
    void whoIsDoneIsForgottenAndWhoWaitedIsClosedWithALineInTheLog() {
        imported(phone, LedgerFixture.phone(), LedgerFixture.phone());
        Lease lease = fixture.lease(account);
        fixture.ledger
                .intents()
                .settle(
                        lease,
                        fixture.open(lease, fixture.claim(lease, campaign), Action.Invite),
                        Settlement.invited());
        fixture.clock.advance(KEPT.plusDays(1));

        assertThat(steward.retention().forget(expired().orElseThrow())).isEqualTo(3);

        assertThat(kept()).isEmpty();
        assertThat(expired()).isEmpty();
        assertThat(fixture.report(campaign).counts()).satisfies(counts -> {
            assertThat(counts.invited()).isEqualTo(1);
            assertThat(counts.skipped()).isEqualTo(2);
            assertThat(counts.pending()).isZero();
        });
        assertThat(fixture.report(campaign).outcomes())
                .anySatisfy(outcome -> assertThat(outcome.reason()).isEqualTo("Expired"));
    }

    @Test
    void whoseCallIsInFlightIsLeftForTheNextTime() {
        imported(phone);
        Lease lease = fixture.lease(account);
        Intent intent = fixture.open(lease, fixture.claim(lease, campaign), Action.Invite);
        fixture.clock.advance(KEPT.plusDays(1));

        assertThat(steward.retention().forget(expired().orElseThrow())).isZero();
        assertThat(kept()).hasSize(1);

        fixture.ledger.intents().settle(lease, intent, Settlement.invited());
        fixture.clock.advance(KEPT.plusDays(1));
        assertThat(steward.retention().forget(expired().orElseThrow())).isEqualTo(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aSuppressionOutlivesThePersonAndTheNextListIsHeldAgainstIt() {
        imported(phone);
        fixture.ledger
                .suppressions()
                .add(List.of(Identities.ofPhone(phone)), java.util.OptionalLong.empty(), "LeftChat");
        fixture.clock.advance(KEPT.plusDays(1));
        steward.retention().forget(expired().orElseThrow());

        String later = fixture.campaign(account);
        assertThat(fixture.importLines(later, phone).suppressed()).isEqualTo(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void whoWasContactedIsNotContactedAgainInThatChatByALaterCampaign() {
        imported(phone);
        Lease lease = fixture.lease(account);
        fixture.ledger
                .intents()
                .settle(
                        lease,
                        fixture.open(lease, fixture.claim(lease, campaign), Action.Invite),
                        Settlement.invited());
        fixture.ledger.leases().release(lease);
        fixture.clock.advance(KEPT.plusDays(1));
        steward.retention().forget(expired().orElseThrow());

        String later = fixture.campaign(account);
        fixture.importLines(later, phone);
        Lease again = fixture.lease(account);
        Claim claim = fixture.claim(again, later);
        assertThat(fixture.ledger.intents().open(again, claim, fixture.request(claim, Action.Invite)))
                .isEqualTo(new OpenResult.Skipped(OpenResult.SkipReason.AlreadyContacted));
    }

    @Test
    void cutShortBetweenPeopleAndNamesItGoesOnWithTheNames() throws Exception {
        imported(phone);
        fixture.clock.advance(KEPT.plusDays(1));
        fixture.database.execute("UPDATE beckon_invite.person SET state = 'Done', identity = '' WHERE campaign_id = "
                + expired().orElseThrow().campaignId());

        steward.retention().forget(expired().orElseThrow());

        assertThat(expired()).isEmpty();
        assertThat(fixture.importLines(campaign, phone, LedgerFixture.phone()).imported())
                .as("who is forgotten comes in as anybody does")
                .isEqualTo(2);
    }

    @Test
    void cutShortAmongThoseWhoWaitedItGoesOnTheNextDay() {
        imported(phone, LedgerFixture.phone());
        fixture.clock.advance(KEPT.plusDays(1));
        long campaignId = expired().orElseThrow().campaignId();
        steward.erasure()
                .expire(
                        campaignId,
                        steward.people()
                                .unfinished(campaignId, campaign, Long.MAX_VALUE, 1)
                                .getFirst());

        assertThat(steward.retention().forget(expired().orElseThrow())).isEqualTo(1);
        assertThat(expired()).isEmpty();
    }

    @Test
    void aCampaignInWhichSomethingHappenedSinceItWasFoundIsLeftAlone() {
        imported(phone);
        fixture.clock.advance(KEPT.plusDays(1));
        Retention.Expired found = expired().orElseThrow();
        imported(phone, LedgerFixture.phone());

        assertThat(steward.retention().forget(found)).isZero();
        assertThat(kept()).hasSize(1);
    }

    @Test
    void oneWhoCanNotBeReadKeepsNobodyElse() throws Exception {
        imported(phone, LedgerFixture.phone());
        fixture.clock.advance(KEPT.plusDays(1));
        fixture.database.execute("UPDATE beckon_invite.person SET identity = X'0102' WHERE campaign_id = "
                + expired().orElseThrow().campaignId() + " ORDER BY ordinal LIMIT 1");

        assertThat(steward.retention().forget(expired().orElseThrow())).isEqualTo(2);
        assertThat(expired()).isEmpty();
        assertThat(fixture.report(campaign).counts().skipped()).isEqualTo(2);
    }

    @Test
    void nobodyBehindTheNewestLineOfTheQuestionIsTaken() {
        imported(phone, LedgerFixture.phone());
        fixture.clock.advance(KEPT.plusDays(1));
        long campaignId = expired().orElseThrow().campaignId();
        List<PersonRecords.Unfinished> all = steward.people().unfinished(campaignId, campaign, Long.MAX_VALUE, 10);

        assertThat(steward.people()
                        .unfinished(campaignId, campaign, all.getFirst().ordinal(), 10))
                .containsExactly(all.getFirst());
    }
}
