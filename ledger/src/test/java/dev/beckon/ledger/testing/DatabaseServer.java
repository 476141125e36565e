package dev.beckon.ledger.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A database server as a child process. */
abstract class DatabaseServer implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    private static final int ACCESS_DENIED = 1045;

    protected final Path folder;
    protected final int port;
    private final List<String> tls;
    private Process process;

    /** @param tls its options for it; none for the server's own ways */
    DatabaseServer(Path folder, int port, List<String> tls) {
        this.folder = folder;
        this.port = port;
        this.tls = List.copyOf(tls);
    }

    /** The command that runs it in the foreground. */
    abstract List<String> command();

    /** Which server the tests are to prove something of. */
    abstract ServerVersion wanted();

    /** A folder of its own: a server that starts deletes the temporary tables of all that share one. */
    protected Path temporary() {
        try {
            return Files.createDirectories(folder.resolve("tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected List<String> tls() {
        return tls;
    }

    int port() {
        return port;
    }

    void restart() throws IOException {
        kill();
        Path log = folder.resolve("server.log");
        process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        awaitReady(log);
    }

    private void awaitReady(Path log) throws IOException {
        Instant deadline = Instant.now().plus(START_TIMEOUT);
        while (true) {
            try (Connection connection = DriverManager.getConnection(
                    "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true", "root", "")) {
                if (connection.isValid(5)) {
                    requireOurs(connection);
                    return;
                }
            } catch (SQLException e) {
                if (e.getErrorCode() == ACCESS_DENIED
                        || !process.isAlive()
                        || Instant.now().isAfter(deadline)) {
                    kill();
                    throw new IOException("the database server did not start; its log:\n" + Files.readString(log), e);
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Tests beside these may have been quicker with the port: theirs answers, and ours will end. */
    private void requireOurs(Connection connection) throws IOException, SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT @@datadir, VERSION()")) {
            answer.next();
            Path data = Path.of(answer.getString(1));
            if (!data.toRealPath().equals(folder.resolve("data").toRealPath())) {
                kill();
                throw new IOException("on port " + port + " another database server answers: run the tests again");
            }
            String version = answer.getString(2);
            if (!wanted().is(version)) {
                kill();
                throw new IOException(wanted().refusal(version));
            }
        }
    }

    void kill() {
        end(true);
    }

    @Override
    public void close() {
        end(false);
    }

    private void end(boolean forcibly) {
        if (process == null) {
            return;
        }
        try {
            if (forcibly) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void run(Path folder, List<String> command) throws IOException {
        Path log = folder.resolve("install.log");
        Process install = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (install.waitFor() != 0) {
                throw new IOException("preparing the database failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            install.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static void deleteTree(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                    Files.delete(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
