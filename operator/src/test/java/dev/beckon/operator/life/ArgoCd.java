package dev.beckon.operator.life;

import dev.beckon.operator.life.Started.Stop;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.embedded.RedisServer;

/**
 * Argo CD's application controller and repo server, built from their Go module, as processes of this machine, with a git repository in a folder.
 * There is no server and no user interface: people's clicks are annotations.
 */
final class ArgoCd implements Stop {
    private static final String NAMESPACE = "argocd";
    private static final Path GITOPS = Path.of("../gitops");

    private final KubernetesClient client;
    private final Path folder;
    private final Path repository;
    private final Started started = new Started();

    /**
     * Starts it.
     *
     * @param kubeconfig an administrator's, of the cluster that it keeps
     * @param folder for its files and logs
     */
    ArgoCd(KubernetesClient client, Path kubeconfig, Path folder) throws IOException, InterruptedException {
        this.client = client;
        this.folder = Files.createDirectories(folder);
        this.repository = Files.createDirectories(folder.resolve("repository"));
        Path program = lastLine(run(GITOPS, "./build-argocd"));
        Path module = lastLine(
                run(GITOPS.resolve("tools"), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/argoproj/argo-cd/v3"));
        try {
            install(module.resolve("manifests/crds"));
            int redisPort = RealWorld.freePort();
            RedisServer redis = RedisServer.newRedisServer()
                    .port(redisPort)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .build();
            redis.start();
            started.add(redis::stop);
            String repoPort = Integer.toString(RealWorld.freePort());
            start(
                    program,
                    "argocd-repo-server",
                    kubeconfig,
                    List.of(
                            "--address",
                            "127.0.0.1",
                            "--port",
                            repoPort,
                            "--disable-tls",
                            "--metrics-address",
                            "127.0.0.1",
                            "--metrics-port",
                            Integer.toString(RealWorld.freePort()),
                            "--redis",
                            "127.0.0.1:" + redisPort,
                            "--revision-cache-expiration",
                            "1s"));
            start(
                    program,
                    "argocd-application-controller",
                    kubeconfig,
                    List.of(
                            "--kubeconfig",
                            kubeconfig.toString(),
                            "--namespace",
                            NAMESPACE,
                            "--repo-server",
                            "127.0.0.1:" + repoPort,
                            "--repo-server-plaintext",
                            "--metrics-port",
                            Integer.toString(RealWorld.freePort()),
                            "--redis",
                            "127.0.0.1:" + redisPort,
                            "--persist-resource-health",
                            "--app-resync",
                            "5",
                            "--app-resync-jitter",
                            "0",
                            "--self-heal-timeout-seconds",
                            "1"));
        } catch (IOException | RuntimeException e) {
            started.stopAll();
            throw e;
        }
    }

    @Override
    public void stop() {
        started.stopAll();
    }

    /** The work tree of the repository. */
    Path repository() {
        return repository;
    }

    /** Commits all that stands in the work tree. */
    void commit(String why) throws IOException, InterruptedException {
        if (!Files.exists(repository.resolve(".git"))) {
            run(repository, "git", "init", "--quiet", "--initial-branch=main");
        }
        run(repository, "git", "add", "--all");
        run(
                repository,
                "git",
                "-c",
                "user.name=team",
                "-c",
                "user.email=team@example.org",
                "commit",
                "--quiet",
                "-m",
                why);
    }

    /** Applies an Application of the examples, of this repository. */
    void application(Path example, String namespace) throws IOException {
        apply(Files.readString(example)
                .replaceAll("repoURL: .*", "repoURL: file://" + repository.toAbsolutePath())
                .replace("namespace: team", "namespace: " + namespace));
    }

    GenericKubernetesResource application(String name) {
        return client.genericKubernetesResources("argoproj.io/v1alpha1", "Application")
                .inNamespace(NAMESPACE)
                .withName(name)
                .get();
    }

    /** Such as {@code Synced Healthy}. */
    String judged(String name) {
        GenericKubernetesResource application = application(name);
        return application.<String>get("status", "sync", "status") + " "
                + application.get("status", "health", "status");
    }

    /** What it says of one resource of an Application: its sync, its health. */
    String judged(String application, String kind) {
        List<Map<String, Object>> resources = application(application).get("status", "resources");
        return resources == null
                ? "nothing"
                : resources.stream()
                        .filter(it -> kind.equals(it.get("kind")))
                        .map(it -> it.get("status") + " "
                                + ((Map<?, ?>) it.getOrDefault("health", Map.of())).get("status"))
                        .findFirst()
                        .orElse("nothing");
    }

    private void install(Path crds) throws IOException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        apply(Files.readString(crds.resolve("application-crd.yaml")));
        apply(Files.readString(crds.resolve("appproject-crd.yaml")));
        apply(Files.readString(GITOPS.resolve("argocd/argocd-cm.yaml")));
        apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: argocd-secret, namespace: argocd, labels: {app.kubernetes.io/part-of: argocd}}
                stringData: {server.secretkey: a-key-for-nobody}
                """);
        RealWorld.eventually("Argo CD's kinds are served", () -> {
            apply("""
                    apiVersion: argoproj.io/v1alpha1
                    kind: AppProject
                    metadata: {name: default, namespace: argocd}
                    spec:
                      sourceRepos: ["*"]
                      destinations: [{server: "*", namespace: "*"}]
                      clusterResourceWhitelist: [{group: "*", kind: "*"}]
                    """);
            return true;
        });
    }

    private void apply(String manifest) {
        for (HasMetadata object : client.load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(object).forceConflicts().serverSideApply();
        }
    }

    private void start(Path program, String as, Path kubeconfig, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(as + ".log").toFile());
        // It is one program, and goes by the name.
        builder.environment().putAll(environment(as, kubeconfig));
        Process process = builder.start();
        started.add(() -> {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        });
    }

    private Map<String, String> environment(String as, Path kubeconfig) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("ARGOCD_BINARY_NAME", as);
        environment.put("KUBECONFIG", kubeconfig.toString());
        // Its own cluster is that of the kubeconfig, as in its own tests.
        environment.put("ARGOCD_FAKE_IN_CLUSTER", "true");
        environment.put("ARGOCD_GPG_ENABLED", "false");
        environment.put("ARGOCD_LOG_LEVEL", "info");
        for (String own : List.of("HOME", "TMPDIR", "ARGOCD_TLS_DATA_PATH", "ARGOCD_SSH_DATA_PATH")) {
            environment.put(
                    own,
                    Files.createDirectories(folder.resolve(as).resolve(own)).toString());
        }
        return environment;
    }

    private static Path lastLine(String output) {
        return Path.of(output.strip().lines().toList().getLast());
    }

    private static String run(Path where, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + process.exitValue() + ":\n" + said);
        }
        return said;
    }
}
