package dev.beckon.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
    private static final Machine MACHINE =
            new Machine("Some CPU", 2, 24_576, "6.1", Map.of("Java", "25", "Kubernetes", "1.35.4"), "abc1234+");
    private static final Figure MET = Figure.of("people per second", "/s", Series.of(60, 66, 70))
            .against(Series.of(20, 22, 21))
            .goal(Goal.ratioAtLeast(1), "never shown");
    private static final Figure MISSED = Figure.of("operator start", "s", Series.of(2.5))
            .against(Series.of(5))
            .goal(Goal.valueAtMost(1.5), "classes are loaded.");
    private static final Figure INFORMS = Figure.of("statements", "/min", Series.of(1234));

    private static Result result(String name, Figure... figures) {
        return result(3, name, figures);
    }

    private static Result result(double othersPercent, String name, Figure... figures) {
        return new Result(
                name,
                "Title of " + name,
                "What is measured.",
                "The peer.",
                List.of(figures),
                List.of("A note."),
                Instant.parse("2026-11-25T09:50:00Z"),
                61.4,
                othersPercent,
                MACHINE);
    }

    @Test
    void eachFigureIsARowWithMedianSpreadRatioAndGoal() {
        String page = Page.markdown(List.of(result("people", MET, INFORMS)));
        assertThat(page)
                .contains(
                        "| people per second | 66.0 (60.0–70.0) /s | 21.0 (20.0–22.0) /s | 3.00 (3.00–3.33)× | ≥ 1.00× | met |")
                .contains("| statements | 1,234 /min | – | – | – | – |");
    }

    @Test
    void aMissedGoalIsCalledMissedInTheTableAndInItsParagraphWithTheReason() {
        String page = Page.markdown(List.of(result("start", MISSED)));
        assertThat(page)
                .contains("| operator start | 2.50 s | 5.00 s | 0.50× | ≤ 1.50 s | **missed** |")
                .contains("goal ≤ 1.50 s, **missed**. Why: classes are loaded.");
    }

    @Test
    void theReasonIsNotShownWhenTheGoalIsMet() {
        assertThat(Page.markdown(List.of(result("people", MET)))).doesNotContain("never shown", "Why:", "missed**");
    }

    @Test
    void aMissedGoalWithoutAReasonSaysThatItIsNotKnown() {
        Figure unexplained = Figure.of("x", "s", Series.of(2)).goal(Goal.valueAtMost(1));
        assertThat(Page.markdown(List.of(result("x", unexplained)))).contains("Why: not known yet.");
    }

    @Test
    void machineVersionsCommandDateCommitAndLoadAreTold() {
        assertThat(Page.markdown(List.of(result("people", MET))))
                .contains("2 cores (Some CPU), 24 GiB, Linux 6.1")
                .contains("Java 25, Kubernetes 1.35.4")
                .contains(
                        "`make bench ONLY=people` at 2026-11-25 09:50 UTC, commit abc1234+, took 61 s; others used 3 % of the processors just before.")
                .contains("## Title of people\n\nWhat is measured.\n\n**Peer:** The peer.")
                .contains("- A note.");
    }

    @Test
    void aMachineThatOthersUsedIsTold() {
        assertThat(Page.markdown(List.of(result(21, "people", MET)))).contains("A busy machine");
        assertThat(Page.markdown(List.of(result(20, "people", MET)))).doesNotContain("A busy machine");
    }

    @Test
    void theTerminalsTableIsAlignedAndSaysMissedInPlainWords() {
        assertThat(Page.table(List.of(MISSED, INFORMS))).isEqualTo("""
                WHAT            BECKON      PEER    RATIO  GOAL
                operator start  2.50 s      5.00 s  0.50×  ≤ 1.50 s  missed
                statements      1,234 /min  –       –      –         –
                """);
    }

    @Test
    void resultsAreKeptWithAllTheirRoundsAndTheLastOneCounts(@TempDir Path folder) {
        Store store = new Store(folder.resolve("new"));
        store.keep(result("people", MISSED));
        store.keep(result("people", MET));
        store.keep(result("start", MISSED, INFORMS));
        assertThat(store.of(List.of("start", "never-measured", "people")))
                .containsExactly(result("start", MISSED, INFORMS), result("people", MET));
    }
}
