package dev.beckon.demo.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.demo.chaos.Scenario.Account;
import dev.beckon.ledger.accounts.Leases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkersTest {
    private static final Account ACCOUNT = new Account(0, "own0", "uid-0", 777_000_100, "+12025550100");

    @TempDir
    Path folder;

    @Test
    void aRunThatHasEndedLeavesNoWorkerAndStartsNone() {
        // A program that never ends by itself stands for the worker.
        WorkerProgram sleeper = new WorkerProgram(List.of("/bin/sh", "-c", "exec sleep 600"), Map.of());
        Workers workers = new Workers(
                folder,
                sleeper,
                Map.of(),
                Optional.<Leases>empty()::orElseThrow,
                new StepJournal(folder.resolve("steps.log")));
        WorkerProcess first = workers.login(ACCOUNT, "first", Optional.empty());
        workers.close();

        assertThat(first.runs()).isFalse();
        assertThatThrownBy(() -> workers.login(ACCOUNT, "late", Optional.empty()))
                .hasMessageContaining("has ended");
        assertThat(ProcessHandle.current()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("sleep")))
                .isEmpty();
    }
}
