package dev.beckon.worker.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The worker as it is built, {@code target/worker}; or, to be trained, as it is in its image. */
final class Distribution {
    static final Path HOME =
            Path.of(System.getProperty("beckon.start.home", "target/worker")).toAbsolutePath();
    static final Path CACHE = HOME.resolve("worker.aot");
    /** In an image only: the options with a class path that is relative to {@link #HOME}. */
    private static final Path START = HOME.resolve("start.options");

    private static final Path CLASSES = Path.of("target/classes");

    /** Where {@code ScriptedTrap} and its entry for the service loader are. */
    private static final Path TRAPS = Path.of("target/test-classes");

    private Distribution() {}

    /** The command of a worker, but for its subcommand: as in its image, with its recorded start if that is of this build. Hundreds are started. */
    static List<String> command() {
        return command(recorded());
    }

    /**
     * The same with other options of the JVM.
     *
     * @param options none of which is added by itself
     */
    static List<String> command(List<String> options) {
        return onClassPath(HOME + "/lib/*", options);
    }

    /** The same worker with what tests do at kill points. */
    static List<String> commandWithTraps() {
        return onClassPath(HOME + "/lib/*" + File.pathSeparator + TRAPS, List.of());
    }

    /** Nothing if it was not recorded, or of something older than what is there now: the JVM would complain of it. */
    private static List<String> recorded() {
        try (Stream<Path> lib = Files.list(HOME.resolve("lib"))) {
            FileTime recorded = Files.getLastModifiedTime(CACHE);
            for (Path part :
                    Stream.concat(lib, Stream.of(HOME.resolve("jvm.options"))).toList()) {
                if (Files.getLastModifiedTime(part).compareTo(recorded) > 0) {
                    return List.of();
                }
            }
            return List.of("-XX:AOTCache=" + CACHE);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a worker has to be started; empty when that does not matter. */
    static Optional<Path> directory() {
        return Files.exists(START) ? Optional.of(HOME) : Optional.empty();
    }

    private static List<String> onClassPath(String classPath, List<String> options) {
        if (Files.exists(START)) {
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(options);
            command.addAll(List.of("@" + START, "dev.beckon.worker.Worker"));
            return command;
        }
        List<String> command = new ArrayList<>(List.of(java(), "@" + HOME.resolve("jvm.options")));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, "dev.beckon.worker.Worker"));
        return command;
    }

    static String java() {
        return System.getProperty(
                "beckon.start.java", ProcessHandle.current().info().command().orElseThrow());
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
