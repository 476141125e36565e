package dev.beckon.operator.autopost;

import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.Labels;
import dev.beckon.operator.HumanRequests;
import dev.beckon.operator.condition.ConditionType;
import dev.beckon.operator.condition.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;

/** The word by which a person asks for a post now: as it stands on the schedule, and what the status remembers to have told of it. Pure. */
final class PublishNowWord {
    private PublishNowWord() {}

    /** As the ledger knows it. */
    static Optional<String> word(AutopostObserved observed) {
        return value(observed).map(HumanRequests::word);
    }

    /** As it was written. */
    static Optional<String> value(AutopostObserved observed) {
        return Optional.ofNullable(observed.schedule().getMetadata().getAnnotations())
                .map(it -> it.get(Labels.PUBLISH_NOW))
                .filter(it -> !it.isBlank());
    }

    /**
     * Whether the person was told that the word of this run is refused. Then nothing is published for it any more, though the pod that said why
     * goes before its Job, and posts that are mended would have a worker try again.
     */
    static boolean wasRefused(AutopostObserved observed, String run) {
        String word = observed.before().publishNow();
        if (word == null || !RunUids.now(observed.scene().uid(), word).equals(run)) {
            return false;
        }
        // A value that is no plain word is told as it was written.
        String value = value(observed)
                .filter(it -> HumanRequests.word(it).equals(word))
                .orElse(word);
        return isTold(observed.before(), Reason.AnnotationRefused, value);
    }

    /** Whether that is the last thing told of this value. */
    static boolean isTold(AutopostScheduleStatus before, Reason what, String value) {
        return ConditionType.LastAction.in(before.conditions())
                .filter(it -> what.name().equals(it.getReason()))
                .map(Condition::getMessage)
                .filter(it -> it.startsWith(Labels.PUBLISH_NOW + "=" + value + ": "))
                .isPresent();
    }
}
