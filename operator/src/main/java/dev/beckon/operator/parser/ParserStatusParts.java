package dev.beckon.operator.parser;

import dev.beckon.crd.ParserJobStatus;
import dev.beckon.crd.ParserJobStatusBuilder;

/** A status without some of its parts, to tell how much two of them differ. Pure. */
final class ParserStatusParts {
    private ParserStatusParts() {}

    /** The ledger's number moves all the time: that alone is no difference. */
    static ParserJobStatus withoutSequence(ParserJobStatus status) {
        return copy(status).ledgerSequence(null).build();
    }

    /** What is left differs only when something happened that a person waits for. */
    static ParserJobStatus withoutProgress(ParserJobStatus status) {
        return copy(status).progress(null).lastError(null).ledgerSequence(null).build();
    }

    private static ParserJobStatusBuilder copy(ParserJobStatus status) {
        return ParserJobStatus.builder()
                .state(status.state())
                .observedGeneration(status.observedGeneration())
                .conditions(status.conditions())
                .progress(status.progress())
                .dataset(status.dataset())
                .nextActionTime(status.nextActionTime())
                .waitingFor(status.waitingFor())
                .lastScheduleTime(status.lastScheduleTime())
                .nextScheduleTime(status.nextScheduleTime())
                .lastError(status.lastError())
                .jobs(status.jobs())
                .breaker(status.breaker())
                .startTime(status.startTime())
                .completionTime(status.completionTime())
                .ledgerSequence(status.ledgerSequence());
    }
}
