package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.ParserJobStatus.State;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.event.Notice;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person would want to know of the step from one status to the next. Pure. */
final class ParserNotices {
    private ParserNotices() {}

    static List<Notice> between(ParserJobStatus before, ParserJobStatus now) {
        List<Notice> notices = new ArrayList<>();
        if (before.startTime() == null && now.startTime() != null) {
            notices.add(Notice.normal("Started", "The parser has started."));
        }
        if (before.state() == State.Suspended && now.state() != State.Suspended) {
            notices.add(Notice.normal("Resumed", "The parser goes on."));
        }
        if (now.state() == State.Scheduled && isNew(before.dataset(), now.dataset())) {
            notices.add(Notice.normal("Collected", message(now)));
        }
        action(before, now).ifPresent(notices::add);
        arrived(before, now).ifPresent(notices::add);
        return notices;
    }

    private static boolean isNew(ParserJobStatus.Dataset before, ParserJobStatus.Dataset now) {
        return now != null && (before == null || !before.id().equals(now.id()));
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(ParserJobStatus status) {
        return status.state() + "/" + status.observedGeneration() + "/" + status.ledgerSequence() + "/"
                + status.nextActionTime() + "/" + status.lastScheduleTime();
    }

    private static Optional<Notice> action(ParserJobStatus before, ParserJobStatus now) {
        Optional<Condition> told = condition(now, ConditionType.LastAction);
        return told.filter(it -> !condition(before, ConditionType.LastAction)
                        .map(Condition::getMessage)
                        .equals(Optional.ofNullable(it.getMessage())))
                .map(it -> new Notice("False".equals(it.getStatus()), it.getReason(), it.getMessage()));
    }

    private static Optional<Notice> arrived(ParserJobStatus before, ParserJobStatus now) {
        boolean stalled = condition(now, ConditionType.Stalled)
                .filter(it -> "True".equals(it.getStatus()))
                .isPresent();
        boolean sameReason = reason(before).equals(reason(now));
        if (now.state() == before.state() && (sameReason || (!stalled && now.state() != State.Waiting))) {
            return Optional.empty();
        }
        return switch (now.state()) {
            case Succeeded -> Optional.of(Notice.normal("Succeeded", message(now)));
            case Paused -> Optional.of(Notice.warning(reason(now), message(now)));
            case Suspended -> Optional.of(Notice.normal("Suspended", message(now)));
            case Waiting -> Optional.of(Notice.normal("Waiting", message(now)));
            case Pending -> stalled ? Optional.of(Notice.warning(reason(now), message(now))) : Optional.empty();
            case Running, Scheduled -> Optional.empty();
        };
    }

    private static String reason(ParserJobStatus status) {
        return condition(status, ConditionType.Stalled)
                .map(Condition::getReason)
                .orElse("");
    }

    private static String message(ParserJobStatus status) {
        return condition(status, ConditionType.Stalled)
                .map(Condition::getMessage)
                .orElse("");
    }

    private static Optional<Condition> condition(ParserJobStatus status, ConditionType type) {
        return status.conditions().stream()
                .filter(it -> type.name().equals(it.getType()))
                .findFirst();
    }
}
