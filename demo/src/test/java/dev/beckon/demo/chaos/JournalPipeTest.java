package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPipeTest {
    @TempDir
    Path folder;

    @Test
    void whatAPodWritesIntoThePipeStandsInTheJournal() throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        StepJournal journal = new StepJournal(folder.resolve("steps.log"));
        try (JournalPipe pipe =
                new JournalPipe(folder.resolve("steps"), folder.resolve("steps.log"), fired::countDown)) {
            StepJournal pod = new StepJournal(folder.resolve("steps"));
            pod.passed("bring-own0-team0-1-abcde", "in-call");
            pod.fired("bring-own0-team0-1-abcde", "after-call");

            assertThat(fired.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(pipe).isNotNull();
        }
        assertThat(journal.calls()).isEqualTo(1);
        assertThat(journal.firedSteps()).containsExactly("after-call");
        assertThat(journal.campaignHas("own0", "in-call")).isTrue();
    }
}
