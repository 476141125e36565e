package dev.beckon.operator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.parser.Dataset;
import dev.beckon.ledger.report.ParserReport;
import java.util.Optional;

/** Reads a parser's report from a scenario's file. */
final class ParserFile {
    private ParserFile() {}

    static ParserReport report(String uid, JsonNode it) {
        return new ParserReport(
                uid,
                run(it.path("newest")),
                it.has("complete") ? Optional.of(run(it.path("complete"))) : Optional.empty());
    }

    private static ParserReport.Run run(JsonNode it) {
        return new ParserReport.Run(
                it.path("dataset").asText(),
                Dataset.State.valueOf(it.path("state").asText("Reading")),
                it.path("people").asLong(),
                new Dataset.Counts(
                        it.path("scanned").asLong(),
                        it.path("listed").asLong(),
                        it.path("chatTotal").asLong(),
                        it.path("bots").asLong(),
                        it.path("deleted").asLong(),
                        it.path("filtered").asLong(),
                        it.path("duplicates").asLong()),
                it.path("administered").asBoolean(true),
                ReportFields.text(it, "sha256"),
                ReportFields.instant(it, "startedAt").orElse(World.NOW),
                ReportFields.instant(it, "completedAt"),
                ReportFields.instant(it, "exportedAt"),
                ReportFields.instant(it, "next"),
                ReportFields.text(it, "waitingFor"),
                ReportFields.error(it));
    }
}
