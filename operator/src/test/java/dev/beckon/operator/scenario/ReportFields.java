package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.report.CampaignReport;
import java.time.Instant;
import java.util.Optional;

/** What reports of several kinds have, as a scenario's file writes it; absent where it writes nothing. */
final class ReportFields {
    private ReportFields() {}

    static Optional<String> text(JsonNode report, String field) {
        return report.has(field) ? Optional.of(report.path(field).asText()) : Optional.empty();
    }

    static Optional<Instant> instant(JsonNode report, String field) {
        return text(report, field).map(Instant::parse);
    }

    static Optional<CampaignReport.ErrorReport> error(JsonNode report) {
        return report.has("error")
                ? Optional.of(new CampaignReport.ErrorReport(
                        report.at("/error/reason").asText(),
                        report.at("/error/message").asText(),
                        Instant.parse(report.at("/error/at").asText())))
                : Optional.empty();
    }

    static Optional<CampaignReport.BreakerReport> breaker(JsonNode report) {
        return report.has("breaker")
                ? Optional.of(new CampaignReport.BreakerReport(
                        report.at("/breaker/id").asText(),
                        report.at("/breaker/reason").asText(),
                        report.at("/breaker/message").asText()))
                : Optional.empty();
    }
}
