package dev.beckon.operator.event;

import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;

/** What is told of the ledger's outages, and of one that is behind, as the statuses of a resource show them. Pure. */
public final class OutageNotices {
    private OutageNotices() {}

    /**
     * One event when an outage begins, one when it ends, and one when a resource that does not work is seen to be ahead of the ledger: by the
     * conditions of the step from one status to the next.
     */
    public static Optional<Notice> of(List<Condition> before, List<Condition> now) {
        boolean wasAway = isAway(before);
        boolean isAway = isAway(now);
        String message =
                ConditionType.LedgerAvailable.in(now).map(Condition::getMessage).orElse("");
        if (wasAway == isAway) {
            return isBehind(now) && !isBehind(before)
                    ? Optional.of(Notice.warning(Reason.LedgerBehindStatus.name(), message))
                    : Optional.empty();
        }
        return Optional.of(
                isAway
                        ? Notice.warning(Reason.LedgerUnavailable.name(), message)
                        : Notice.normal("LedgerAvailable", message));
    }

    /** Tells one outage from the next, for the names of their events. */
    public static String mark(List<Condition> conditions) {
        return ConditionType.LedgerAvailable.in(conditions)
                .map(Condition::getLastTransitionTime)
                .orElse("");
    }

    private static boolean isBehind(List<Condition> conditions) {
        return ConditionType.LedgerAvailable.in(conditions)
                .filter(it -> Reason.LedgerBehindStatus.name().equals(it.getReason()))
                .isPresent();
    }

    private static boolean isAway(List<Condition> conditions) {
        return ConditionType.LedgerAvailable.in(conditions)
                .filter(it -> "False".equals(it.getStatus()))
                .isPresent();
    }
}
