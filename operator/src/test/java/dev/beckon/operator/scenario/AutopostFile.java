package dev.beckon.operator.scenario;

import static dev.beckon.operator.scenario.ReportFields.instant;
import static dev.beckon.operator.scenario.ReportFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.ledger.content.PostKeys;
import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.content.TargetKeys;
import dev.beckon.ledger.report.AutopostReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                unknown(it),
                it.has("newest") ? Optional.of(run(it.path("newest"))) : Optional.empty(),
                spread(it.path("spread")).or(() -> spread(it.path("newest"))),
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
                it.spread(),
                List.of(again),
                it.sequence());
    }

    /** Posts whose outcome is unknown in the one target that most scenarios have, or in those that {@code unknownTargets} gives. */
    private static List<AutopostReport.UnknownPost> unknown(JsonNode it) {
        return keys(it, "unknownPosts").stream()
                .map(post -> {
                    List<String> targets = keys(it.path("unknownTargets"), post);
                    return new AutopostReport.UnknownPost(
                            post,
                            (targets.isEmpty() ? List.of("@our_channel") : targets)
                                    .stream().map(TargetKeys::of).toList());
                })
                .toList();
    }

    /** Of a run that tells its targets. */
    private static Optional<AutopostReport.Spread> spread(JsonNode run) {
        Map<String, AutopostReport.InTarget> targets = new LinkedHashMap<>();
        run.path("targets")
                .properties()
                .forEach(target -> targets.put(TargetKeys.of(target.getKey()), inTarget(target.getValue())));
        return Optional.of(new AutopostReport.Spread(
                        run.path("run").asText(),
                        run.path("post").asText(),
                        run.path("again").asBoolean(),
                        run.has("endedAt"),
                        targets))
                .filter(_ -> run.has("targets"));
    }

    private static AutopostReport.InTarget inTarget(JsonNode it) {
        return new AutopostReport.InTarget(
                PublicationState.valueOf(it.path("state").asText()),
                text(it, "reason"),
                text(it, "link"),
                instant(it, "at"));
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
