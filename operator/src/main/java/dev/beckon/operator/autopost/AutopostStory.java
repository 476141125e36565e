package dev.beckon.operator.autopost;

import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.report.AutopostReport;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.TargetNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run tells a person. Pure. */
final class AutopostStory {
    private AutopostStory() {}

    /** Of the newest run, with a space at its end; empty before the first, and of one that goes on. */
    static String of(AutopostObserved observed) {
        return observed.report()
                .flatMap(AutopostReport::newest)
                .filter(AutopostReport.Run::isEnded)
                .filter(it -> it.post().isPresent())
                .map(it -> sentence(observed, it) + " ")
                .orElse("");
    }

    /** How the run's post came to its targets; those that a person may have to do something about are named. */
    static String sentence(AutopostObserved observed, AutopostReport.Run run) {
        PostTargets targets = PostTargets.of(observed);
        List<String> parts = new ArrayList<>();
        if (run.published() > 0) {
            parts.add("was published in " + Count.of(run.published(), "chat"));
        }
        if (run.failed() > 0) {
            parts.add("was refused by "
                    + few(targets.failed(run), run.failed())
                            .orElseGet(() -> Count.of(run.failed(), "chat")
                                    + run.lastError()
                                            .map(it -> " (" + it.reason() + ")")
                                            .orElse("")));
        }
        if (run.outcomeUnknown() > 0) {
            parts.add("may or may not be in "
                    + few(targets.in(PublicationState.OutcomeUnknown, run), run.outcomeUnknown())
                            .orElseGet(() -> Count.of(run.outcomeUnknown(), "chat"))
                    + ", which a person has to look at");
        }
        String post = "The post" + name(run) + " ";
        return parts.isEmpty() ? post + "reached no chat." : post + String.join(", ", parts) + ".";
    }

    private static Optional<String> few(List<String> names, long all) {
        return names.isEmpty() ? Optional.empty() : Optional.of(TargetNames.few(names, all));
    }

    /** A run's last error with the targets that it is of; some errors name theirs, and some are of no target. */
    static Optional<String> error(AutopostObserved observed, AutopostReport.Run run) {
        return run.lastError().map(error -> {
            List<String> names = PostTargets.of(observed).failed(run, error.reason());
            return names.isEmpty() || (names.size() == 1 && error.message().contains(names.getFirst()))
                    ? error.message()
                    : TargetNames.few(names, names.size()) + ": " + error.message();
        });
    }

    /** A post without a name is known by a digest, which tells a person nothing. */
    private static String name(AutopostReport.Run run) {
        return run.post()
                .filter(it -> !it.matches("(sha256.)?[0-9a-f]{16,64}"))
                .map(it -> " " + it)
                .orElse("");
    }
}
