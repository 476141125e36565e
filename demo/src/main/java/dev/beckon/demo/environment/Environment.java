package dev.beckon.demo.environment;

import dev.beckon.demo.Progress;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import dev.beckon.ledger.keys.LedgerKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A whole Beckon on this machine: database, Redis, Telegram simulator and Kubernetes, with Beckon installed. Its parts are
 * processes of their own that outlive this JVM; {@link #down} finds them by what the state folder remembers.
 */
public final class Environment {
    private final Settings settings;
    private final Database database;
    private final Redis redis;
    private final SimulatorProcess telegram;
    private final Cluster cluster;
    private final Programs programs;
    private final Path state;
    private final Path world;
    private final Variant variant;

    /**
     * @param state the folder that holds everything; made when absent
     * @param world the simulator's world file
     * @param programs where the built programs lie
     */
    public Environment(Path state, Path world, Programs programs) {
        this(state, world, programs, Variant.NONE);
    }

    /** The same, with something of a test's own in it. */
    public Environment(Path state, Path world, Programs programs, Variant variant) {
        this.state = state.toAbsolutePath();
        this.world = world.toAbsolutePath();
        this.programs = programs;
        this.variant = variant;
        this.settings = Settings.of(this.state);
        this.database = new Database(this.state.resolve("database"), settings.databasePort(), settings.adminPassword());
        this.redis = new Redis(this.state.resolve("redis"), settings.redisPort());
        this.telegram = new SimulatorProcess(
                this.state.resolve("telegram"),
                world.toAbsolutePath(),
                settings.dataCentrePort(),
                settings.truthPort());
        this.cluster = new Cluster(programs.localCluster(), this.state.resolve("cluster"));
    }

    /**
     * Whether {@link #up} can work at all; nothing is started.
     *
     * @throws RuntimeException with a sentence when the world file is wrong, or another than the environment was begun with, or
     *     when somebody else listens on a port that one of its servers needs
     */
    public void check() {
        telegram.checkWorld();
        if (database.process().isEmpty()) {
            Settings.checkPort(state, "databasePort", settings.databasePort());
        }
        if (!redis.runs()) {
            Settings.checkPort(state, "redisPort", settings.redisPort());
        }
        if (!telegram.runs()) {
            Settings.checkPort(state, "dataCentrePort", settings.dataCentrePort());
            Settings.checkPort(state, "truthPort", settings.truthPort());
        }
    }

    /** Starts everything that does not run yet and installs Beckon; may be called again after any crash. */
    public void up(Progress progress) {
        progress.step("MySQL-compatible database", database::start);
        progress.step("Redis", redis::start);
        progress.step("Telegram of our own, for real TDLib", telegram::start);
        Path images = state.resolve("images.yaml");
        progress.step("Kubernetes", () -> {
            Images.write(
                    images,
                    programs,
                    variant.worker()
                            .map(image -> image.program(telegram))
                            .orElseGet(() -> Images.released(programs, telegram)));
            cluster.up(images);
        });
        Installation installation = installation();
        progress.step("ledger: databases, migrations, grants", installation::migrate);
        progress.step("custom resources and operator", installation::install);
        progress.step("operator ready", this::awaitOperator);
    }

    /**
     * Starts the gateway, too.
     *
     * @return where it listens
     */
    public String openGateway(Progress progress) {
        progress.step("gateway ready", installation()::installGateway);
        return gatewayAddress();
    }

    /**
     * Where the gateway listens now.
     *
     * @throws IllegalStateException when no pod of it runs, or Kubernetes does not answer
     */
    public String gatewayAddress() {
        return installation().gatewayAddress();
    }

    /** Until every replica of the operator is ready. */
    public void awaitOperator() {
        installation().awaitOperator();
    }

    /** Whether a folder holds an environment, running or not. */
    public static boolean isIn(Path state) {
        return Files.exists(Settings.in(state));
    }

    /** Whether any of its servers or its cluster runs, whoever started it. */
    public boolean runs() {
        return database.process().isPresent() || redis.runs() || telegram.runs() || cluster.runs();
    }

    /** Stops everything; nothing outlives this. What can't be stopped does not keep the rest running. */
    public void down(Progress progress) {
        List<RuntimeException> failures = new ArrayList<>();
        stop(progress, "Kubernetes and every pod", cluster::down, failures);
        stop(progress, "Telegram", telegram::stop, failures);
        stop(progress, "Redis", redis::stop, failures);
        stop(progress, "database", database::stop, failures);
        if (!failures.isEmpty()) {
            RuntimeException first = failures.getFirst();
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void stop(Progress progress, String part, Runnable stop, List<RuntimeException> failures) {
        try {
            progress.step(part, stop);
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    /** Stops what a former run left and forgets its world, ledger and cluster. */
    public void forget() {
        cluster.purge();
        telegram.stop();
        redis.stop();
        database.stop();
        new DatabaseFiles(state.resolve("database")).remove();
        for (String part : List.of("telegram", "redis", "keys.json")) {
            Trees.delete(state.resolve(part));
        }
    }

    /** The world file with which an environment was begun, if it was. */
    public static Optional<Path> worldOf(Path state) {
        return SimulatorProcess.worldOf(state.toAbsolutePath().resolve("telegram"));
    }

    /** The ledger as a worker sees it: with the keys, so that a run can be judged person by person. */
    public Ledger ledger() {
        return Ledger.open(
                new LedgerConfig(database.url(), Installation.WORKER_USER, settings.workerPassword()),
                keys(),
                Clock.systemUTC());
    }

    /** The keys of the ledger. */
    public LedgerKeys keys() {
        return installation().keys();
    }

    /** The logs of the database and Redis. What Telegram of our own prints is Telegram's. */
    public List<Path> serverLogs() {
        return List.of(database.log(), redis.log());
    }

    /** A connection to the database with every right; to be closed. */
    public Connection admin() throws SQLException {
        return DriverManager.getConnection(database.url(), Database.ADMIN, settings.adminPassword());
    }

    /** The world file of the Telegram simulator. */
    public Path world() {
        return world;
    }

    private Installation installation() {
        return new Installation(cluster, database, redis, settings, programs, variant.operatorSettings(), state);
    }

    public Cluster cluster() {
        return cluster;
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
}
