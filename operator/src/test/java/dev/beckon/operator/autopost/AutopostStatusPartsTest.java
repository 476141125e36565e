package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.AutopostScheduleStatus;
import dev.beckon.crd.AutopostScheduleStatus.Outcome;
import dev.beckon.crd.AutopostScheduleStatus.TargetOutcome;
import dev.beckon.crd.AutopostScheduleStatus.UnknownOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutopostStatusPartsTest {
    private static AutopostScheduleStatus status(Outcome outcome, String unknownIn) {
        return AutopostScheduleStatus.builder()
                .targets(List.of(new TargetOutcome("@first", outcome, null, null, null)))
                .unknownPosts(List.of("one"))
                .unknownOutcomes(List.of(new UnknownOutcome("one", 1, List.of(unknownIn))))
                .ledgerSequence(7L)
                .build();
    }

    /** A post goes from target to target while it is published: each step of that is no write of its own. */
    @Test
    void aTargetsOutcomeIsADifferenceThatMayWait() {
        AutopostScheduleStatus before = status(Outcome.Pending, "@second");
        AutopostScheduleStatus now = status(Outcome.InFlight, "@second");
        assertThat(AutopostStatusParts.withoutSequence(now)).isNotEqualTo(AutopostStatusParts.withoutSequence(before));
        assertThat(AutopostStatusParts.withoutProgress(now)).isEqualTo(AutopostStatusParts.withoutProgress(before));
    }

    @Test
    void aChatInWhichAPostMayOrMayNotBeIsToldAtOnce() {
        AutopostScheduleStatus before = status(Outcome.Pending, "@second");
        AutopostScheduleStatus now = status(Outcome.Pending, "@third");
        assertThat(AutopostStatusParts.withoutProgress(now)).isNotEqualTo(AutopostStatusParts.withoutProgress(before));
    }
}
