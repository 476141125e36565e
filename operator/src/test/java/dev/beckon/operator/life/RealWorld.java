package dev.beckon.operator.life;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.leakscan.Haystack;
import dev.beckon.ledger.GatewayLedger;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.testing.SavedSessions;
import dev.beckon.ledger.testing.TestDatabase;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import redis.embedded.RedisServer;

/**
 * One cluster ({@link LifeCluster}), database, Redis and operator for all lives, started once and stopped with the JVM. The operator runs with the
 * rights of its own ServiceAccount, and with short times.
 */
final class RealWorld {
    /** For one step of a life, on a machine that six of them share. No test is the slower for it. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static RealWorld shared;

    private final Started started = new Started();
    private final Path folder;
    private final Attendance attendance;
    private final LedgerKeys keys = LedgerKeys.generate();
    private final TestDatabase database;
    private final LifeCluster cluster;
    private final int redisPort = freePort();
    private final Path kubeconfig;
    private final List<OperatorProcess> operators = new ArrayList<>();
    private final Written written = new Written();
    private RedisServer redis;

    private RealWorld() throws IOException, InterruptedException {
        // Whatever ends the tests, or keeps a part from starting, leaves no other part behind.
        Thread atExit = new Thread(started::stopAll);
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            attendance = new Attendance();
            started.add(attendance::close);
            // Not below /tmp: pods have a /tmp of their own.
            folder = Files.createDirectories(
                    Path.of("target", "lives", UUID.randomUUID().toString().substring(0, 8))
                            .toAbsolutePath());
            database = TestDatabase.start(Files.createDirectories(folder.resolve("database")));
            started.add(database::close);
            startRedis();
            started.add(() -> redis.stop());
            ScriptedImage image = new ScriptedImage(folder.resolve("image"));
            cluster = LifeCluster.at(folder, image.entry());
            started.add(cluster::release);
            applyAll(Path.of("../crds/src/main/resources/crds"));
            applyAll(Path.of("src/main/kubernetes"));
            kubeconfig = folder.resolve("operator.kubeconfig");
            Files.writeString(kubeconfig, kubeconfigOfOperator(cluster.system()));
            startOperator("operator-a");
            image.train(workerSecret());
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.stopAll();
            Runtime.getRuntime().removeShutdownHook(atExit);
            throw e;
        }
    }

    static synchronized RealWorld get() {
        if (shared == null) {
            try {
                shared = new RealWorld();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return shared;
    }

    KubernetesClient client() {
        return cluster.client();
    }

    /** With the token of the operator's ServiceAccount, and so with its rights and no others. */
    Path operatorKubeconfig() {
        return kubeconfig;
    }

    LifeCluster cluster() {
        return cluster;
    }

    TestDatabase database() {
        return database;
    }

    /** The ledger with a gateway's rights; to be closed. */
    GatewayLedger gateway() {
        return database.gatewayLedger(keys, InstantSource.system());
    }

    /** As who changes the ledger does; nobody hears it while there is no Redis. */
    void hint(String kind, String uid) {
        RedisClient redis = RedisClient.create(redisUrl());
        try (StatefulRedisConnection<String, String> connection = redis.connect()) {
            connection.sync().publish("beckon:hints", "{\"" + kind + "\":\"" + uid + "\"}");
        } finally {
            redis.shutdown();
        }
    }

    Attendance attendance() {
        return attendance;
    }

    List<OperatorProcess> operators() {
        return List.copyOf(operators);
    }

    Path folder() {
        return folder;
    }

    /** What operators and pods have printed, pods that are gone included, and what Kubernetes has. */
    List<Haystack> logs() {
        List<Haystack> logs = new ArrayList<>(Haystack.logsBelow(folder.resolve("cluster")));
        if (!cluster.own()) {
            // What pods that are gone have printed is gone with them there.
            for (Pod pod : client().pods().inAnyNamespace().list().getItems()) {
                if (pod.getSpec().getContainers().getFirst().getImage().equals(cluster.image())) {
                    String log = client().pods().resource(pod).getLog();
                    logs.add(Haystack.of(
                            "the log of the pod " + pod.getMetadata().getName(), log));
                }
            }
        }
        operators.forEach(operator -> logs.add(Haystack.ofFile(operator.log())));
        return logs;
    }

    Path keptLogs() {
        return folder.resolve("cluster").resolve("removed-logs");
    }

    /** People, and texts to them. */
    Written written() {
        return written;
    }

    /** The sessions that workers have saved, as they are before the ledger encrypts them. */
    List<byte[]> savedSessions() {
        return SavedSessions.of(database, keys, _ -> true);
    }

    /** Starts a replica and waits until it is ready. */
    OperatorProcess startOperator(String name) {
        return startOperator(name, Map.of());
    }

    /** @param settings of its own, as environment variables */
    OperatorProcess startOperator(String name, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("POD_NAMESPACE", cluster.system());
        environment.put("BECKON_WORKER_IMAGE", cluster.image());
        environment.put("BECKON_LEDGER_JDBC_URL", database.jdbcUrl());
        environment.put("BECKON_LEDGER_USERNAME", "beckon_operator");
        environment.put("BECKON_LEDGER_PASSWORD", TestDatabase.OPERATOR_PASSWORD);
        environment.put("BECKON_REDIS_URL", redisUrl());
        environment.put("BECKON_PACE_SLICE", "3s");
        environment.put("BECKON_PACE_LOOK", "2s");
        environment.put("BECKON_PACE_RECHECK", "2s");
        environment.put("BECKON_PACE_POSTS", "2s");
        environment.put("BECKON_PACE_FIRST_BACK_OFF", "1s");
        environment.put("BECKON_WORKER_JOB_TTL", "2s");
        environment.putAll(settings);
        OperatorProcess operator = OperatorProcess.start(name, freePort(), folder.resolve(name + ".log"), environment);
        operators.add(operator);
        started.add(operator::stop);
        Awaitility.await(name + " is ready").atMost(PATIENCE).until(() -> {
            if (operator.restarts() > 0) {
                throw new IllegalStateException(name + " ended: see " + folder.resolve(name + ".log"));
            }
            return operator.isReady();
        });
        return operator;
    }

    void startRedis() throws IOException {
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("bind 127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
    }

    void stopRedis() throws IOException {
        redis.stop();
    }

    /** What the Secret of every namespace in which workers run holds. */
    Map<String, String> workerSecret() {
        return Map.of(
                "jdbc-url",
                database.jdbcUrl(),
                "username",
                "beckon_worker",
                "password",
                TestDatabase.WORKER_PASSWORD,
                "keys.json",
                keys.toJson(),
                "redis-url",
                redisUrl(),
                ScriptedWorker.ATTENDANCE,
                Integer.toString(attendance.port()));
    }

    private String redisUrl() {
        return "redis://127.0.0.1:" + redisPort;
    }

    private void applyAll(Path manifests) throws IOException {
        try (Stream<Path> files = Files.list(manifests)) {
            for (Path file : files.sorted().toList()) {
                cluster.apply(file);
            }
        }
        Awaitility.await("the kinds are served")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    client().resources(InviteCampaign.class).inAnyNamespace().list();
                    client().resources(TelegramAccount.class).inAnyNamespace().list();
                    client().resources(ParserJob.class).inAnyNamespace().list();
                    client().resources(AutopostSchedule.class).inAnyNamespace().list();
                });
    }

    /** Of the ServiceAccount of an operator that is installed in this namespace. */
    String kubeconfigOfOperator(String namespace) throws IOException, InterruptedException {
        String token = cluster.command(
                        "kubectl", "create", "token", "beckon-operator", "-n", namespace, "--duration=2h")
                .strip();
        Config config = client().getConfiguration();
        String authority = config.getCaCertData() != null
                ? config.getCaCertData()
                : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(config.getCaCertFile())));
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: local, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: operator, user: {token: "%s"}}]
                contexts: [{name: operator, context: {cluster: local, user: operator, namespace: %s}}]
                current-context: operator
                """.formatted(config.getMasterUrl(), authority, token, namespace);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Waits until something is so, looking often; an API server that does not answer is no answer. What there was instead is printed. */
    static void eventually(String what, Callable<Boolean> so) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .until(so);
        } catch (ConditionTimeoutException e) {
            try {
                System.out.println("Waited in vain: " + what + "\n" + get().scene(what));
            } catch (IOException notShown) {
                e.addSuppressed(notShown);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                e.addSuppressed(interrupted);
            }
            throw e;
        }
    }

    /** What a person would look at with kubectl: all resources in short, and those of the namespace that the words begin with in full. */
    private String scene(String what) throws IOException, InterruptedException {
        String kinds = "telegramaccounts,invitecampaigns,parserjobs,autopostschedules,jobs,pods";
        String all = cluster.command("kubectl", "get", kinds, "-A", "-o", "wide");
        int end = what.indexOf('/');
        return end < 0
                ? all
                : all
                        + cluster.command("kubectl", "get", kinds, "-n", what.substring(0, end), "-o", "yaml")
                        + cluster.command("kubectl", "get", "events", "-n", what.substring(0, end));
    }
}
