package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.WholeFault.Kind;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WholePlanTest {
    private static WholePlan plan(long seed, int kills) {
        return WholePlan.draw(new SplittableRandom(seed), kills, 60);
    }

    @Test
    void everyKindHasItsTurnBeforeAnyHasItAgain() {
        int kinds = Kind.values().length;
        assertThat(plan(1, kinds).faults())
                .extracting(WholeFault::kind)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Kind.values()));
        assertThat(plan(1, 3 * kinds).faults().stream()
                        .collect(Collectors.groupingBy(WholeFault::kind, Collectors.counting()))
                        .values())
                .containsOnly(3L);
    }

    @Test
    void killsComeByCountOfCallsFromTheFirstOneOn() {
        assertThat(plan(1, 36).faults())
                .extracting(WholeFault::afterCalls)
                .isSorted()
                .startsWith(0)
                .allMatch(calls -> calls < 60);
    }

    @Test
    void theSameSeedGivesTheSamePlanAndAnotherSeedAnother() {
        assertThat(plan(7, 36)).isEqualTo(plan(7, 36)).isNotEqualTo(plan(8, 36));
    }
}
