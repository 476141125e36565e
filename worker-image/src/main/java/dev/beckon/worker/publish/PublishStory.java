package dev.beckon.worker.publish;

import dev.beckon.ledger.content.Publications.Tally;
import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.worker.Ending;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.ExitCode;
import java.util.Optional;

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

    static Ending ended(String post, Tally tally, Optional<PublishOutcome.Failed> failure) {
        if (tally.published() == 0 && tally.unknown() == 0 && failure.isPresent()) {
            return Ending.fault(
                    ExitCode.CAMPAIGN_FAULT,
                    failure.get().reason(),
                    "The post " + post + " is in none of its targets and stays the next one: "
                            + failure.get().raw() + ".");
        }
        return Ending.completed(tally.published() > 0 ? "Published" : "OutcomeUnknown", sentence(post, tally, failure));
    }

    static String sentence(String post, Tally tally, Optional<PublishOutcome.Failed> failure) {
        int targets = tally.published() + tally.failed() + tally.unknown() + tally.left();
        StringBuilder text = new StringBuilder("The post ")
                .append(post)
                .append(" is in ")
                .append(tally.published())
                .append(" of ")
                .append(Count.of(targets, "target"));
        if (tally.plain() > 0) {
            text.append(", in ").append(tally.plain()).append(" without its formatting, which Telegram refused");
        }
        if (tally.unknown() > 0) {
            text.append("; of ").append(tally.unknown()).append(" nobody can tell, and none is sent again");
        }
        text.append('.');
        failure.ifPresent(why -> text.append(' ')
                .append(tally.failed())
                .append(" failed: ")
                .append(why.raw())
                .append('.'));
        return text.toString();
    }
}
