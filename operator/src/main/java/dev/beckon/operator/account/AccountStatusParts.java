package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatusBuilder;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** A status without some of its parts, to tell how much two of them differ. Pure. */
final class AccountStatusParts {
    private AccountStatusParts() {}

    /** The ledger's number moves all the time: that alone is no difference. */
    static TelegramAccountStatus withoutSequence(TelegramAccountStatus status) {
        return copy(status).ledgerSequence(null).build();
    }

    /** What is left differs only when something happened that a person waits for. */
    static TelegramAccountStatus withoutProgress(TelegramAccountStatus status) {
        return copy(status).usage(null).lease(null).ledgerSequence(null).build();
    }

    /** The same with other conditions. */
    static TelegramAccountStatus withConditions(TelegramAccountStatus status, List<Condition> conditions) {
        return copy(status).conditions(conditions).build();
    }

    private static TelegramAccountStatusBuilder copy(TelegramAccountStatus status) {
        return TelegramAccountStatus.builder()
                .state(status.state())
                .observedGeneration(status.observedGeneration())
                .conditions(status.conditions())
                .login(status.login())
                .refusedLogin(status.refusedLogin())
                .user(status.user())
                .usage(status.usage())
                .coolDownUntil(status.coolDownUntil())
                .lease(status.lease())
                .breaker(status.breaker())
                .lastError(status.lastError())
                .ledgerSequence(status.ledgerSequence());
    }
}
