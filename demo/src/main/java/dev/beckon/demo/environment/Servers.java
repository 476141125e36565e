package dev.beckon.demo.environment;

import dev.beckon.demo.Progress;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.OperatorLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.schema.Migrations;
import dev.beckon.ledger.schema.Migrations.ServiceUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What a worker needs and no more: a migrated ledger, Redis, and Telegram of our own; no Kubernetes. */
public final class Servers {
    private final Settings settings;
    private final Database database;
    private final Redis redis;
    private final SimulatorProcess telegram;
    private final LedgerKeys keys = LedgerKeys.generate();

    /**
     * @param state the folder that holds them; made when absent
     * @param world the simulator's world file
     */
    public Servers(Path state, Path world) {
        this.settings = Settings.of(state);
        this.database = new Database(state.resolve("database"), settings.databasePort(), settings.adminPassword());
        this.redis = new Redis(state.resolve("redis"), settings.redisPort());
        this.telegram =
                new SimulatorProcess(state.resolve("telegram"), world, settings.dataCentrePort(), settings.truthPort());
    }

    /** Starts them. */
    public void up(Progress progress) {
        progress.step("MySQL-compatible database", database::start);
        progress.step("Redis", redis::start);
        progress.step("Telegram of our own, for real TDLib", telegram::start);
        progress.step("ledger: databases, migrations, grants", this::migrate);
    }

    /** Stops them; nothing outlives this. */
    public void down() {
        telegram.stop();
        redis.stop();
        database.stop();
    }

    private void migrate() {
        Migrations migrations = new Migrations(database.url(), Database.ADMIN, settings.adminPassword());
        migrations.migrate();
        migrations.grant(
                new ServiceUser(Installation.OPERATOR_USER, settings.operatorPassword()),
                new ServiceUser(Installation.WORKER_USER, settings.workerPassword()));
        migrations.grantGateway(new ServiceUser(Installation.GATEWAY_USER, settings.gatewayPassword()));
    }

    /** A connection to the database with every right; to be closed. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(database.url(), Database.ADMIN, settings.adminPassword());
    }

    /** The keys of the ledger. */
    public LedgerKeys keys() {
        return keys;
    }

    /** The logs of the database and Redis. */
    public List<Path> logs() {
        return List.of(database.log(), redis.log());
    }

    /** Of {@link Database#ADMIN}. */
    public String adminPassword() {
        return settings.adminPassword();
    }

    public Database database() {
        return database;
    }

    public Redis redis() {
        return redis;
    }

    public SimulatorProcess telegram() {
        return telegram;
    }

    /** What the Secret {@code beckon-worker} of a namespace would hold. */
    public Map<String, String> workerSecret() {
        return Map.of(
                "jdbc-url", database.url(),
                "username", Installation.WORKER_USER,
                "password", settings.workerPassword(),
                "keys.json", keys.toJson(),
                "redis-url", redis.url());
    }

    /** The ledger as a gateway sees it; to be closed. */
    public GatewayLedger gatewayLedger() {
        return GatewayLedger.open(
                new LedgerConfig(database.url(), Installation.GATEWAY_USER, settings.gatewayPassword()),
                keys,
                InstantSource.system());
    }

    /** The ledger as an operator sees it; to be closed. */
    public OperatorLedger operatorLedger() {
        return OperatorLedger.open(
                new LedgerConfig(database.url(), Installation.OPERATOR_USER, settings.operatorPassword()),
                InstantSource.system());
    }

    /** The ledger as a worker sees it; to be closed. */
    public Ledger ledger() {
        return Ledger.open(
                new LedgerConfig(database.url(), Installation.WORKER_USER, settings.workerPassword()),
                keys,
                InstantSource.system());
    }
}
