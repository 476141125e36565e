package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.event.Notice;
import dev.beckon.operator.event.OutageNotices;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a person would want to know of the step from one status to the next. Pure. */
final class AccountNotices {
    private AccountNotices() {}

    static List<Notice> between(TelegramAccountStatus before, TelegramAccountStatus now) {
        List<Notice> notices = new ArrayList<>();
        HumanRequests.notice(before.conditions(), now.conditions()).ifPresent(notices::add);
        OutageNotices.of(before.conditions(), now.conditions()).ifPresent(notices::add);
        String reason = field(now, Condition::getReason);
        String last = field(before, Condition::getReason);
        boolean changed = now.state() != before.state() || !Objects.equals(reason, last);
        if (changed && !isOutageOnly(before, now, reason, last)) {
            arrived(now, reason).ifPresent(notices::add);
        }
        return notices;
    }

    /**
     * Whether the ledger went or came back, which an event of its own tells, and nothing else is new. Who needs a person keeps saying
     * so in an outage: if that comes after one, it is new.
     */
    private static boolean isOutageOnly(
            TelegramAccountStatus before, TelegramAccountStatus now, String reason, String last) {
        String away = Reason.LedgerUnavailable.name();
        return reason.equals(away)
                || (last.equals(away)
                        && now.state() == before.state()
                        && !ConditionType.Stalled.isTrueIn(now.conditions()));
    }

    private static Optional<Notice> arrived(TelegramAccountStatus now, String reason) {
        String message = field(now, Condition::getMessage);
        boolean stalled = ConditionType.Stalled.isTrueIn(now.conditions());
        if (stalled) {
            return Optional.of(Notice.warning(reason, message));
        }
        return switch (now.state()) {
            case Ready ->
                Optional.of(reason.equals("Ready") ? Notice.normal(reason, message) : Notice.warning(reason, message));
            case CoolingDown, Suspended, WaitingForQrScan, WaitingForCode, WaitingForPassword ->
                Optional.of(Notice.normal(now.state().name(), message));
            case LoggedOut, Limited, Banned ->
                Optional.of(Notice.warning(now.state().name(), message));
            case LoginRequired ->
                reason.equals(Reason.SessionDamaged.name())
                        ? Optional.of(Notice.warning(reason, message))
                        : Optional.of(Notice.normal(reason, message))
                                .filter(_ -> reason.equals(Reason.LoginTimedOut.name()));
        };
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(TelegramAccountStatus status) {
        return status.state() + "/" + field(status, Condition::getLastTransitionTime) + "/"
                + status.observedGeneration() + "/" + status.ledgerSequence() + "/"
                + OutageNotices.mark(status.conditions());
    }

    private static String field(TelegramAccountStatus status, java.util.function.Function<Condition, String> field) {
        return ConditionType.Ready.in(status.conditions()).map(field).orElse("");
    }
}
