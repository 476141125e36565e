package dev.beckon.crd;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/** Collects an {@link AutopostScheduleStatus}; what is left out is absent. */
public final class AutopostScheduleStatusBuilder {
    private AutopostScheduleStatus.State state;
    private Long observedGeneration;
    private List<Condition> conditions;
    private AutopostScheduleStatus.Progress progress;
    private Instant lastPublishTime;
    private Instant nextPublishTime;
    private AutopostScheduleStatus.LastPost lastPost;
    private List<AutopostScheduleStatus.TargetOutcome> targets;
    private Long failures;
    private Long outcomeUnknown;
    private List<String> unknownPosts;
    private List<AutopostScheduleStatus.UnknownOutcome> unknownOutcomes;
    private Long missed;
    private AutopostScheduleStatus.LastMissed lastMissed;
    private Instant settledUntil;
    private Instant nextActionTime;
    private String waitingFor;
    private LastError lastError;
    private List<String> jobs;
    private String publishNow;
    private String requeueUnknown;
    private TrippedBreaker breaker;
    private Instant startTime;
    private Long ledgerSequence;

    AutopostScheduleStatusBuilder() {}

    public AutopostScheduleStatusBuilder state(AutopostScheduleStatus.State value) {
        state = value;
        return this;
    }

    public AutopostScheduleStatusBuilder observedGeneration(Long value) {
        observedGeneration = value;
        return this;
    }

    public AutopostScheduleStatusBuilder conditions(List<Condition> value) {
        conditions = value;
        return this;
    }

    public AutopostScheduleStatusBuilder progress(AutopostScheduleStatus.Progress value) {
        progress = value;
        return this;
    }

    public AutopostScheduleStatusBuilder lastPublishTime(Instant value) {
        lastPublishTime = value;
        return this;
    }

    public AutopostScheduleStatusBuilder nextPublishTime(Instant value) {
        nextPublishTime = value;
        return this;
    }

    public AutopostScheduleStatusBuilder lastPost(AutopostScheduleStatus.LastPost value) {
        lastPost = value;
        return this;
    }

    public AutopostScheduleStatusBuilder targets(List<AutopostScheduleStatus.TargetOutcome> value) {
        targets = value;
        return this;
    }

    public AutopostScheduleStatusBuilder failures(Long value) {
        failures = value;
        return this;
    }

    public AutopostScheduleStatusBuilder outcomeUnknown(Long value) {
        outcomeUnknown = value;
        return this;
    }

    public AutopostScheduleStatusBuilder unknownPosts(List<String> value) {
        unknownPosts = value;
        return this;
    }

    public AutopostScheduleStatusBuilder unknownOutcomes(List<AutopostScheduleStatus.UnknownOutcome> value) {
        unknownOutcomes = value;
        return this;
    }

    public AutopostScheduleStatusBuilder missed(Long value) {
        missed = value;
        return this;
    }

    public AutopostScheduleStatusBuilder lastMissed(AutopostScheduleStatus.LastMissed value) {
        lastMissed = value;
        return this;
    }

    public AutopostScheduleStatusBuilder settledUntil(Instant value) {
        settledUntil = value;
        return this;
    }

    public AutopostScheduleStatusBuilder nextActionTime(Instant value) {
        nextActionTime = value;
        return this;
    }

    public AutopostScheduleStatusBuilder waitingFor(String value) {
        waitingFor = value;
        return this;
    }

    public AutopostScheduleStatusBuilder lastError(LastError value) {
        lastError = value;
        return this;
    }

    public AutopostScheduleStatusBuilder jobs(List<String> value) {
        jobs = value;
        return this;
    }

    public AutopostScheduleStatusBuilder publishNow(String value) {
        publishNow = value;
        return this;
    }

    public AutopostScheduleStatusBuilder requeueUnknown(String value) {
        requeueUnknown = value;
        return this;
    }

    public AutopostScheduleStatusBuilder breaker(TrippedBreaker value) {
        breaker = value;
        return this;
    }

    public AutopostScheduleStatusBuilder startTime(Instant value) {
        startTime = value;
        return this;
    }

    public AutopostScheduleStatusBuilder ledgerSequence(Long value) {
        ledgerSequence = value;
        return this;
    }

    public AutopostScheduleStatus build() {
        return new AutopostScheduleStatus(
                state,
                observedGeneration,
                conditions,
                progress,
                lastPublishTime,
                nextPublishTime,
                lastPost,
                targets,
                failures,
                outcomeUnknown,
                unknownPosts,
                unknownOutcomes,
                missed,
                lastMissed,
                settledUntil,
                nextActionTime,
                waitingFor,
                lastError,
                jobs,
                publishNow,
                requeueUnknown,
                breaker,
                startTime,
                ledgerSequence);
    }
}
