package dev.beckon.demo.environment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real MariaDB server. {@link DatabaseFiles} brings and installs it; the server itself is our own child process, so that it can be
 * killed and started again on the same data.
 */
public final class Database {
    /** The user who may make databases and users. */
    public static final String ADMIN = "beckon_admin";

    private final Path state;
    private final DatabaseFiles files;
    private final int port;
    private final String adminPassword;
    private final Reach reach;
    private final ProcessRecord process;

    /** @param adminPassword of the user {@link #ADMIN}, who may make databases and users */
    public Database(Path state, int port, String adminPassword) {
        this(state, port, adminPassword, Reach.THIS_MACHINE);
    }

    /** The same, for whoever reaches it from elsewhere. */
    Database(Path state, int port, String adminPassword, Reach reach) {
        this.state = state;
        this.files = new DatabaseFiles(state);
        this.port = port;
        this.adminPassword = adminPassword;
        this.reach = reach;
        this.process = new ProcessRecord(state.resolve("pid"));
    }

    public String url() {
        return "jdbc:mysql://127.0.0.1:" + port + "/";
    }

    /** As {@link Reach#address} leads there. */
    String urlFromElsewhere() {
        return "jdbc:mysql://" + reach.address() + ":" + port + "/";
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

    /**
     * Brings programs and empty data without starting anything, unless that was done before.
     *
     * @return a folder with {@code base} and {@code data}
     */
    public Path install() {
        files.install();
        return state;
    }

    public void stop() {
        process.stop(Duration.ofSeconds(20));
    }

    public void kill() {
        process.kill();
    }

    private ProcessHandle launch() {
        files.install();
        Path administrator = state.resolve("administrator.sql");
        Secrets.write(
                administrator,
                "DROP USER IF EXISTS ''@'localhost';\n"
                        + "CREATE OR REPLACE USER '" + ADMIN + "'@'%' IDENTIFIED BY '" + adminPassword + "';\n"
                        + "GRANT ALL ON *.* TO '" + ADMIN + "'@'%' WITH GRANT OPTION;\n");
        List<String> command = new ArrayList<>(List.of(
                files.programs().resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + files.programs(),
                "--datadir=" + files.data(),
                "--tmpdir=" + files.temporary(),
                "--user=" + System.getProperty("user.name"),
                "--port=" + port,
                "--bind-address=" + String.join(",", reach.listening()),
                // In the data folder, where the server works: a socket's whole path may have
                // 107 bytes, fewer than many a state folder's.
                "--socket=s",
                "--init-file=" + administrator,
                "--skip-ssl",
                "--character-set-server=utf8mb4"));
        if (!reach.equals(Reach.THIS_MACHINE)) {
            // Who comes from elsewhere has no name here, and to ask for it takes seconds.
            command.add("--skip-name-resolve");
        }
        return Background.start(command, log(), process);
    }

    Path log() {
        return state.resolve("mariadb.log");
    }
}
