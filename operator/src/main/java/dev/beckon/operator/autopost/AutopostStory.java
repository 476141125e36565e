package dev.beckon.operator.autopost;

import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.workorder.Count;
import java.util.ArrayList;
import java.util.List;

/** What a run tells a person. Pure. */
final class AutopostStory {
    private AutopostStory() {}

    /** Of the newest run, with a space at its end; empty before the first, and of one that goes on. */
    static String of(AutopostReport report) {
        return report.newest()
                .filter(AutopostReport.Run::isEnded)
                .filter(it -> it.post().isPresent())
                .map(it -> sentence(it) + " ")
                .orElse("");
    }

    /** How the run's post came to its targets. */
    static String sentence(AutopostReport.Run run) {
        List<String> parts = new ArrayList<>();
        if (run.published() > 0) {
            parts.add("was published in " + Count.of(run.published(), "chat"));
        }
        if (run.failed() > 0) {
            parts.add("was refused by " + Count.of(run.failed(), "chat")
                    + run.lastError().map(it -> " (" + it.reason() + ")").orElse(""));
        }
        if (run.outcomeUnknown() > 0) {
            parts.add("may or may not be in " + Count.of(run.outcomeUnknown(), "chat")
                    + ", which a person has to look at");
        }
        String post = "The post" + name(run) + " ";
        return parts.isEmpty() ? post + "reached no chat." : post + String.join(", ", parts) + ".";
    }

    /** A post without a name is known by a digest, which tells a person nothing. */
    private static String name(AutopostReport.Run run) {
        return run.post()
                .filter(it -> !it.matches("(sha256.)?[0-9a-f]{16,64}"))
                .map(it -> " " + it)
                .orElse("");
    }
}
