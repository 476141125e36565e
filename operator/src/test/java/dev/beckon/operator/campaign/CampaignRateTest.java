package dev.beckon.operator.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.Progress;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.ledger.report.CampaignReport;
import dev.beckon.operator.ledger.Reading;
import dev.beckon.operator.worker.Owner;
import dev.beckon.operator.worker.WorkerRun;
import dev.beckon.operator.worker.WorkerRun.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignRateTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void inTheFirstHourTheTimeWorkedCountsAndNotAnHour() {
        CampaignRate rate = rate(10, 20, Duration.ofMinutes(15), working(), null);

        assertThat(rate.perHour()).contains(40L);
        assertThat(rate.end()).contains(Instant.parse("2026-11-23T12:30:00Z"));
    }

    @Test
    void aFewMinutesTellARateButNoEnd() {
        CampaignRate rate = rate(5, 20, Duration.ofMinutes(5), working(), null);

        assertThat(rate.perHour()).contains(60L);
        assertThat(rate.end()).isEmpty();
    }

    @Test
    void secondsTellNothing() {
        assertThat(rate(5, 20, Duration.ofSeconds(30), working(), null).perHour())
                .isEmpty();
        assertThat(rate(0, 20, Duration.ofMinutes(30), working(), null).perHour())
                .isEmpty();
    }

    @Test
    void whileItWaitsNoEndIsTold() {
        CampaignRate rate = rate(10, 20, Duration.ofMinutes(15), waiting(), null);

        assertThat(rate.perHour()).contains(40L);
        assertThat(rate.end()).isEmpty();
    }

    @Test
    void nothingChangesUntilSomebodyElseIsDone() {
        Instant told = Instant.parse("2026-11-23T12:25:00Z");
        InviteCampaignStatus before = InviteCampaignStatus.builder()
                .progress(Progress.of(30, 10, 0, 0, 0, 0, 20, 0, 0))
                .ratePerHour(48L)
                .estimatedCompletionTime(told)
                .build();

        CampaignRate rate = rate(10, 20, Duration.ofMinutes(15), working(), before);

        assertThat(rate.perHour()).contains(48L);
        assertThat(rate.end()).contains(told);
    }

    private static CampaignRate rate(
            long done, long left, Duration worked, Course course, InviteCampaignStatus before) {
        CampaignReport report = new CampaignReport(
                "uid",
                true,
                new CampaignReport.Counts(done + left, left, 0, 0, done, 0, 0, 0, 0),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                done,
                Optional.of(NOW.minus(worked)),
                Optional.empty(),
                Optional.empty(),
                1);
        InviteCampaign campaign = new InviteCampaign();
        campaign.setStatus(before);
        Observed observed = new Observed(
                campaign,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new Reading.Known<>(Optional.of(report), 1, NOW),
                List.of(),
                Map.of(),
                Map.of(),
                true,
                NOW);
        return CampaignRate.of(report, observed, course);
    }

    private static Course working() {
        WorkerRun run = new WorkerRun(
                "team",
                "spring-alice-1",
                "job-uid",
                "invite",
                "alice",
                "account-uid",
                Optional.of(new Owner(Owner.Kind.CAMPAIGN, "team", "spring", "uid")),
                1,
                "content",
                0,
                "order",
                Phase.ACTIVE,
                NOW,
                Optional.empty(),
                "",
                Optional.empty());
        return new Course.Active(
                List.of(new Standing.Working(new TelegramAccount(), run, false, Optional.empty())), Optional.empty());
    }

    private static Course waiting() {
        return new Course.Active(List.of(), Optional.empty());
    }
}
