package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.testbuild.StepTrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One worker process, started as a pod's container would be. */
final class WorkerProcess implements AutoCloseable {
    private static final int SIGNALLED = 128;

    private final Process process;
    private final String run;
    private final WorkerFolder folder;

    private WorkerProcess(Process process, String run, WorkerFolder folder) {
        this.process = process;
        this.run = run;
        this.folder = folder;
    }

    /**
     * Starts one.
     *
     * @param run its name in the journal, unique
     * @param command {@code login}, {@code invite}, {@code parse} or {@code publish}
     */
    static WorkerProcess start(
            WorkerProgram program,
            String run,
            String command,
            WorkerFolder folder,
            Optional<Sabotage> sabotage,
            Path log) {
        try {
            ProcessBuilder builder = new ProcessBuilder(program.command(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(program.environment());
            builder.environment().put("BECKON_ROOT", folder.root().toString());
            builder.environment().put("POD_NAME", run);
            builder.environment().put("POD_UID", run);
            builder.environment().put(StepTrap.RUN, run);
            builder.environment().put(StepTrap.FOR_ANYBODY, meets(folder).toString());
            sabotage.ifPresent(s -> builder.environment().put(StepTrap.SABOTAGE, s.encoded()));
            return new WorkerProcess(builder.start(), run, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("a worker can't be started", e);
        }
    }

    String run() {
        return run;
    }

    WorkerFolder folder() {
        return folder;
    }

    boolean runs() {
        return process.isAlive();
    }

    /** Has something happen to it that was not planned when it started. */
    void meets(Sabotage sabotage) {
        try {
            Path whole = Files.writeString(folder.root().resolve("sabotage.part"), sabotage.encoded());
            Files.move(whole, meets(folder), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path meets(WorkerFolder folder) {
        return folder.root().resolve("sabotage");
    }

    /** Waits for its end, for at most as long as given; answers whether it ended. */
    boolean ends(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether a signal ended it: ours, or its watchdog's. */
    boolean killed() {
        return exitCode() > SIGNALLED;
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Wakes it if it is stopped. */
    void wake() throws InterruptedException {
        if (process.isAlive()) {
            try {
                new ProcessBuilder(List.of("kill", "-CONT", String.valueOf(process.pid())))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** SIGTERM, if it still runs. */
    void terminate() {
        process.destroy();
    }

    /** Kills it, stopped or not. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
