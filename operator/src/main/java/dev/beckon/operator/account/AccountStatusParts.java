package dev.beckon.operator.account;

import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatusBuilder;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.condition.Verdict;
import dev.beckon.operator.ledger.Outage;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** Parts of a status: what is left without some of them, to tell how much two differ, and what stays in an outage. Pure. */
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

    /** What it told to acknowledge was acknowledged. */
    static TelegramAccountStatus withoutBreaker(TelegramAccountStatus status) {
        return copy(status).breaker(null).build();
    }

    /** The same with other conditions. */
    static TelegramAccountStatus withConditions(TelegramAccountStatus status, List<Condition> conditions) {
        return copy(status).conditions(conditions).build();
    }

    /** While the ledger is away. What waits for a person waits for one still, and is told beside the outage. */
    static Verdict blind(AccountObserved observed, AccountCourse.Blind course) {
        TelegramAccountStatus before = observed.before();
        Verdict away = Verdict.underWay(ConditionType.Ready, Reason.LedgerUnavailable, course.why());
        Outage.Told told = new Outage.Told(before.conditions(), before.observedGeneration(), null, null);
        return ConditionType.Stalled.isTrueIn(before.conditions())
                ? Outage.tell(told, observed.account().getMetadata().getGeneration(), observed.now(), () -> away)
                        .conditions()
                : away;
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
