package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.invite.OutcomeStatus;
import dev.beckon.ledger.report.CampaignReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a campaign's report from a scenario's file. */
final class CampaignFile {
    private static final Set<String> STATUSES =
            Arrays.stream(OutcomeStatus.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private CampaignFile() {}

    static CampaignReport report(String uid, JsonNode it, long sequence) {
        long pending = it.path("pending").asLong();
        long inFlight = it.path("inFlight").asLong();
        long unknown = it.path("unknown").asLong();
        long invited = it.path("invited").asLong();
        long linkSent = it.path("linkSent").asLong();
        long member = it.path("alreadyMember").asLong();
        long skipped = it.path("skipped").asLong();
        long failed = it.path("failed").asLong();
        long total = pending + inFlight + unknown + invited + linkSent + member + skipped + failed;
        List<CampaignReport.LineCount> lines = new ArrayList<>();
        it.path("lines")
                .properties()
                .forEach(o -> lines.add(
                        new CampaignReport.LineCount(o.getKey(), o.getValue().asLong())));
        List<CampaignReport.AccountShare> shares = new ArrayList<>();
        it.path("accounts")
                .properties()
                .forEach(share -> shares.add(new CampaignReport.AccountShare(
                        share.getKey(),
                        share.getValue().path("pending").asLong(),
                        share.getValue().path("done").asLong(),
                        ReportFields.instant(share.getValue(), "next"),
                        ReportFields.text(share.getValue(), "waitingFor"),
                        ReportFields.instant(share.getValue(), "newestDue")
                                .map(at -> new CampaignReport.Newest(
                                        at, ReportFields.instant(share.getValue(), "askedAt"))))));
        return new CampaignReport(
                uid,
                it.path("imported").asBoolean(true),
                new CampaignReport.Counts(
                        total, pending, inFlight, unknown, invited, linkSent, member, skipped, failed),
                outcomes(it, skipped + failed + unknown),
                lines,
                shares,
                ReportFields.error(it),
                ReportFields.breaker(it),
                Optional.empty(),
                ReportFields.instant(it, "lastInvite"),
                it.path("rate").asLong(),
                ReportFields.instant(it, "rateSince").or(() -> Optional.of(World.NOW.minus(Duration.ofHours(1)))),
                ReportFields.instant(it, "next"),
                ReportFields.text(it, "waitingFor"),
                sequence);
    }

    /** With more people who wait to be contacted. */
    static CampaignReport withMore(CampaignReport before, long people) {
        CampaignReport.Counts it = before.counts();
        return new CampaignReport(
                before.campaignUid(),
                before.imported(),
                new CampaignReport.Counts(
                        it.total() + people,
                        it.pending() + people,
                        it.inFlight(),
                        it.unknown(),
                        it.invited(),
                        it.linkSent(),
                        it.alreadyMember(),
                        it.skipped(),
                        it.failed()),
                before.outcomes(),
                before.lines(),
                before.accounts(),
                before.lastError(),
                before.breaker(),
                before.startTime(),
                before.lastInviteTime(),
                before.finishedLastHour(),
                before.finishedSince(),
                before.nextActionTime(),
                before.waitingFor(),
                before.sequence());
    }

    /**
     * As the ledger's own query tells them: the reasons of whoever was skipped, failed or is unknown, the most frequent first. Who was
     * invited, sent the link or a member has none.
     *
     * @throws IllegalArgumentException when no ledger could say that: what the operator makes of it would prove nothing
     */
    private static List<CampaignReport.OutcomeCount> outcomes(JsonNode it, long people) {
        List<CampaignReport.OutcomeCount> outcomes = it.path("outcomes").properties().stream()
                .map(entry -> new CampaignReport.OutcomeCount(
                        entry.getKey(), entry.getValue().asLong()))
                .sorted(Comparator.comparingLong(CampaignReport.OutcomeCount::count)
                        .reversed()
                        .thenComparing(CampaignReport.OutcomeCount::reason))
                .toList();
        for (CampaignReport.OutcomeCount outcome : outcomes) {
            if (STATUSES.contains(outcome.reason()) || outcome.count() <= 0) {
                throw new IllegalArgumentException("outcomes has " + outcome.reason() + ": " + outcome.count()
                        + ", but the ledger tells reasons alone, of one person at least; who was invited, sent the link or a"
                        + " member is counted in the fields of these names");
            }
        }
        long told =
                outcomes.stream().mapToLong(CampaignReport.OutcomeCount::count).sum();
        if (told != people || outcomes.size() > CampaignReport.MAX_OUTCOMES) {
            throw new IllegalArgumentException("outcomes tells of " + told + " people by " + outcomes.size()
                    + " reasons, but skipped, failed and unknown are " + people
                    + " together: the ledger tells the reason of each, by " + CampaignReport.MAX_OUTCOMES
                    + " reasons at most");
        }
        return outcomes;
    }
}
