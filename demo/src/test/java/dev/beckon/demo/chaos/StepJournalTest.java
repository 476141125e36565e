package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.demo.chaos.StepJournal.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepJournalTest {
    @TempDir
    Path folder;

    @Test
    void linesThatComeBetweenTwoLooksAreSeenOnce() {
        StepJournal journal = new StepJournal(folder.resolve("steps.log"));
        assertThat(journal.lines()).isEmpty();
        journal.passed("a-1", "after-claim");
        assertThat(journal.lines()).containsExactly(new Line("a-1", "after-claim", false));
        journal.fired("a-1", "after-call");
        assertThat(journal.lines())
                .containsExactly(new Line("a-1", "after-claim", false), new Line("a-1", "after-call", true));
    }

    @Test
    void callsForPostsAndCallsForPeopleAreCountedApartAtBothLevels() {
        StepJournal journal = new StepJournal(folder.resolve("steps.log"));
        for (String run : List.of("team0-publish-1", "team3-posts-29402531-x7k2p", "team3-posts-team3-2-abcde")) {
            journal.passed(run, "after-intent");
        }
        assertThat(journal.postsCutOff()).isEqualTo(3);
        assertThat(journal.callsCutOff()).isZero();

        journal.passed("bring-own3-team3-1-z4sqp", "after-intent");
        assertThat(journal.postsCutOff()).isEqualTo(3);
        assertThat(journal.callsCutOff()).isOne();
    }

    @Test
    void aLineThatIsNotWholeYetIsReadWhenItIs() throws Exception {
        Path file = folder.resolve("steps.log");
        StepJournal journal = new StepJournal(file);
        Files.writeString(file, "a-1 after-claim\na-1 aft");
        assertThat(journal.lines()).hasSize(1);
        Files.writeString(file, "er-call\n", StandardOpenOption.APPEND);
        assertThat(journal.lines()).last().isEqualTo(new Line("a-1", "after-call", false));
    }
}
