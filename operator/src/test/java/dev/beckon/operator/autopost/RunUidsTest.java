package dev.beckon.operator.autopost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.HumanRequests;
import dev.beckon.workorder.PublishOrder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunUidsTest {
    private static final String UID = "55555555-5555-5555-5555-555555555555";

    @Test
    void aPlainWordIsKnownByItself() {
        assertThat(RunUids.now(UID, HumanRequests.word("monday-2"))).isEqualTo(UID + "-now-monday-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "2026-11-23T12:00:00Z",
                "ünïcode",
                "a/b",
                "'; DROP TABLE run; --",
                "0123456789012345678901234567890123456789012345678901234567890123456789"
            })
    void anyOtherValueIsKnownByItsDigestAndFitsTheLedger(String value) {
        String run = RunUids.now(UID, HumanRequests.word(value));

        assertThat(run).matches("[A-Za-z0-9._-]+").hasSizeLessThanOrEqualTo(PublishOrder.LONGEST_RUN_UID);
        assertThat(HumanRequests.word(value))
                .isEqualTo(HumanRequests.word(value))
                .isNotEqualTo(HumanRequests.word(value + "x"));
    }

    @Test
    void aRunThatMakesUpForOthersTellsTheTimeOfTheLast() {
        Instant missed = Instant.parse("2026-11-23T09:00:00Z");

        assertThat(RunUids.missed(UID, RunUids.late(UID, missed))).contains(missed);
    }

    @Test
    void noOtherRunIsTakenForOneThatMakesUp() {
        assertThat(RunUids.missed(UID, RunUids.now(UID, "-late-1"))).isEmpty();
        assertThat(RunUids.missed(UID, "another-schedule-late-1763888400")).isEmpty();
        assertThat(RunUids.missed(UID, UID + "-late-yesterday")).isEmpty();
        assertThat(RunUids.missed(UID, "job-uid")).isEmpty();
    }
}
