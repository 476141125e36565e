package dev.beckon.operator.run;

import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.OutageNotices;
import dev.beckon.operator.run.RunVerdict.State;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person would want to know of the step from one status to the next, whatever the kind. Pure. */
public final class RunNotices {
    private RunNotices() {}

    /** @param state null before the first status */
    public record Told(State state, Instant startTime, List<Condition> conditions) {
        /** @param state in the kind's own words; null before the first status */
        public static Told of(Enum<?> state, Instant startTime, List<Condition> conditions) {
            return new Told(state == null ? null : State.valueOf(state.name()), startTime, conditions);
        }

        /** What {@code Stalled} says, which every status has. */
        public String message() {
            return stalled().map(Condition::getMessage).orElse("");
        }

        private String reason() {
            return stalled().map(Condition::getReason).orElse("");
        }

        private boolean isStalled() {
            return ConditionType.Stalled.isTrueIn(conditions);
        }

        private Optional<Condition> stalled() {
            return ConditionType.Stalled.in(conditions);
        }
    }

    /** @param noun what the resource is called in a sentence */
    public static List<Notice> between(Told before, Told now, String noun) {
        List<Notice> notices = new ArrayList<>();
        if (before.startTime() == null && now.startTime() != null) {
            notices.add(Notice.normal("Started", "The " + noun + " has started."));
        }
        if (before.state() == State.Suspended && now.state() != State.Suspended) {
            notices.add(Notice.normal("Resumed", "The " + noun + " goes on."));
        }
        HumanRequests.notice(before.conditions(), now.conditions()).ifPresent(notices::add);
        OutageNotices.of(before.conditions(), now.conditions()).ifPresent(notices::add);
        arrived(before, now).ifPresent(notices::add);
        return notices;
    }

    private static Optional<Notice> arrived(Told before, Told now) {
        boolean sameReason = before.reason().equals(now.reason());
        if (now.state() == before.state() && (sameReason || (!now.isStalled() && now.state() != State.Waiting))) {
            return Optional.empty();
        }
        if (now.reason().equals(Reason.LedgerUnavailable.name())) {
            // An event of its own tells it.
            return Optional.empty();
        }
        return switch (now.state()) {
            case Succeeded -> Optional.of(Notice.normal("Succeeded", now.message()));
            case Exhausted -> Optional.of(Notice.normal("Exhausted", now.message()));
            case Paused -> Optional.of(Notice.warning(now.reason(), now.message()));
            case Suspended -> Optional.of(Notice.normal("Suspended", now.message()));
            case Waiting -> Optional.of(Notice.normal("Waiting", now.message()));
            case Pending ->
                now.isStalled() ? Optional.of(Notice.warning(now.reason(), now.message())) : Optional.empty();
            case Running, Scheduled -> Optional.empty();
        };
    }
}
