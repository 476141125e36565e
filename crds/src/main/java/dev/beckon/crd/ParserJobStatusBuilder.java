package dev.beckon.crd;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;

/** Collects a {@link ParserJobStatus}; what is left out is absent. */
public final class ParserJobStatusBuilder {
    private ParserJobStatus.State state;
    private Long observedGeneration;
    private List<Condition> conditions;
    private ParserJobStatus.Progress progress;
    private ParserJobStatus.Dataset dataset;
    private Instant nextActionTime;
    private String waitingFor;
    private Instant lastScheduleTime;
    private Instant nextScheduleTime;
    private LastError lastError;
    private List<String> jobs;
    private TrippedBreaker breaker;
    private Instant startTime;
    private Instant completionTime;
    private Long ledgerSequence;

    ParserJobStatusBuilder() {}

    public ParserJobStatusBuilder state(ParserJobStatus.State value) {
        state = value;
        return this;
    }

    public ParserJobStatusBuilder observedGeneration(Long value) {
        observedGeneration = value;
        return this;
    }

    public ParserJobStatusBuilder conditions(List<Condition> value) {
        conditions = value;
        return this;
    }

    public ParserJobStatusBuilder progress(ParserJobStatus.Progress value) {
        progress = value;
        return this;
    }

    public ParserJobStatusBuilder dataset(ParserJobStatus.Dataset value) {
        dataset = value;
        return this;
    }

    public ParserJobStatusBuilder nextActionTime(Instant value) {
        nextActionTime = value;
        return this;
    }

    public ParserJobStatusBuilder waitingFor(String value) {
        waitingFor = value;
        return this;
    }

    public ParserJobStatusBuilder lastScheduleTime(Instant value) {
        lastScheduleTime = value;
        return this;
    }

    public ParserJobStatusBuilder nextScheduleTime(Instant value) {
        nextScheduleTime = value;
        return this;
    }

    public ParserJobStatusBuilder lastError(LastError value) {
        lastError = value;
        return this;
    }

    public ParserJobStatusBuilder jobs(List<String> value) {
        jobs = value;
        return this;
    }

    public ParserJobStatusBuilder breaker(TrippedBreaker value) {
        breaker = value;
        return this;
    }

    public ParserJobStatusBuilder startTime(Instant value) {
        startTime = value;
        return this;
    }

    public ParserJobStatusBuilder completionTime(Instant value) {
        completionTime = value;
        return this;
    }

    public ParserJobStatusBuilder ledgerSequence(Long value) {
        ledgerSequence = value;
        return this;
    }

    public ParserJobStatus build() {
        return new ParserJobStatus(
                state,
                observedGeneration,
                conditions,
                progress,
                dataset,
                nextActionTime,
                waitingFor,
                lastScheduleTime,
                nextScheduleTime,
                lastError,
                jobs,
                breaker,
                startTime,
                completionTime,
                ledgerSequence);
    }
}
