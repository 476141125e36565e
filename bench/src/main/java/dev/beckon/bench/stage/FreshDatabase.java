package dev.beckon.bench.stage;

import dev.beckon.demo.environment.Database;
import dev.beckon.demo.environment.Ports;
import dev.beckon.demo.environment.Trees;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.schema.Migrations;
import dev.beckon.ledger.schema.Migrations.ServiceUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/** A database server with an empty ledger. */
public final class FreshDatabase implements AutoCloseable {
    private static final String WORKER = "beckon_worker";
    private static final String OPERATOR = "beckon_operator";
    private static final String GATEWAY = "beckon_gateway";

    private final Path folder;
    private final Database database;
    private final String adminPassword;
    private final String workerPassword;
    private final String operatorPassword = password();
    private final String gatewayPassword = password();

    private FreshDatabase(Path folder, Database database, String adminPassword, String workerPassword) {
        this.folder = folder;
        this.database = database;
        this.adminPassword = adminPassword;
        this.workerPassword = workerPassword;
    }

    /** Starts one; what was in the folder is forgotten, a server that still runs there included. */
    static FreshDatabase start(Path folder) {
        Database database = new Database(folder.resolve("database"), Ports.free(), password());
        database.stop();
        Trees.delete(folder);
        String admin = password();
        FreshDatabase fresh = new FreshDatabase(
                folder, new Database(folder.resolve("database"), Ports.free(), admin), admin, password());
        fresh.database.start();
        Migrations migrations = new Migrations(fresh.url(), Database.ADMIN, admin);
        migrations.migrate();
        migrations.grant(
                new ServiceUser(OPERATOR, fresh.operatorPassword), new ServiceUser(WORKER, fresh.workerPassword));
        migrations.grantGateway(new ServiceUser(GATEWAY, fresh.gatewayPassword));
        return fresh;
    }

    private static String password() {
        return UUID.randomUUID().toString();
    }

    /** For files of the benchmark. */
    public Path folder() {
        return folder;
    }

    public String url() {
        return database.url();
    }

    public String workerUser() {
        return WORKER;
    }

    public String workerPassword() {
        return workerPassword;
    }

    /** The ledger as the operator reaches it. */
    public LedgerConfig operator() {
        return new LedgerConfig(url(), OPERATOR, operatorPassword);
    }

    /** The ledger as a gateway reaches it. */
    public LedgerConfig gateway() {
        return new LedgerConfig(url(), GATEWAY, gatewayPassword);
    }

    /** The ledger as an administrator reaches it. */
    public LedgerConfig administrator() {
        return new LedgerConfig(url(), Database.ADMIN, adminPassword);
    }

    /** A connection with every right, which may load files. */
    public Connection admin() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Database.ADMIN);
        properties.setProperty("password", adminPassword);
        properties.setProperty("allowLoadLocalInfile", "true");
        return DriverManager.getConnection(database.url(), properties);
    }

    @Override
    public void close() {
        database.stop();
    }
}
