package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedRunTest {
    private final AtomicInteger stops = new AtomicInteger();

    @TempDir
    private Path folder;

    private Path state;

    @BeforeEach
    void began() throws IOException {
        state = Files.createDirectories(folder.resolve("whole"));
        Files.writeString(state.resolve("steps.log"), "first");
        RedRun.begin(state);
    }

    @Test
    void whatANotGreenRunLeftIsStoppedAndItsFolderPutAside() {
        RedRun.keep(state, stops::incrementAndGet);

        assertThat(stops).hasValue(1);
        assertThat(state).doesNotExist();
        assertThat(RedRun.kept(state).resolve("steps.log")).hasContent("first");
    }

    @Test
    void aGreenRunsFolderIsUsedAgain() {
        RedRun.forget(state);

        RedRun.keep(state, stops::incrementAndGet);

        assertThat(stops).hasValue(0);
        assertThat(state.resolve("steps.log")).exists();
    }

    @Test
    void theNewestIsKept() throws IOException {
        RedRun.keep(state, stops::incrementAndGet);
        Files.createDirectories(state);
        Files.writeString(state.resolve("steps.log"), "second");
        RedRun.begin(state);

        RedRun.keep(state, stops::incrementAndGet);

        assertThat(RedRun.kept(state).resolve("steps.log")).hasContent("second");
    }
}
