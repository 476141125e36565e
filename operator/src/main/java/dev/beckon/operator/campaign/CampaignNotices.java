package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.event.Notice;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a person would want to know of the step from one status to the next. Pure. */
final class CampaignNotices {
    private CampaignNotices() {}

    static List<Notice> between(InviteCampaignStatus before, InviteCampaignStatus now) {
        List<Notice> notices = new ArrayList<>();
        if (before.startTime() == null && now.startTime() != null) {
            notices.add(Notice.normal(
                    "Started",
                    now.accounts().isEmpty()
                            ? "The campaign has started."
                            : "The campaign has started with " + now.accounts().size()
                                    + (now.accounts().size() == 1 ? " account." : " accounts.")));
        }
        if (before.state() == State.Suspended && now.state() != State.Suspended) {
            notices.add(Notice.normal("Resumed", "The campaign goes on."));
        }
        action(before, now).ifPresent(notices::add);
        arrived(before, now).ifPresent(notices::add);
        return notices;
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(InviteCampaignStatus status) {
        String since = condition(status, ConditionType.Succeeded)
                .map(Condition::getLastTransitionTime)
                .orElse("");
        return status.state() + "/" + since + "/" + status.observedGeneration() + "/" + status.ledgerSequence() + "/"
                + status.nextActionTime();
    }

    private static Optional<Notice> action(InviteCampaignStatus before, InviteCampaignStatus now) {
        Optional<Condition> told = condition(now, ConditionType.LastAction);
        return told.filter(it -> !condition(before, ConditionType.LastAction)
                        .map(Condition::getMessage)
                        .equals(Optional.ofNullable(it.getMessage())))
                .map(it -> new Notice("False".equals(it.getStatus()), it.getReason(), it.getMessage()));
    }

    private static Optional<Notice> arrived(InviteCampaignStatus before, InviteCampaignStatus now) {
        String reason = reason(now);
        boolean sameReason = Objects.equals(reason(before), reason);
        boolean stalled = isTrue(now, ConditionType.Stalled);
        if (now.state() == before.state() && (sameReason || (!stalled && now.state() != State.Waiting))) {
            return Optional.empty();
        }
        String message = condition(now, ConditionType.Succeeded)
                .map(Condition::getMessage)
                .orElse("");
        return switch (now.state()) {
            case Succeeded -> Optional.of(Notice.normal("Succeeded", message));
            case Failed -> Optional.of(Notice.warning(reason, message));
            case Paused -> Optional.of(Notice.warning(reason, message));
            case Suspended -> Optional.of(Notice.normal("Suspended", message));
            case Waiting -> Optional.of(new Notice(stalled, stalled ? reason : "Waiting", message));
            case Pending, Importing, Running ->
                stalled ? Optional.of(Notice.warning(reason, message)) : Optional.empty();
        };
    }

    private static String reason(InviteCampaignStatus status) {
        return condition(status, ConditionType.Succeeded)
                .map(Condition::getReason)
                .orElse("");
    }

    private static boolean isTrue(InviteCampaignStatus status, ConditionType type) {
        return condition(status, type)
                .filter(it -> "True".equals(it.getStatus()))
                .isPresent();
    }

    private static Optional<Condition> condition(InviteCampaignStatus status, ConditionType type) {
        return status.conditions().stream()
                .filter(it -> type.name().equals(it.getType()))
                .findFirst();
    }
}
