package dev.beckon.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.workorder.ExitCode;
import dev.beckon.workorder.RunResult;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunEndTest {
    private static final Optional<WorkerPod> RUNNING = Optional.of(pod(true, false, null, null));

    @Test
    void aRunThatEndsInOrderIsCalledByItsOwnWord() {
        assertThat(RunEnd.between(RUNNING, pod(false, false, 0, RunResult.Ending.WAITING)))
                .contains(RunEnd.Waiting);
        assertThat(RunEnd.between(RUNNING, pod(false, false, 0, null))).contains(RunEnd.Untold);
    }

    @ParameterizedTest
    @EnumSource(value = ExitCode.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void anyOtherByItsExitCode(ExitCode code) {
        String word = RunEnd.between(RUNNING, pod(false, false, code.code(), null))
                .orElseThrow()
                .name();

        assertThat(word.toUpperCase(java.util.Locale.ROOT))
                .isEqualTo(code.name().replace("_", ""));
    }

    @Test
    void oneThatWasKilledOrIsLostIsToldAsThat() {
        assertThat(RunEnd.between(RUNNING, pod(false, false, 137, null))).contains(RunEnd.Killed);
        assertThat(RunEnd.between(RUNNING, pod(false, false, null, null))).contains(RunEnd.Untold);
    }

    @Test
    void anEndCountsOnceAndOnlyByWhoSawItsBeginning() {
        WorkerPod ended = pod(false, false, 0, RunResult.Ending.COMPLETED);

        assertThat(RunEnd.between(Optional.of(ended), ended)).isEmpty();
        assertThat(RunEnd.between(Optional.empty(), ended)).isEmpty();
        assertThat(RunEnd.between(Optional.of(pod(false, true, null, null)), RUNNING.orElseThrow()))
                .isEmpty();
        // A Deployment's pod lives on after its run.
        assertThat(RunEnd.between(RUNNING, pod(true, false, 0, RunResult.Ending.YIELDED)))
                .contains(RunEnd.Yielded);
    }

    private static WorkerPod pod(boolean live, boolean gated, Integer code, RunResult.Ending ending) {
        return new WorkerPod(
                "team",
                "spring-alice-1",
                "p1",
                "a1",
                "spring-alice-1",
                live,
                gated,
                Optional.ofNullable(code),
                Optional.ofNullable(ending).map(it -> new RunResult(1, it, Optional.empty(), "Word", "A sentence.")),
                Optional.empty(),
                Optional.empty());
    }
}
