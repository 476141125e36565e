package dev.beckon.crd;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/** Collects an {@link InviteCampaignStatus}; what is left out is absent. */
public final class InviteCampaignStatusBuilder {
    private InviteCampaignStatus.State state;
    private Long observedGeneration;
    private List<Condition> conditions;
    private InviteCampaignStatus.Progress progress;
    private List<InviteCampaignStatus.OutcomeCount> outcomes;
    private Long ratePerHour;
    private Instant estimatedCompletionTime;
    private Instant nextActionTime;
    private String waitingFor;
    private List<InviteCampaignStatus.AccountProgress> accounts;
    private LastError lastError;
    private List<InviteCampaignStatus.WorkerRef> workers;
    private String requeueUnknown;
    private String reassign;
    private TrippedBreaker breaker;
    private Instant startTime;
    private Instant completionTime;
    private Instant lastInviteTime;
    private Long ledgerSequence;

    InviteCampaignStatusBuilder() {}

    public InviteCampaignStatusBuilder state(InviteCampaignStatus.State value) {
        state = value;
        return this;
    }

    public InviteCampaignStatusBuilder observedGeneration(Long value) {
        observedGeneration = value;
        return this;
    }

    public InviteCampaignStatusBuilder conditions(List<Condition> value) {
        conditions = value;
        return this;
    }

    public InviteCampaignStatusBuilder progress(InviteCampaignStatus.Progress value) {
        progress = value;
        return this;
    }

    public InviteCampaignStatusBuilder outcomes(List<InviteCampaignStatus.OutcomeCount> value) {
        outcomes = value;
        return this;
    }

    public InviteCampaignStatusBuilder ratePerHour(Long value) {
        ratePerHour = value;
        return this;
    }

    public InviteCampaignStatusBuilder estimatedCompletionTime(Instant value) {
        estimatedCompletionTime = value;
        return this;
    }

    public InviteCampaignStatusBuilder nextActionTime(Instant value) {
        nextActionTime = value;
        return this;
    }

    public InviteCampaignStatusBuilder waitingFor(String value) {
        waitingFor = value;
        return this;
    }

    public InviteCampaignStatusBuilder accounts(List<InviteCampaignStatus.AccountProgress> value) {
        accounts = value;
        return this;
    }

    public InviteCampaignStatusBuilder lastError(LastError value) {
        lastError = value;
        return this;
    }

    public InviteCampaignStatusBuilder workers(List<InviteCampaignStatus.WorkerRef> value) {
        workers = value;
        return this;
    }

    public InviteCampaignStatusBuilder requeueUnknown(String value) {
        requeueUnknown = value;
        return this;
    }

    public InviteCampaignStatusBuilder reassign(String value) {
        reassign = value;
        return this;
    }

    public InviteCampaignStatusBuilder breaker(TrippedBreaker value) {
        breaker = value;
        return this;
    }

    public InviteCampaignStatusBuilder startTime(Instant value) {
        startTime = value;
        return this;
    }

    public InviteCampaignStatusBuilder completionTime(Instant value) {
        completionTime = value;
        return this;
    }

    public InviteCampaignStatusBuilder lastInviteTime(Instant value) {
        lastInviteTime = value;
        return this;
    }

    public InviteCampaignStatusBuilder ledgerSequence(Long value) {
        ledgerSequence = value;
        return this;
    }

    public InviteCampaignStatus build() {
        return new InviteCampaignStatus(
                state,
                observedGeneration,
                conditions,
                progress,
                outcomes,
                ratePerHour,
                estimatedCompletionTime,
                nextActionTime,
                waitingFor,
                accounts,
                lastError,
                workers,
                requeueUnknown,
                reassign,
                breaker,
                startTime,
                completionTime,
                lastInviteTime,
                ledgerSequence);
    }
}
