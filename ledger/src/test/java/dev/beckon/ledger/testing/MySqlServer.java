package dev.beckon.ledger.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real MySQL server, unpacked by {@code src/test/scripts/mysql.sh} into the machine's cache. */
final class MySqlServer extends DatabaseServer {
    private final Path home;

    private MySqlServer(Path folder, int port, Path home, List<String> tls) {
        super(folder, port, tls);
        this.home = home;
    }

    static MySqlServer start(Path folder, List<String> tls) throws IOException {
        MySqlServer server = new MySqlServer(Files.createDirectories(folder), freePort(), unpacked(), tls);
        if (!Files.exists(folder.resolve("data"))) {
            List<String> install = new ArrayList<>(server.command());
            install.add("--initialize-insecure");
            run(folder, install);
        }
        server.restart();
        return server;
    }

    private static Path unpacked() throws IOException {
        Path script = Files.createTempFile("mysql", ".sh");
        try (var in = MySqlServer.class.getResourceAsStream("/mysql.sh")) {
            Files.write(script, in.readAllBytes());
            Process process = new ProcessBuilder("bash", script.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("mysql.sh failed; what it said stands above");
            }
            return Path.of(output.strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(script);
        }
    }

    @Override
    ServerVersion wanted() {
        return ServerVersion.MYSQL_9;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("mysqld.sh").toString(),
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + temporary(),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--mysqlx=OFF",
                // The kernel has only so many slots for it, and a machine that runs many tests has none to spare.
                "--innodb-use-native-aio=OFF",
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--local-infile=ON",
                "--skip-log-bin"));
        command.addAll(tls());
        if (isRoot()) {
            command.add("--user=root");
        }
        return command;
    }
}
