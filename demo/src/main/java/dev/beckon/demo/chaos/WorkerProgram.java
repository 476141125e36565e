package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.testbuild.StepTrap;
import dev.beckon.demo.chaos.testbuild.TestBuild;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The test build of the worker: production's class path, preceded by the rewritten classes and this room's traps.
 *
 * @param start how to start it, but for the last word
 * @param environment variables of every process of it
 */
record WorkerProgram(List<String> start, Map<String, String> environment) {
    private static final String MAIN = "dev.beckon.worker.Worker";

    /**
     * The test build.
     *
     * @param lib the folder of the worker's own class path
     * @param state where the jar of the rewritten classes is written
     */
    static WorkerProgram of(
            Path lib, Path state, Path journal, String tdlib, String proxy, Optional<Protection> without) {
        Path rewritten = rewritten(state);
        TestBuild.write(rewritten, without);
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new WorkerProgram(
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        rewritten + ":" + lib + "/*",
                        MAIN),
                Map.of(
                        "BECKON_TDLIB_LIBRARY",
                        tdlib,
                        "BECKON_TELEGRAM_PROXY",
                        proxy,
                        StepTrap.JOURNAL,
                        journal.toString()));
    }

    /** The jar of the rewritten classes. */
    static Path rewritten(Path state) {
        return state.resolve("test-build.jar");
    }

    List<String> command(String subcommand) {
        List<String> all = new ArrayList<>(start);
        all.add(subcommand);
        return all;
    }

    /** The same, keeping the classes it loads in a file as it ends: the next ones start in half the time. */
    WorkerProgram keepingClasses(Path archive) {
        return with("-XX:ArchiveClassesAtExit=" + archive);
    }

    /** The same, with classes that one before it kept; without them if it did not. */
    WorkerProgram withClasses(Path archive) {
        return with("-XX:SharedArchiveFile=" + archive);
    }

    private WorkerProgram with(String option) {
        List<String> all = new ArrayList<>(start);
        all.addAll(1, List.of(option, "-Xlog:disable"));
        return new WorkerProgram(List.copyOf(all), environment);
    }
}
