package dev.beckon.worker.publish;

import dev.beckon.ledger.content.Publications.Failure;
import dev.beckon.ledger.content.Publications.Tally;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.TargetKeys;
import dev.beckon.worker.Ending;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.TargetNames;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an ended run tells a person. */
final class PublishStory {
    private PublishStory() {}

    static Ending exhausted() {
        return Ending.completed(
                "Exhausted", "Every post was used: add more, or set whenExhausted to Repeat. Nothing was published.");
    }

    static Ending gone(String post) {
        return Ending.completed(
                "PostGone",
                "The post " + post
                        + " was to be published again, but it is not among the posts any more. Nothing was published.");
    }

    static Ending before() {
        return Ending.completed("Published", "This run's post was published before; nothing is done twice.");
    }

    /**
     * @param failures in the order in which they were met
     * @param targets of the schedule, as the user wrote them
     */
    static Ending ended(String post, Tally tally, List<Failure> failures, List<String> targets) {
        if (tally.published() == 0 && tally.unknown() == 0 && !failures.isEmpty()) {
            PublishOutcome.Failed first = failures.getFirst().why();
            return Ending.fault(
                    ExitCode.CAMPAIGN_FAULT,
                    first.reason(),
                    "The post " + post + " is in none of its targets" + where(failures, targets)
                            + " and stays the next one: " + first.raw() + ".");
        }
        return Ending.completed(
                tally.published() > 0 ? "Published" : "OutcomeUnknown", sentence(post, tally, failures, targets));
    }

    private static String where(List<Failure> failures, List<String> targets) {
        List<String> shown = TargetNames.shown(targets);
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < shown.size(); i++) {
            names.put(TargetKeys.of(targets.get(i)), shown.get(i));
        }
        // One that was taken out of the schedule meanwhile is counted only: the ledger does not have its name.
        List<String> known = failures.stream()
                .map(Failure::target)
                .filter(names::containsKey)
                .map(names::get)
                .toList();
        return known.isEmpty() ? "" : " (" + TargetNames.few(known, failures.size()) + ")";
    }

    private static String sentence(String post, Tally tally, List<Failure> failures, List<String> targets) {
        int all = tally.published() + tally.failed() + tally.unknown() + tally.left();
        StringBuilder text = new StringBuilder("The post ")
                .append(post)
                .append(" is in ")
                .append(tally.published())
                .append(" of ")
                .append(Count.of(all, "target"));
        if (tally.plain() > 0) {
            text.append(", in ").append(tally.plain()).append(" without its formatting, which Telegram refused");
        }
        if (tally.unknown() > 0) {
            text.append("; of ").append(tally.unknown()).append(" nobody can tell, and none is sent again");
        }
        text.append('.');
        failures.stream()
                .findFirst()
                .ifPresent(first -> text.append(' ')
                        .append(tally.failed())
                        .append(" failed")
                        .append(where(failures, targets))
                        .append(": ")
                        .append(first.why().raw())
                        .append('.'));
        return text.toString();
    }
}
