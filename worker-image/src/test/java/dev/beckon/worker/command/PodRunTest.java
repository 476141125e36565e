package dev.beckon.worker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.worker.Ending;
import dev.beckon.worker.StopSignal;
import dev.beckon.worker.settings.MountedFiles;
import dev.beckon.workorder.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodRunTest {
    @TempDir
    private Path pod;

    @Test
    void aPodIsGoodForOneRunHoweverOftenItsContainerIsStarted() {
        MountedFiles files = new MountedFiles(pod);

        assertThat(PodRun.begins(files)).isTrue();
        assertThat(PodRun.begins(files)).isFalse();
        assertThat(PodRun.begins(new MountedFiles(pod))).isFalse();
    }

    @Test
    void aSecondStartLastsUntilItIsAskedToStop() throws Exception {
        StopSignal stop = new StopSignal();
        CompletableFuture<Ending> over = CompletableFuture.supplyAsync(() -> PodRun.over(stop));
        assertThat(over).isNotDone();

        stop.raise();

        assertThat(over.get(10, TimeUnit.SECONDS).exit()).isEqualTo(ExitCode.OK);
    }
}
