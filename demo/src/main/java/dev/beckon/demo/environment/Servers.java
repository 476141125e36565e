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
import java.util.HashMap;
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
        this(state, world, Reach.THIS_MACHINE);
    }

    /**
     * The same, for pods with a network of their own.
     *
     * @param address of this machine, as those pods reach it
     */
    public Servers(Path state, Path world, String address) {
        this(state, world, new Reach(address));
    }

    private Servers(Path state, Path world, Reach reach) {
        this.settings = Settings.of(state);
        this.database =
                new Database(state.resolve("database"), settings.databasePort(), settings.adminPassword(), reach);
        this.redis = new Redis(state.resolve("redis"), settings.redisPort(), reach);
        this.telegram = new SimulatorProcess(
                state.resolve("telegram"), world, settings.dataCentrePort(), settings.truthPort(), reach);
    }

    /** Starts them. */
    public void up(Progress progress) {
        start(progress);
        progress.step("ledger: databases, migrations, grants", this::migrate);
    }

    /** Starts them with a database that is empty, for somebody else's migration. */
    public void start(Progress progress) {
        progress.step("MySQL-compatible database", database::start);
        progress.step("Redis", redis::start);
        progress.step("Telegram of our own, for real TDLib", telegram::start);
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
        return secret(
                Installation.WORKER_USER,
                settings.workerPassword(),
                Map.of("keys.json", keys.toJson(), "redis-url", redis.urlFromElsewhere()));
    }

    /** Likewise {@code beckon-operator}. */
    public Map<String, String> operatorSecret() {
        return secret(
                Installation.OPERATOR_USER, settings.operatorPassword(), Map.of("redis-url", redis.urlFromElsewhere()));
    }

    /** Likewise {@code beckon-steward}. */
    public Map<String, String> stewardSecret() {
        return secret(Installation.STEWARD_USER, settings.stewardPassword(), Map.of("keys.json", keys.toJson()));
    }

    /** Likewise {@code beckon-gateway}. */
    public Map<String, String> gatewaySecret() {
        return secret(
                Installation.GATEWAY_USER,
                settings.gatewayPassword(),
                Map.of("keys.json", keys.toJson(), "redis-url", redis.urlFromElsewhere()));
    }

    /** Likewise {@code beckon-bootstrap}, whose Job makes the users of the others. */
    public Map<String, String> bootstrapSecret() {
        return secret(Database.ADMIN, settings.adminPassword(), Map.of("worker-password", settings.workerPassword()));
    }

    private Map<String, String> secret(String username, String password, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("jdbc-url", database.urlFromElsewhere());
        all.put("username", username);
        all.put("password", password);
        return Map.copyOf(all);
    }

    /** Where Redis listens. */
    public int redisPort() {
        return settings.redisPort();
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
