package dev.beckon.crd;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/** Collects a {@link TelegramAccountStatus}; what is left out is absent. */
public final class TelegramAccountStatusBuilder {
    private TelegramAccountStatus.State state;
    private Long observedGeneration;
    private List<Condition> conditions;
    private TelegramAccountStatus.Login login;
    private TelegramAccountStatus.RefusedLogin refusedLogin;
    private TelegramAccountStatus.User user;
    private TelegramAccountStatus.Usage usage;
    private Instant coolDownUntil;
    private TelegramAccountStatus.Lease lease;
    private TrippedBreaker breaker;
    private LastError lastError;
    private Long ledgerSequence;

    TelegramAccountStatusBuilder() {}

    public TelegramAccountStatusBuilder state(TelegramAccountStatus.State value) {
        state = value;
        return this;
    }

    public TelegramAccountStatusBuilder observedGeneration(Long value) {
        observedGeneration = value;
        return this;
    }

    public TelegramAccountStatusBuilder conditions(List<Condition> value) {
        conditions = value;
        return this;
    }

    public TelegramAccountStatusBuilder login(TelegramAccountStatus.Login value) {
        login = value;
        return this;
    }

    public TelegramAccountStatusBuilder refusedLogin(TelegramAccountStatus.RefusedLogin value) {
        refusedLogin = value;
        return this;
    }

    public TelegramAccountStatusBuilder user(TelegramAccountStatus.User value) {
        user = value;
        return this;
    }

    public TelegramAccountStatusBuilder usage(TelegramAccountStatus.Usage value) {
        usage = value;
        return this;
    }

    public TelegramAccountStatusBuilder coolDownUntil(Instant value) {
        coolDownUntil = value;
        return this;
    }

    public TelegramAccountStatusBuilder lease(TelegramAccountStatus.Lease value) {
        lease = value;
        return this;
    }

    public TelegramAccountStatusBuilder breaker(TrippedBreaker value) {
        breaker = value;
        return this;
    }

    public TelegramAccountStatusBuilder lastError(LastError value) {
        lastError = value;
        return this;
    }

    public TelegramAccountStatusBuilder ledgerSequence(Long value) {
        ledgerSequence = value;
        return this;
    }

    public TelegramAccountStatus build() {
        return new TelegramAccountStatus(
                state,
                observedGeneration,
                conditions,
                login,
                refusedLogin,
                user,
                usage,
                coolDownUntil,
                lease,
                breaker,
                lastError,
                ledgerSequence);
    }
}
