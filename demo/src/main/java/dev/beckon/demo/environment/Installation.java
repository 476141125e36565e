package dev.beckon.demo.environment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.schema.Migrations;
import dev.beckon.ledger.schema.Migrations.ServiceUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Installs Beckon into the cluster as its README says: ledger, custom resources, operator, and a namespace to work in. */
final class Installation {
    static final String NAMESPACE = "beckon-system";
    static final String OPERATOR_USER = "beckon_operator";
    static final String WORKER_USER = "beckon_worker";
    static final String STEWARD_USER = "beckon_steward";
    static final String GATEWAY_USER = "beckon_gateway";

    private final Cluster cluster;
    private final Database database;
    private final Redis redis;
    private final Settings settings;
    private final Programs programs;
    private final Map<String, String> operatorSettings;
    private final Path keys;

    Installation(
            Cluster cluster,
            Database database,
            Redis redis,
            Settings settings,
            Programs programs,
            Map<String, String> operatorSettings,
            Path state) {
        this.cluster = cluster;
        this.database = database;
        this.redis = redis;
        this.settings = settings;
        this.programs = programs;
        this.operatorSettings = operatorSettings;
        this.keys = state.resolve("keys.json");
    }

    /** Databases, tables, users and their grants. */
    void migrate() {
        Migrations migrations = new Migrations(database.url(), Database.ADMIN, settings.adminPassword());
        migrations.migrate();
        migrations.grant(
                new ServiceUser(OPERATOR_USER, settings.operatorPassword()),
                new ServiceUser(WORKER_USER, settings.workerPassword()));
        migrations.grantSteward(new ServiceUser(STEWARD_USER, settings.stewardPassword()));
        migrations.grantGateway(new ServiceUser(GATEWAY_USER, settings.gatewayPassword()));
    }

    void install() {
        applyAll(programs.crds(), UnaryOperator.identity());
        cluster.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}");
        secret(
                NAMESPACE,
                "beckon-operator",
                Map.of(
                        "jdbc-url", database.url(),
                        "username", OPERATOR_USER,
                        "password", settings.operatorPassword(),
                        "redis-url", redis.url()));
        secret(
                "default",
                "beckon-worker",
                Map.of(
                        "jdbc-url", database.url(),
                        "username", WORKER_USER,
                        "password", settings.workerPassword(),
                        "keys.json", keys().toJson(),
                        "redis-url", redis.url()));
        secret(
                NAMESPACE,
                "beckon-steward",
                Map.of(
                        "jdbc-url", database.url(),
                        "username", STEWARD_USER,
                        "password", settings.stewardPassword(),
                        "keys.json", keys().toJson()));
        applyAll(
                programs.manifests(),
                manifest -> Deployments.replacedWith(servers(), Deployments.with(operatorSettings, manifest)));
    }

    /** The gateway, one replica of it: this is one machine. */
    void installGateway() {
        secret(
                NAMESPACE,
                "beckon-gateway",
                Map.of(
                        "jdbc-url", database.url(),
                        "username", GATEWAY_USER,
                        "password", settings.gatewayPassword(),
                        "keys.json", keys().toJson(),
                        "redis-url", redis.url()));
        applyAll(
                programs.gatewayManifests(),
                manifest -> Deployments.replacedWith(servers(), Deployments.ofOneReplica(manifest)));
        cluster.kubectl("rollout", "status", "deployment/beckon-gateway", "-n", NAMESPACE, "--timeout=120s");
    }

    /** What pods have to be started with. */
    private String servers() {
        return database.url() + " " + redis.url();
    }

    /** Where it listens: the pod that stays, not one which is being replaced. */
    String gatewayAddress() {
        String pods = cluster.kubectl(
                "get",
                "pods",
                "-n",
                NAMESPACE,
                "-l",
                "app.kubernetes.io/name=beckon-gateway",
                "--field-selector=status.phase=Running",
                "-o",
                "jsonpath={range .items[*]}{.metadata.deletionTimestamp},{.status.podIP}{\"\\n\"}{end}");
        return pods.lines()
                .filter(pod -> pod.startsWith(","))
                .findFirst()
                .map(pod -> "http://" + pod.substring(1) + ":8080")
                .orElseThrow(() -> new IllegalStateException("no pod of the gateway runs:\n" + pods));
    }

    void awaitOperator() {
        cluster.kubectl("rollout", "status", "deployment/beckon-operator", "-n", NAMESPACE, "--timeout=120s");
        // What kubectl remembers of the API is from before there were custom resources; `explain` would go by that.
        cluster.kubectl("api-resources", "--api-group=beckon.dev");
    }

    /** The ledger's keys, made once: with other keys nobody in the ledger is found again. */
    LedgerKeys keys() {
        try {
            if (!Files.exists(keys)) {
                Secrets.write(keys, LedgerKeys.generate().toJson());
            }
            return LedgerKeys.fromJson(Files.readString(keys));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void applyAll(Path folder, UnaryOperator<String> edit) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                cluster.apply(edit.apply(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void secret(String namespace, String name, Map<String, String> data) {
        Map<String, Object> manifest = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", name, "namespace", namespace),
                "stringData",
                data);
        try {
            cluster.apply(new JsonMapper().writeValueAsString(manifest));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a Secret of strings can always be written", e);
        }
    }
}
