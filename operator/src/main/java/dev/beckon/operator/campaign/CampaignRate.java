package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatusBuilder;
import dev.beckon.ledger.report.CampaignReport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How fast a campaign goes, and when it ends at that speed. Pure.
 *
 * @param perHour people done in an hour of work
 * @param end only while a worker works: how long a wait lasts is told by its own time
 */
record CampaignRate(Optional<Long> perHour, Optional<Instant> end) {
    /** What fewer minutes of work show is chance. */
    static final Duration SHORTEST_FOR_RATE = Duration.ofMinutes(1);

    static final Duration SHORTEST_FOR_END = Duration.ofMinutes(10);

    private static final CampaignRate UNKNOWN = new CampaignRate(Optional.empty(), Optional.empty());

    /** The rate over the time that was worked, an hour at most; it changes only when somebody else is done. */
    static CampaignRate of(CampaignReport report, Observed observed, Course course) {
        Optional<Duration> worked = report.finishedSince().map(since -> Duration.between(since, observed.now()));
        if (report.finishedLastHour() == 0
                || worked.filter(it -> it.compareTo(SHORTEST_FOR_RATE) >= 0).isEmpty()) {
            return UNKNOWN;
        }
        boolean working = course instanceof Course.Active active
                && active.standings().stream().anyMatch(Standing.Working.class::isInstance);
        InviteCampaignStatus before = observed.before();
        long people = report.finishedLastHour();
        boolean nobodyElse = before.ratePerHour() != null
                && before.progress() != null
                && before.progress().done() == report.counts().done();
        long perHour = nobodyElse
                ? before.ratePerHour()
                : Math.max(1, Math.round(people * 3_600_000.0 / worked.get().toMillis()));
        long left = report.counts().pending() + report.counts().inFlight();
        if (!working || left == 0 || worked.get().compareTo(SHORTEST_FOR_END) < 0) {
            return new CampaignRate(Optional.of(perHour), Optional.empty());
        }
        Instant end = nobodyElse && before.estimatedCompletionTime() != null
                ? before.estimatedCompletionTime()
                : observed.now().plus(Duration.ofMinutes(60 * left / perHour)).truncatedTo(ChronoUnit.MINUTES);
        return new CampaignRate(Optional.of(perHour), Optional.of(end));
    }

    void write(InviteCampaignStatusBuilder status) {
        status.ratePerHour(perHour.orElse(null)).estimatedCompletionTime(end.orElse(null));
    }
}
