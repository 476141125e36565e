package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaignStatus;
import dev.beckon.crd.InviteCampaignStatus.OutcomeCount;
import dev.beckon.crd.InviteCampaignStatus.State;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.OutageNotices;
import dev.beckon.workorder.Count;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a person would want to know of the step from one status to the next. Pure. */
final class CampaignNotices {
    private static final String BAD_LINE = "BadLine";

    private CampaignNotices() {}

    static List<Notice> between(InviteCampaignStatus before, InviteCampaignStatus now) {
        List<Notice> notices = new ArrayList<>();
        if (before.startTime() == null && now.startTime() != null) {
            notices.add(Notice.normal(
                    "Started",
                    now.accounts().isEmpty()
                            ? "The campaign has started."
                            : "The campaign has started with "
                                    + Count.of(now.accounts().size(), "account") + "."));
        }
        if (before.state() == State.Suspended && now.state() != State.Suspended) {
            notices.add(Notice.normal("Resumed", "The campaign goes on."));
        }
        badLines(before, now).ifPresent(notices::add);
        HumanRequests.notice(before.conditions(), now.conditions()).ifPresent(notices::add);
        OutageNotices.of(before.conditions(), now.conditions()).ifPresent(notices::add);
        arrived(before, now).ifPresent(notices::add);
        return notices;
    }

    /** Told once, when the audience is in. */
    private static Optional<Notice> badLines(InviteCampaignStatus before, InviteCampaignStatus now) {
        long bad = now.outcomes().stream()
                .filter(it -> it.reason().equals(BAD_LINE))
                .mapToLong(OutcomeCount::count)
                .sum();
        return isBeingRead(before.state()) && !isBeingRead(now.state()) && bad > 0
                ? Optional.of(
                        Notice.warning(
                                BAD_LINE,
                                Count.of(bad, "line", "lines") + " of the audience can't be used and "
                                        + (bad == 1 ? "is" : "are")
                                        + " left out: the log of the first worker names the first twenty by number, `worker export` all."))
                : Optional.empty();
    }

    private static boolean isBeingRead(State state) {
        return state == null || state == State.Pending || state == State.Importing;
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(InviteCampaignStatus status) {
        String since = goal(status).map(Condition::getLastTransitionTime).orElse("");
        return status.state() + "/" + since + "/" + status.observedGeneration() + "/" + status.ledgerSequence() + "/"
                + status.nextActionTime() + "/" + OutageNotices.mark(status.conditions());
    }

    private static Optional<Notice> arrived(InviteCampaignStatus before, InviteCampaignStatus now) {
        String reason = reason(now);
        boolean sameReason = Objects.equals(reason(before), reason);
        boolean stalled = ConditionType.Stalled.isTrueIn(now.conditions());
        if (now.state() == before.state() && (sameReason || (!stalled && now.state() != State.Waiting))) {
            return Optional.empty();
        }
        if (reason.equals(Reason.LedgerUnavailable.name())) {
            // An event of its own tells it.
            return Optional.empty();
        }
        if (before.state() == State.Running && reason.equals(Reason.Webhook.name())) {
            // A worker that comes and goes with those whom a webhook brings is no news.
            return Optional.empty();
        }
        String message = goal(now).map(Condition::getMessage).orElse("");
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
        return goal(status).map(Condition::getReason).orElse("");
    }

    /** A webhook's campaign has the one until it ends, and the other then. */
    private static Optional<Condition> goal(InviteCampaignStatus status) {
        return ConditionType.Succeeded.in(status.conditions()).or(() -> ConditionType.Ready.in(status.conditions()));
    }
}
