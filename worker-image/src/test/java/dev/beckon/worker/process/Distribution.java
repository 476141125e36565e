package dev.beckon.worker.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The worker as it is built: {@code target/worker}. */
final class Distribution {
    static final Path HOME = Path.of("target/worker").toAbsolutePath();
    static final Path CACHE = HOME.resolve("worker.aot");
    private static final Path CLASSES = Path.of("target/classes");

    /** Where {@code ScriptedTrap} and its entry for the service loader are. */
    private static final Path TRAPS = Path.of("target/test-classes");

    private Distribution() {}

    /**
     * The command of a worker, but for its subcommand.
     *
     * @param more options of the JVM
     */
    static List<String> command(String... more) {
        return onClassPath(HOME + "/lib/*", more);
    }

    /** The same worker with what tests do at kill points. */
    static List<String> commandWithTraps() {
        return onClassPath(HOME + "/lib/*" + File.pathSeparator + TRAPS);
    }

    private static List<String> onClassPath(String classPath, String... more) {
        List<String> command = new ArrayList<>(List.of(java(), "@" + HOME.resolve("jvm.options")));
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", classPath, "dev.beckon.worker.Worker"));
        return command;
    }

    static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    /** @throws IllegalStateException when it is missing, or of other classes than those of this build */
    static void require() {
        try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
            Path jar = jars.filter(path -> path.getFileName().toString().startsWith("beckon-worker-"))
                    .findFirst()
                    .orElseThrow(Distribution::missing);
            try (ZipFile built = new ZipFile(jar.toFile());
                    Stream<Path> classes = Files.walk(CLASSES)) {
                for (Path file : classes.filter(Files::isRegularFile).toList()) {
                    if (!isIn(built, file)) {
                        throw new IllegalStateException(file + " is not what " + jar + " holds: run `make build`");
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw missing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(ZipFile jar, Path file) throws IOException {
        ZipEntry entry = jar.getEntry(CLASSES.relativize(file).toString());
        if (entry == null) {
            return false;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return Arrays.equals(in.readAllBytes(), Files.readAllBytes(file));
        }
    }

    private static IllegalStateException missing() {
        return new IllegalStateException("There is no built worker at " + HOME + ": run `make build`");
    }
}
