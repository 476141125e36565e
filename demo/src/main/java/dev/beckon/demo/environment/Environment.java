package dev.beckon.demo.environment;

import dev.beckon.demo.Progress;
import java.nio.file.Path;

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

    /**
     * @param state the folder that holds everything; made when absent
     * @param world the simulator's world file
     * @param programs where the built programs lie
     */
    public Environment(Path state, Path world, Programs programs) {
        this.state = state.toAbsolutePath();
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
        Installation installation = new Installation(cluster, database, redis, settings, programs, state);
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
