package dev.beckon.operator.scenario;

import static dev.beckon.operator.scenario.ReportFields.instant;
import static dev.beckon.operator.scenario.ReportFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.AutopostReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a schedule's report from a scenario's file. */
final class AutopostFile {
    private AutopostFile() {}

    static AutopostReport report(String uid, JsonNode it, long sequence) {
        List<AutopostReport.Run> unfinished = new ArrayList<>();
        it.path("unfinished").forEach(run -> unfinished.add(run(run)));
        return new AutopostReport(
                uid,
                it.path("round").asInt(1),
                it.path("total").asInt(),
                it.path("used").asInt(),
                posts(it),
                it.path("published").asLong(),
                it.path("failures").asLong(),
                it.path("unknown").asLong(),
                it.has("last")
                        ? Optional.of(new AutopostReport.LastPost(
                                it.at("/last/text").asText(),
                                text(it.path("last"), "link"),
                                instant(it.path("last"), "at").orElseThrow()))
                        : Optional.empty(),
                keys(it, "unknownPosts"),
                it.has("newest") ? Optional.of(run(it.path("newest"))) : Optional.empty(),
                unfinished,
                sequence);
    }

    /** The newest run goes on with its post. */
    static AutopostReport again(AutopostReport it, String post) {
        AutopostReport.Run run = it.newest().orElseThrow();
        AutopostReport.Run again = new AutopostReport.Run(
                run.runUid(),
                PublishRun.State.Running,
                true,
                Optional.of(post),
                World.NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                run.published(),
                run.failed(),
                0,
                run.lastError());
        return new AutopostReport(
                it.scheduleUid(),
                it.round(),
                it.postsTotal(),
                it.postsUsed(),
                it.postsDigest(),
                it.published(),
                it.failures(),
                it.outcomeUnknown() - 1,
                it.lastPost(),
                List.of(),
                Optional.of(again),
                List.of(again),
                it.sequence());
    }

    private static Optional<String> posts(JsonNode it) {
        return Optional.of(keys(it, "posts")).filter(all -> !all.isEmpty()).map(PostKeys::digest);
    }

    private static List<String> keys(JsonNode it, String field) {
        List<String> keys = new ArrayList<>();
        it.path(field).forEach(key -> keys.add(key.asText()));
        return keys;
    }

    private static AutopostReport.Run run(JsonNode it) {
        return new AutopostReport.Run(
                it.path("run").asText(),
                PublishRun.State.valueOf(it.path("state").asText("Complete")),
                it.path("again").asBoolean(),
                text(it, "post"),
                instant(it, "startedAt").orElse(World.NOW),
                instant(it, "endedAt"),
                instant(it, "next"),
                text(it, "waitingFor"),
                it.path("published").asInt(),
                it.path("failed").asInt(),
                it.path("unknown").asInt(),
                ReportFields.error(it));
    }
}
