package dev.beckon.ledger.testing;

import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.StewardLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.schema.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A database server on a free port of the loopback interface with the ledger's schema and users. Which one is told by the
 * system property {@code beckon.test.database}: {@code mariadb} (default) or {@code mysql}.
 */
public final class TestDatabase implements AutoCloseable {
    public static final String OPERATOR_PASSWORD = "operator's \"secret\" \\ one";
    public static final String WORKER_PASSWORD = "worker's secret";
    public static final String STEWARD_PASSWORD = "steward's secret";
    public static final String GATEWAY_PASSWORD = "gateway's secret";
    public static final String EXPORTER_PASSWORD = "exporter's secret";
    /** Short, so that tests of takeovers are. */
    public static final Duration LEASE_MARGIN = Duration.ofMillis(300);

    private static TestDatabase shared;

    private final DatabaseServer server;

    private TestDatabase(DatabaseServer server) {
        this.server = server;
    }

    /** A running server with users and an empty ledger, its files in the folder. */
    public static TestDatabase start(Path folder) throws IOException {
        return start(folder, List.of());
    }

    /** The same; besides, it speaks TLS with a certificate of that authority for its name {@code localhost}, not for its address. */
    public static TestDatabase start(Path folder, TestAuthority authority) throws IOException {
        TestAuthority.Identity server = authority.identity("server", "dns:localhost");
        return start(
                folder,
                List.of(
                        "--ssl-ca=" + authority.certificate(),
                        "--ssl-cert=" + server.certificate(),
                        "--ssl-key=" + server.key()));
    }

    private static TestDatabase start(Path folder, List<String> tls) throws IOException {
        DatabaseServer server = switch (System.getProperty("beckon.test.database", "mariadb")) {
            case "mariadb" -> MariaDbServer.start(folder, tls);
            case "mysql" -> MySqlServer.start(folder, tls);
            default -> throw new IllegalArgumentException("beckon.test.database is mariadb or mysql");
        };
        TestDatabase database = new TestDatabase(server);
        try {
            database.migrate();
        } catch (RuntimeException e) {
            // Nobody has the server yet who could stop it, and every next test would start another.
            database.close();
            throw e;
        }
        return database;
    }

    /** One server for all tests of this JVM, stopped at its end. Tests keep apart by using uids of their own. */
    public static synchronized TestDatabase shared() {
        if (shared == null) {
            try {
                Path folder = java.nio.file.Files.createTempDirectory("beckon-ledger-");
                shared = start(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    shared.close();
                    DatabaseServer.deleteTree(folder);
                }));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** Tables, users and grants; may be repeated. */
    public void migrate() {
        Migrations migrations = new Migrations(jdbcUrl(), "root", "");
        migrations.migrate();
        migrations.grant(
                new Migrations.ServiceUser("beckon_operator", OPERATOR_PASSWORD),
                new Migrations.ServiceUser("beckon_worker", WORKER_PASSWORD));
        migrations.grantSteward(new Migrations.ServiceUser("beckon_steward", STEWARD_PASSWORD));
        migrations.grantGateway(new Migrations.ServiceUser("beckon_gateway", GATEWAY_PASSWORD));
        migrations.grantExporter(new Migrations.ServiceUser("beckon_exporter", EXPORTER_PASSWORD));
    }

    public int port() {
        return server.port();
    }

    /** Which server it has to be; one that is not does not start. */
    ServerVersion wanted() {
        return server.wanted();
    }

    /** For users and for Secrets. */
    public String jdbcUrl() {
        return urlOf(server.port());
    }

    /** The same by another way, such as a proxy that a test breaks. */
    public static String urlOf(int port) {
        return "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    public LedgerConfig workerConfig() {
        return new LedgerConfig(jdbcUrl(), "beckon_worker", WORKER_PASSWORD).withLeaseMargin(LEASE_MARGIN);
    }

    public LedgerConfig operatorConfig() {
        return new LedgerConfig(jdbcUrl(), "beckon_operator", OPERATOR_PASSWORD).withLeaseMargin(LEASE_MARGIN);
    }

    /** A ledger with the worker's rights. */
    public Ledger ledger(LedgerKeys keys, InstantSource clock) {
        return Ledger.open(workerConfig(), keys, clock);
    }

    /** A ledger with the operator's rights. */
    public OperatorLedger operatorLedger(InstantSource clock) {
        return OperatorLedger.open(operatorConfig(), clock);
    }

    /** A ledger with a steward's rights. */
    public StewardLedger stewardLedger(LedgerKeys keys, InstantSource clock) {
        return StewardLedger.open(new LedgerConfig(jdbcUrl(), "beckon_steward", STEWARD_PASSWORD), keys, clock);
    }

    public LedgerConfig gatewayConfig() {
        return new LedgerConfig(jdbcUrl(), "beckon_gateway", GATEWAY_PASSWORD);
    }

    /** A ledger with a gateway's rights. */
    public GatewayLedger gatewayLedger(LedgerKeys keys, InstantSource clock) {
        return GatewayLedger.open(gatewayConfig(), keys, clock);
    }

    /** A connection with every right. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "root", "");
    }

    /** Runs statements with every right. */
    public void execute(String... statements) {
        try (Connection connection = admin();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server as a crash does. */
    public void kill() {
        server.kill();
    }

    /** Starts it again on the same port and files. */
    public void restart() throws IOException {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
