package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminationTest {
    private static Termination after(Duration took, int exitCode, boolean opened, boolean saved) {
        return new Termination("team1-own1-3", took, exitCode, opened, saved);
    }

    @Test
    void aWorkerThatSavesItsSessionInTimeDidRight() {
        assertThat(after(Duration.ofSeconds(8), 0, true, true).wrong()).isEmpty();
    }

    @Test
    void whoTakesLongerThanTheCallInFlightMayDidWrong() {
        assertThat(after(Duration.ofSeconds(33), 0, true, true).wrong())
                .contains("team1-own1-3 ended 33 s after its SIGTERM");
    }

    @Test
    void anOrderlyEndWithoutASavedSessionIsWrongAndAnInterruptedOneIsNot() {
        assertThat(after(Duration.ofSeconds(1), 0, true, false).wrong()).isPresent();
        assertThat(after(Duration.ofSeconds(1), 0, false, false).wrong()).isEmpty();
        assertThat(after(Duration.ofSeconds(1), 137, true, false).wrong()).isEmpty();
    }
}
