package dev.beckon.demo.chaos;

import dev.beckon.demo.chaos.testbuild.StepTrap;
import dev.beckon.demo.chaos.testbuild.TestBuild;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The test build of the worker: production's class path, followed by this room's traps and preceded by its agent.
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
     * @param state where the agent's jar is written
     */
    static WorkerProgram of(
            Path lib, Path state, Path journal, String tdlib, String proxy, Optional<Protection> without) {
        List<String> words = new ArrayList<>();
        words.add(TestBuild.HURRY);
        without.map(Protection::label).ifPresent(words::add);
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new WorkerProgram(
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-javaagent:" + agentJar(state) + "=" + String.join(",", words),
                        "-cp",
                        lib + "/*:" + ownClassPath(),
                        MAIN),
                Map.of(
                        "BECKON_TDLIB_LIBRARY",
                        tdlib,
                        "BECKON_TELEGRAM_PROXY",
                        proxy,
                        StepTrap.JOURNAL,
                        journal.toString()));
    }

    List<String> command(String subcommand) {
        List<String> all = new ArrayList<>(start);
        all.add(subcommand);
        return all;
    }

    /** Where this room's classes and the library that rewrites classes lie. */
    private static String ownClassPath() {
        return location(TestBuild.class) + ":" + location(net.bytebuddy.ByteBuddy.class);
    }

    private static String location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    /** A jar that names the agent and holds nothing: its classes are on the class path. */
    private static Path agentJar(Path state) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), TestBuild.class.getName());
        Path jar = state.resolve("test-build.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream empty = new JarOutputStream(out, manifest)) {
            empty.finish();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
