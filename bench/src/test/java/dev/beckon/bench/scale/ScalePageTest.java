package dev.beckon.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bench.report.Json;
import dev.beckon.bench.report.Machine;
import dev.beckon.bench.report.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalePageTest {
    private static final Machine MACHINE =
            new Machine("Some CPU", 2, 24_576, "6.1", Map.of("Java", "25", "kwok", "0.8.0"), "abc1234");

    private static Step step(int size, double resident, double quiet) {
        return new Step(
                size,
                500,
                new Step.Schedules(33, new TreeMap<>(Map.of("create cronjobs", 1.0))),
                new Step.Launch(Series.of(44, 46, 41)),
                new Step.Lives(
                        4, 9.25, new TreeMap<>(Map.of("create jobs", 1.1, "get secrets", 0.001)), 6, 48, 0.2, 1.5, 60),
                new Step.Rest(0, 30, 4, 1.2),
                new Step.Restart(3, quiet, 21),
                new Step.Memory(resident, resident + 4, size / 50.0, resident - 10),
                120);
    }

    private static ScaleResult result(Step... steps) {
        return new ScaleResult(List.of(steps), Instant.parse("2026-11-27T22:50:00Z"), 1_800, 3, MACHINE);
    }

    @Test
    void eachSizeIsAColumnAndAGoalMustBeMetAtEach() {
        String page = ScalePage.markdown(result(step(500, 180, 5), step(1_000, 270, 8)));

        assertThat(page)
                .contains("| campaigns, schedules and accounts, each | 500 | 1,000 | goal | |")
                .contains("| operator memory at rest (RSS) | 180 MiB | 270 MiB | ≤ 256 MiB | **missed** |")
                .contains("| campaigns with a Job per second | 44.0 /s | 44.0 /s | ≥ 40 /s | met |")
                .contains("| API requests per minute at rest | 0 | 0 | ≤ 0 | met |")
                .contains("- operator memory at rest (RSS). Why: what is cached")
                .doesNotContain("- restart until all is quiet. Why");
    }

    @Test
    void whatHardlyHappensIsNoKindOfRequest() {
        assertThat(ScalePage.markdown(result(step(500, 180, 5))))
                .contains("For each campaign: 1.10 create jobs.")
                .contains("In all for a restart: 21.");
    }

    @Test
    void thePageSaysWhatTheLineWouldComeTo() {
        assertThat(ScalePage.markdown(result(step(500, 180, 5), step(1_000, 190, 6))))
                .contains("the heap grows by 20.0 MiB for each 1,000 campaigns")
                .contains("50,000 would take a heap of about 1,000 MiB, and 104 s until all is quiet");
    }

    @Test
    void aResultIsKeptAsItIs(@TempDir Path folder) {
        ScaleResult result = result(step(500, 180, 5), step(1_000, 270, 8));
        Json.write(folder.resolve("scale.json"), result);

        ScaleResult read = Json.read(folder.resolve("scale.json"), ScaleResult.class);

        assertThat(ScalePage.markdown(read)).isEqualTo(ScalePage.markdown(result));
        assertThat(ScalePage.picture(read)).isEqualTo(ScalePage.picture(result));
    }

    @Test
    void ofTenCampaignsSevenAreDoneAndOneOfTheseInTwoRuns() {
        List<Fate> fates = IntStream.rangeClosed(1, 10).mapToObj(Fate::of).toList();

        assertThat(fates).filteredOn(it -> it == Fate.SUCCEEDS).hasSize(6);
        assertThat(fates).filteredOn(it -> it == Fate.DIES_ONCE).hasSize(1);
        assertThat(fates).filteredOn(it -> it == Fate.WAITS).hasSize(3);
    }
}
