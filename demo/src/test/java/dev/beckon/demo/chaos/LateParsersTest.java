package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.Kinds.Parser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateParsersTest {
    private static final List<Parser> PARSERS = KindsDraw.whole(
                    new SplittableRandom(1), WholeScenario.draw(new SplittableRandom(1), 5, 12))
            .parsers();

    @TempDir
    Path folder;

    private final List<Parser> applied = new ArrayList<>();
    private StepJournal journal;

    @BeforeEach
    void begin() {
        journal = new StepJournal(folder.resolve("steps.log"));
    }

    private LateParsers parsers() {
        return new LateParsers(PARSERS, 8, journal, applied::add);
    }

    private void calls(int calls) {
        for (int i = 0; i < calls; i++) {
            journal.passed("bring-own3-team3-1-z4sqp", "in-call");
        }
    }

    @Test
    void eachComesAfterSoManyCalls() throws Exception {
        calls(2);
        parsers().happen(() -> !applied.isEmpty());
        assertThat(applied).containsExactly(PARSERS.getFirst());

        applied.clear();
        calls(2);
        parsers().happen(() -> false);
        assertThat(applied).isEqualTo(PARSERS);
    }

    @Test
    void whoIsWaitedForComesAtOnceAndTheNextOneDoesNot() throws Exception {
        LateParsers parsers = parsers();
        parsers.now();
        parsers.happen(() -> !applied.isEmpty());
        assertThat(applied).containsExactly(PARSERS.getFirst());
    }

    @Test
    void whileTheApiServerIsAwayItIsTriedAgain() throws Exception {
        calls(8);
        List<Parser> tried = new ArrayList<>();
        new LateParsers(PARSERS, 8, journal, parser -> {
                    tried.add(parser);
                    if (tried.size() == 1) {
                        throw new IllegalStateException("connection refused");
                    }
                    applied.add(parser);
                })
                .happen(() -> false);
        assertThat(applied).isEqualTo(PARSERS);
        assertThat(tried).hasSize(3);
    }
}
