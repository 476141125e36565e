package dev.beckon.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.ledger.LedgerFixture;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.accounts.Lease;
import dev.beckon.ledger.invite.Action;
import dev.beckon.ledger.invite.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class ReportsTest {
    private static final int CAMPAIGNS = 1_000;

    private final LedgerFixture fixture = new LedgerFixture();
    private final OperatorLedger operator = fixture.database.operatorLedger(fixture.clock);

    @AfterEach
    void close() {
        operator.close();
        fixture.close();
    }

    @Test
    void theOperatorReadsWithoutKeysWhatTheWorkerWrote() {
        String account = fixture.account();
        String campaign = fixture.campaign(account);
        fixture.importLines(campaign, LedgerFixture.phone(), LedgerFixture.phone());
        Lease lease = fixture.lease(account);
        Instant started = fixture.clock.instant();
        fixture.ledger
                .intents()
                .settle(
                        lease,
                        fixture.open(lease, fixture.claim(lease, campaign), Action.Invite),
                        Settlement.failed("Unreachable").withRaw("USER_CHANNELS_TOO_MUCH"));
        fixture.clock.advance(Duration.ofSeconds(40));
        Instant next = fixture.clock.instant().plusSeconds(600);
        fixture.ledger.campaigns().waits(lease, campaign, Optional.of(next), Optional.of("Window"));

        CampaignReport report = operator.reports().campaigns(List.of(campaign)).get(campaign);
        assertThat(report.lastError())
                .contains(new CampaignReport.ErrorReport("Unreachable", "USER_CHANNELS_TOO_MUCH", started));
        assertThat(report.startTime()).contains(started);
        assertThat(report.lastInviteTime()).isEmpty();
        assertThat(report.nextActionTime()).contains(next);
        assertThat(report.waitingFor()).contains("Window");
        assertThat(report.finishedLastHour()).isEqualTo(1);
        assertThat(report.finishedSince()).contains(started);
        assertThat(report.counts().percent()).isEqualTo(50);
        fixture.clock.advance(Duration.ofMinutes(71));
        assertThat(operator.reports().campaigns(List.of(campaign)).get(campaign).finishedLastHour())
                .isZero();
        assertThat(operator.reports().campaigns(List.of("unknown"))).isEmpty();
        assertThat(operator.reports().campaigns(List.of())).isEmpty();
    }

    /** The operator's scenarios have a ledger that holds itself to the same: CampaignFile. */
    @Test
    void outcomesTellTheReasonOfEachWhoWasNotReachedAndOfNobodyElse() {
        String account = fixture.account();
        String campaign = fixture.campaign(account);
        List<Settlement> ends = List.of(
                Settlement.invited(),
                Settlement.linkSent(),
                Settlement.alreadyMember(),
                Settlement.skipped("Bot"),
                Settlement.failed("NotFound"),
                Settlement.unknown("OutcomeUnknown"));
        fixture.importLines(
                campaign, ends.stream().map(_ -> LedgerFixture.phone()).toArray(String[]::new));
        Lease lease = fixture.lease(account);
        for (Settlement end : ends) {
            fixture.ledger
                    .intents()
                    .settle(lease, fixture.open(lease, fixture.claim(lease, campaign), Action.Invite), end);
        }

        CampaignReport report = operator.reports().campaigns(List.of(campaign)).get(campaign);

        assertThat(report.counts()).isEqualTo(new CampaignReport.Counts(6, 0, 0, 1, 1, 1, 1, 1, 1));
        assertThat(report.outcomes())
                .containsExactly(
                        new CampaignReport.OutcomeCount("Bot", 1),
                        new CampaignReport.OutcomeCount("NotFound", 1),
                        new CampaignReport.OutcomeCount("OutcomeUnknown", 1));
    }

    @Test
    void aThousandCampaignsAreReadInABlink() {
        String account = fixture.account();
        List<String> campaigns = new ArrayList<>();
        for (int i = 0; i < CAMPAIGNS; i++) {
            campaigns.add(fixture.campaign(account));
        }
        // Ten counts each, as a campaign under way has them.
        fixture.database.execute(
                "INSERT INTO beckon_invite.tally (campaign_id, account_id, state, status, reason, people)"
                        + " SELECT c.campaign_id, 1, 'Done', 'Skipped', CONCAT('Reason', n.n), 1000 FROM beckon_invite.campaign c,"
                        + " (SELECT 0 n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6"
                        + " UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) n WHERE c.campaign_uid IN ('"
                        + String.join("','", campaigns) + "')");
        operator.reports().campaigns(campaigns);
        Instant start = Instant.now();
        Map<String, CampaignReport> reports = operator.reports().campaigns(campaigns);
        Duration took = Duration.between(start, Instant.now());
        System.out.println("reports of " + CAMPAIGNS + " campaigns in " + took.toMillis() + " ms");
        assertThat(reports).hasSize(CAMPAIGNS);
        assertThat(reports.get(campaigns.getFirst()).counts().skipped()).isEqualTo(10_000);
        // Tens of milliseconds on an idle machine; room for one that is not.
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
}
