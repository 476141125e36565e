package dev.beckon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bench.report.Figure.Judgement;
import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void aGoalForARatioIsJudgedByTheMedianOfTheRatios() {
        Figure time = Figure.of("time", "s", Series.of(1.2, 1.3, 9)).against(Series.of(1, 1, 1));
        assertThat(time.goal(Goal.ratioAtMost(1.3)).judgement()).isEqualTo(Judgement.MET);
        assertThat(time.goal(Goal.ratioAtMost(1.29)).judgement()).isEqualTo(Judgement.MISSED);
        assertThat(time.goal(Goal.ratioAtLeast(1.3)).judgement()).isEqualTo(Judgement.MET);
        assertThat(time.goal(Goal.ratioAtLeast(1.4)).judgement()).isEqualTo(Judgement.MISSED);
    }

    @Test
    void aGoalForAValueIsJudgedByOurOwnMedian() {
        Figure memory = Figure.of("memory", "MiB", Series.of(256)).against(Series.of(1));
        assertThat(memory.goal(Goal.valueAtMost(256)).judgement()).isEqualTo(Judgement.MET);
        assertThat(memory.goal(Goal.valueAtMost(255.9)).judgement()).isEqualTo(Judgement.MISSED);
    }

    @Test
    void whatIsNoNumberMeetsNoGoal() {
        Figure broken = Figure.of("broken", "s", Series.of(Double.NaN));
        assertThat(broken.goal(Goal.valueAtMost(1)).judgement()).isEqualTo(Judgement.MISSED);
        assertThat(broken.goal(Goal.valueAtLeast(1)).judgement()).isEqualTo(Judgement.MISSED);
    }

    @Test
    void withoutAGoalNothingIsJudged() {
        assertThat(Figure.of("cpu", "%", Series.of(3)).judgement()).isEqualTo(Judgement.NO_GOAL);
    }

    @Test
    void aRatioNeedsAPeer() {
        Figure alone = Figure.of("time", "s", Series.of(1));
        assertThatThrownBy(() -> alone.goal(Goal.ratioAtMost(1))).hasMessageContaining("needs a peer");
    }
}
