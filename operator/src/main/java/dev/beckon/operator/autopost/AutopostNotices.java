package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.State;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.OutageNotices;
import dev.beckon.operator.run.RunNotices;
import dev.beckon.operator.run.RunNotices.Told;
import dev.beckon.workorder.Count;
import dev.beckon.workorder.TargetNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a person would want to know of the step from one status to the next. Pure. */
final class AutopostNotices {
    private AutopostNotices() {}

    static List<Notice> between(AutopostScheduleStatus before, AutopostScheduleStatus now) {
        List<Notice> notices = new ArrayList<>(RunNotices.between(told(before), told(now), "schedule"));
        boolean newer = now.lastPost() != null && isNewer(now, before);
        if (!newer) {
            // The post was told when it came into the chat, which may be seen before its run is over; LastAction tells
            // the rest.
            notices.removeIf(AutopostNotices::isPublished);
        }
        if (newer && notices.stream().noneMatch(AutopostNotices::isPublished)) {
            String link =
                    now.lastPost().link() == null ? "" : ": " + now.lastPost().link();
            notices.add(Notice.normal("Published", "A post was published" + link + "."));
        }
        long missed = count(now.missed()) - count(before.missed());
        if (missed > 0) {
            String message = missed(missed, before, now);
            // Who let it rest knows it.
            notices.add(new Notice(before.state() != State.Suspended, "Missed", message));
        }
        if (count(now.outcomeUnknown()) > count(before.outcomeUnknown())) {
            notices.add(unknown(before, now));
        }
        return notices;
    }

    private static String missed(long missed, AutopostScheduleStatus before, AutopostScheduleStatus now) {
        boolean told = now.lastMissed() != null && !now.lastMissed().equals(before.lastMissed());
        if (told && missed == 1) {
            return now.lastMissed().message();
        }
        return Count.of(missed, "post was", "posts were")
                + " due and could not begin in time (startingDeadlineSeconds)."
                + (told ? " " + now.lastMissed().message() : "");
    }

    private static Notice unknown(AutopostScheduleStatus before, AutopostScheduleStatus now) {
        Optional<String> post = now.unknownPosts().stream()
                .filter(it -> !before.unknownPosts().contains(it))
                .findFirst()
                .or(() -> now.unknownPosts().stream().findFirst());
        return Notice.warning(
                "OutcomeUnknown",
                "Of " + post.map(it -> "the post " + it).orElse("a post")
                        + " nobody can tell whether it is in "
                        + post.flatMap(it -> chats(now, it)).orElse("the chat")
                        + ": a worker died in mid-call. It is not repeated; look into the chat."
                        + post.map(it -> " If it is not there, the annotation " + HumanRequests.REQUEUE + "="
                                        + it
                                        // A value works once, and the name itself may have been one.
                                        + (now.requeueUnknown() == null ? "" : "/" + now.ledgerSequence())
                                        + " has it published again.")
                                .orElse(""));
    }

    private static Optional<String> chats(AutopostScheduleStatus now, String post) {
        return now.unknownOutcomes().stream()
                .filter(it -> it.post().equals(post) && !it.targets().isEmpty())
                .findFirst()
                .map(it -> TargetNames.few(it.targets(), it.chats()));
    }

    private static boolean isNewer(AutopostScheduleStatus now, AutopostScheduleStatus before) {
        // Two within one second differ by their links.
        return now.lastPublishTime() != null
                && !(Objects.equals(now.lastPublishTime(), before.lastPublishTime())
                        && Objects.equals(now.lastPost(), before.lastPost()));
    }

    private static boolean isPublished(Notice notice) {
        return notice.reason().equals(Reason.Published.name());
    }

    private static long count(Long value) {
        return value == null ? 0 : value;
    }

    private static Told told(AutopostScheduleStatus status) {
        return Told.of(status.state(), status.startTime(), status.conditions());
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(AutopostScheduleStatus status) {
        return status.state() + "/" + status.observedGeneration() + "/" + status.ledgerSequence() + "/"
                + status.nextActionTime() + "/" + status.settledUntil() + "/" + status.missed() + "/"
                + OutageNotices.mark(status.conditions());
    }
}
