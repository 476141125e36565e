package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.operator.TestSettings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.RunHistory.Sequel;
import dev.beckon.operator.worker.WorkerRun.Phase;
import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import dev.beckon.workorder.RunResult.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What could not use its input: when a changed input is taken up, and whether it is tried again without a change that is seen. */
class RunHistoryTest {
    private static final Instant ENDED = Instant.parse("2026-11-23T12:00:00Z");

    private final RunHistory history = new RunHistory(TestSettings.defaults());

    private Sequel.Fault fault(int failures, ExitCode code, String word) {
        WorkerRun run = new WorkerRun(
                "team",
                "spring-alice-1",
                "job",
                "invite",
                "alice",
                "account",
                Optional.empty(),
                1,
                "",
                failures,
                "",
                Phase.FAILED,
                ENDED.minusSeconds(30),
                Optional.of(ENDED),
                "",
                Optional.empty());
        RunResult result = new RunResult(1, Ending.FAULT, Optional.empty(), word, "What to mend.");
        WorkerPod pod = new WorkerPod(
                "team",
                "p1",
                "p1",
                "account",
                "spring-alice-1",
                false,
                false,
                Optional.of(code.code()),
                Optional.of(result),
                Optional.empty(),
                Optional.empty());
        return (Sequel.Fault) history.after(run, Optional.of(pod));
    }

    @ParameterizedTest
    @CsvSource({"0, PT10S", "1, PT20S", "5, PT5M20S", "6, PT10M", "500, PT10M"})
    void anInputThatIsWrittenAllTheTimeIsTriedLessAndLessOften(int failures, Duration wait) {
        Sequel.Fault fault = fault(failures, ExitCode.BAD_INPUT, "CredentialsMissing");

        assertThat(fault.failures()).isEqualTo(failures + 1);
        assertThat(fault.onWrite()).contains(ENDED.plus(wait));
    }

    @Test
    void anInputIsTriedAgainOnlyWhenItIsWritten() {
        Sequel.Fault fault = fault(0, ExitCode.BAD_INPUT, "CredentialsMissing");

        assertThat(fault.again()).isEmpty();
        assertThat(fault.awaitsWrite(ENDED.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void whatMayBeASettingOfTheInstallationIsTriedAgainInAnyCase() {
        Sequel.Fault fault = fault(0, ExitCode.BAD_INPUT, "BadInput");

        assertThat(fault.reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(fault.again()).contains(ENDED.plus(Duration.ofMinutes(10)));
        assertThat(fault.awaitsWrite(ENDED.plus(Duration.ofMinutes(9)))).isTrue();
        assertThat(fault.awaitsWrite(ENDED.plus(Duration.ofMinutes(10)))).isFalse();
    }

    @Test
    void aFaultOfTheCampaignWaitsForNoWrite() {
        Sequel.Fault fault = fault(3, ExitCode.CAMPAIGN_FAULT, "ChatNotFound");

        assertThat(fault.failures()).isZero();
        assertThat(fault.onWrite()).isEmpty();
        assertThat(fault.again()).contains(ENDED.plus(Duration.ofMinutes(10)));
    }
}
