package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.event.Notice;
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
        condition(now, ConditionType.LastAction)
                .filter(it -> !condition(before, ConditionType.LastAction)
                        .map(Condition::getMessage)
                        .equals(Optional.ofNullable(it.getMessage())))
                .map(it -> new Notice("False".equals(it.getStatus()), it.getReason(), it.getMessage()))
                .ifPresent(notices::add);
        String reason = field(now, Condition::getReason);
        if (now.state() != before.state() || !Objects.equals(reason, field(before, Condition::getReason))) {
            arrived(now, reason).ifPresent(notices::add);
        }
        return notices;
    }

    private static Optional<Notice> arrived(TelegramAccountStatus now, String reason) {
        String message = field(now, Condition::getMessage);
        boolean stalled = condition(now, ConditionType.Stalled)
                .filter(it -> "True".equals(it.getStatus()))
                .isPresent();
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
            case LoginRequired -> Optional.empty();
        };
    }

    /** Marks a state, for the name of the event that tells of its end. */
    static String mark(TelegramAccountStatus status) {
        return status.state() + "/" + field(status, Condition::getLastTransitionTime) + "/"
                + status.observedGeneration() + "/" + status.ledgerSequence();
    }

    private static String field(TelegramAccountStatus status, java.util.function.Function<Condition, String> field) {
        return condition(status, ConditionType.Ready).map(field).orElse("");
    }

    private static Optional<Condition> condition(TelegramAccountStatus status, ConditionType type) {
        return status.conditions().stream()
                .filter(it -> type.name().equals(it.getType()))
                .findFirst();
    }
}
