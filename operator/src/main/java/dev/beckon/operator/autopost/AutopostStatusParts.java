package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatusBuilder;

/** A status without some of its parts, to tell how much two of them differ. Pure. */
final class AutopostStatusParts {
    private AutopostStatusParts() {}

    /** The ledger's number moves all the time: that alone is no difference. */
    static AutopostScheduleStatus withoutSequence(AutopostScheduleStatus status) {
        return copy(status).ledgerSequence(null).build();
    }

    /** What is left differs only when something happened that a person waits for. */
    static AutopostScheduleStatus withoutProgress(AutopostScheduleStatus status) {
        return copy(status)
                .progress(null)
                .targets(null)
                .lastError(null)
                .settledUntil(null)
                .ledgerSequence(null)
                .build();
    }

    private static AutopostScheduleStatusBuilder copy(AutopostScheduleStatus status) {
        return AutopostScheduleStatus.builder()
                .state(status.state())
                .observedGeneration(status.observedGeneration())
                .conditions(status.conditions())
                .progress(status.progress())
                .lastPublishTime(status.lastPublishTime())
                .nextPublishTime(status.nextPublishTime())
                .lastPost(status.lastPost())
                .targets(status.targets())
                .failures(status.failures())
                .outcomeUnknown(status.outcomeUnknown())
                .unknownPosts(status.unknownPosts())
                .unknownOutcomes(status.unknownOutcomes())
                .missed(status.missed())
                .lastMissed(status.lastMissed())
                .settledUntil(status.settledUntil())
                .nextActionTime(status.nextActionTime())
                .waitingFor(status.waitingFor())
                .lastError(status.lastError())
                .jobs(status.jobs())
                .publishNow(status.publishNow())
                .requeueUnknown(status.requeueUnknown())
                .breaker(status.breaker())
                .startTime(status.startTime())
                .ledgerSequence(status.ledgerSequence());
    }
}
