package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.ParserJobStatus.State;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.OutageNotices;
import dev.beckon.operator.run.RunNotices;
import dev.beckon.operator.run.RunNotices.Told;
import java.util.ArrayList;
import java.util.List;

/** What a person would want to know of the step from one status to the next. Pure. */
final class ParserNotices {
    private ParserNotices() {}

    static List<Notice> between(ParserJobStatus before, ParserJobStatus now) {
        List<Notice> notices = new ArrayList<>(RunNotices.between(told(before), told(now), "parser"));
        if (now.state() == State.Scheduled && isNew(before.dataset(), now.dataset())) {
            notices.add(Notice.normal("Collected", told(now).message()));
        }
        return notices;
    }

    private static Told told(ParserJobStatus status) {
        return Told.of(status.state(), status.startTime(), status.conditions());
    }

    private static boolean isNew(ParserJobStatus.Dataset before, ParserJobStatus.Dataset now) {
        return now != null && (before == null || !before.id().equals(now.id()));
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(ParserJobStatus status) {
        return status.state() + "/" + status.observedGeneration() + "/" + status.ledgerSequence() + "/"
                + status.nextActionTime() + "/" + status.lastScheduleTime() + "/"
                + OutageNotices.mark(status.conditions());
    }
}
