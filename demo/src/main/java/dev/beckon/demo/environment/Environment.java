package dev.beckon.demo.environment;

import dev.beckon.demo.Progress;
import dev.beckon.ledger.Ledger;
import dev.beckon.ledger.LedgerConfig;
import java.nio.file.Path;
import java.time.Clock;
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

    /**
     * @param state the folder that holds everything; made when absent
     * @param world the simulator's world file
     * @param programs where the built programs lie
     */
    public Environment(Path state, Path world, Programs programs) {
        this.state = state.toAbsolutePath();
        this.world = world.toAbsolutePath();
        this.programs = programs;
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

    /** Starts everything that does not run yet and installs Beckon; may be called again after any crash. */
    public void up(Progress progress) {
        progress.step("MySQL-compatible database", database::start);
        progress.step("Redis", redis::start);
        progress.step("Telegram of our own, for real TDLib", telegram::start);
        Path images = state.resolve("images.yaml");
        progress.step("Kubernetes", () -> {
            Images.write(images, programs, telegram);
            cluster.up(images);
        });
        Installation installation = installation();
        progress.step("ledger: databases, migrations, grants", installation::migrate);
        progress.step("custom resources and operator", installation::install);
        progress.step("operator ready", installation::awaitOperator);
    }

    /** Stops everything; nothing outlives this. */
    public void down(Progress progress) {
        progress.step("Kubernetes and every pod", cluster::down);
        progress.step("Telegram", telegram::stop);
        progress.step("Redis", redis::stop);
        progress.step("database", database::stop);
    }

    /** Stops what a former run left and forgets its world, ledger and cluster. */
    public void forget() {
        cluster.purge();
        telegram.stop();
        redis.stop();
        database.stop();
        for (String part : List.of("telegram", "redis", "database", "keys.json")) {
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
                installation().keys(),
                Clock.systemUTC());
    }

    /** The world file of the Telegram simulator. */
    public Path world() {
        return world;
    }

    private Installation installation() {
        return new Installation(cluster, database, redis, settings, programs, state);
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
