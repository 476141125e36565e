package dev.beckon.ledger.invite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.report.CampaignReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class InviteLifeTest {
    private final LedgerFixture fixture = new LedgerFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void personGoesFromPendingThroughInFlightToDoneAndTheReportFollows() {
        String account = fixture.account();
        String campaign = fixture.campaign(account);
        assertThat(fixture.importLines(campaign, LedgerFixture.phone(), "@ann_of_test")
                        .imported())
                .isEqualTo(2);
        Lease lease = fixture.lease(account);

        Claim claim = fixture.claim(lease, campaign);
        assertThat(fixture.report(campaign).counts().pending()).isEqualTo(2);
        Intent intent = fixture.open(lease, claim, Action.Invite);
        assertThat(fixture.report(campaign).counts().inFlight()).isEqualTo(1);
        SettleResult settled = fixture.ledger.intents().settle(lease, intent, Settlement.invited());

        assertThat(settled).isInstanceOf(SettleResult.Settled.class);
        CampaignReport report = fixture.report(campaign);
        assertThat(report.counts()).isEqualTo(new CampaignReport.Counts(2, 1, 0, 0, 1, 0, 0, 0, 0));
        assertThat(report.finishedLastHour()).isEqualTo(1);
        assertThat(report.imported()).isTrue();
        List<OutcomeLog.Row> log = new ArrayList<>();
        fixture.ledger.outcomes().forEach(campaign, log::add);
        assertThat(log).singleElement().satisfies(row -> {
            assertThat(row.status()).isEqualTo(OutcomeStatus.Invited);
            assertThat(row.person().orElseThrow().identities())
                    .isEqualTo(claim.person().identities());
        });
    }
}
