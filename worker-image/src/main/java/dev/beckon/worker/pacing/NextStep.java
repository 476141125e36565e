package dev.beckon.worker.pacing;

import java.time.Duration;
import java.time.Instant;

/** What a worker does until its next act: nothing, sleep in the pod, or give the pod back. */
public sealed interface NextStep {
    /** Act now. */
    record Act() implements NextStep {}

    /** Wait here; short enough to keep the pod. */
    record Sleep(Instant until, WaitingFor why) implements NextStep {}

    /** Save, release and end; someone else starts a worker at that time. */
    record Hibernate(Instant resumeAt, WaitingFor why) implements NextStep {}

    /**
     * Decides between sleeping and hibernating.
     *
     * @param earliest when the next act may be, as everything that binds allows
     */
    static NextStep at(Instant now, Wait earliest, Duration hibernateAfter) {
        Duration left = Duration.between(now, earliest.until());
        if (!left.isPositive()) {
            return new Act();
        }
        return left.compareTo(hibernateAfter) > 0
                ? new Hibernate(earliest.until(), earliest.why())
                : new Sleep(earliest.until(), earliest.why());
    }
}
