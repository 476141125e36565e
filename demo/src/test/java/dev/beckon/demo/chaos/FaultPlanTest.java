package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Sabotage.Kind;
import dev.beckon.worker.KillPoint;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final List<String> STEPS =
            Arrays.stream(KillPoint.values()).map(KillPoint::label).toList();

    private static FaultPlan plan(long seed) {
        return FaultPlan.draw(new SplittableRandom(seed), STEPS, 6, 20, 60);
    }

    @Test
    void everyNamedStepGetsItsKill() {
        assertThat(plan(1).byAccount().stream().flatMap(List::stream).map(Sabotage::step))
                .containsAll(STEPS);
    }

    @Test
    void asManyWorkersAndServersAreKilledAtRandomAsAskedFor() {
        FaultPlan named = FaultPlan.draw(new SplittableRandom(1), STEPS, 6, 0, 60);
        FaultPlan plan = FaultPlan.draw(new SplittableRandom(1), STEPS, 6, 100, 60);
        assertThat(plan.count(Kind.KILL)
                        - named.count(Kind.KILL)
                        + plan.servers().size())
                .isEqualTo(100);
        assertThat(plan.count(Kind.TERM)).isPositive();
        assertThat(plan.count(Kind.FREEZE)).isPositive();
        assertThat(plan.count(Kind.TWIN)).isPositive();
    }

    @Test
    void whatHappensAtAWorkersEndKeepsNothingElseFromHappening() {
        assertThat(plan(1).byAccount().get(1)).last().extracting(Sabotage::step).isEqualTo("after-save");
    }

    @Test
    void theSameSeedGivesTheSamePlanAndAnotherSeedAnother() {
        assertThat(plan(7)).isEqualTo(plan(7)).isNotEqualTo(plan(8));
    }

    @Test
    void aSabotageReachesTheWorkerAsItWasDrawn() {
        Sabotage drawn = plan(3).byAccount().getFirst().getLast();
        assertThat(Sabotage.decoded(drawn.encoded())).contains(drawn);
    }
}
