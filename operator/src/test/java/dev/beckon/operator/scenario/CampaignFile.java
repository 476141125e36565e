package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.report.CampaignReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a campaign's report from a scenario's file. */
final class CampaignFile {
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
        List<CampaignReport.OutcomeCount> outcomes = new ArrayList<>();
        it.path("outcomes")
                .properties()
                .forEach(o -> outcomes.add(
                        new CampaignReport.OutcomeCount(o.getKey(), o.getValue().asLong())));
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
                outcomes,
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
}
