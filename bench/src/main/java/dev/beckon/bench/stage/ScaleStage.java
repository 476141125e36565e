package dev.beckon.bench.stage;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.demo.Progress;
import dev.beckon.demo.environment.Cluster;
import dev.beckon.demo.environment.Environment;
import dev.beckon.demo.environment.Ports;
import dev.beckon.demo.environment.Programs;
import dev.beckon.ledger.Ledger;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes and all of Beckon on nodes that are there in name only, for more campaigns than a machine has room for workers. The operator is a
 * process of the stage's with the rights of its own ServiceAccount, by which its requests are told from all others.
 */
public final class ScaleStage implements AutoCloseable {
    /** Where everything lives. */
    public static final String NAMESPACE = CampaignStage.NAMESPACE;

    /** Where the operator's ServiceAccount is. */
    public static final String OPERATORS_NAMESPACE = "beckon-system";

    /** Its name. */
    public static final String OPERATORS_NAME = "beckon-operator";

    private static final String CONTROLLERS = "kube-controller-manager";

    private final Path state;
    private final Programs programs;
    private final Path kwok;
    private final Environment environment;
    private final int operatorPort = Ports.free();
    private Optional<KubernetesClient> client = Optional.empty();
    private Optional<FakeNodes> nodes = Optional.empty();
    private Optional<Ledger> ledger = Optional.empty();
    private Optional<LedgerSeed> seed = Optional.empty();
    private Optional<OperatorProcess> operator = Optional.empty();
    private Optional<Long> heldControllers = Optional.empty();
    private int logs;

    /** @param kwok the program that keeps the nodes */
    public ScaleStage(Path state, Programs programs, Path kwok) {
        this.state = state.toAbsolutePath();
        this.programs = programs;
        this.kwok = kwok;
        Path world = this.state.resolve("world.yaml");
        write(world, CampaignWorld.YAML);
        this.environment = new Environment(this.state, world, programs);
    }

    /** @param pods how many must have room at the same time */
    public void up(int pods) {
        Progress progress = new Progress();
        progress.step("what an earlier run left", environment::forget);
        environment.up(progress);
        Cluster cluster = environment.cluster();
        progress.step("the Deployment's operators end", () -> {
            cluster.kubectl("scale", "deployment/beckon-operator", "-n", OPERATORS_NAMESPACE, "--replicas=0");
            cluster.kubectl("wait", "pods", "--all", "-n", OPERATORS_NAMESPACE, "--for=delete", "--timeout=60s");
        });
        client = Optional.of(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig().toFile()))
                .build());
        Installed.namespace(client(), NAMESPACE);
        // No worker is to become a process.
        client().nodes()
                .list()
                .getItems()
                .forEach(node -> cluster.kubectl("cordon", node.getMetadata().getName()));
        progress.step(
                "nodes in name only",
                () -> nodes = Optional.of(FakeNodes.start(kwok, cluster.kubeconfig(), client(), state, pods)));
        ledger = Optional.of(environment.ledger());
        seed = ledger.map(LedgerSeed::new);
    }

    public KubernetesClient client() {
        return client.orElseThrow(() -> new IllegalStateException("the stage is not up"));
    }

    public Environment environment() {
        return environment;
    }

    /** What workers would have written. */
    public LedgerSeed seed() {
        return seed.orElseThrow(() -> new IllegalStateException("the stage is not up"));
    }

    /** The operator that runs. */
    public OperatorProcess operator() {
        return operator.orElseThrow(() -> new IllegalStateException("no operator runs"));
    }

    /** Starts one, and tells after how many seconds it was ready. */
    public double startOperator() throws InterruptedException {
        Map<String, String> variables = Installed.operatorVariables(client(), operatorKubeconfig());
        OperatorProcess process = OperatorProcess.start(
                programs, variables, true, operatorPort, state.resolve("operator-" + ++logs + ".log"));
        operator = Optional.of(process);
        return process.awaitReady();
    }

    public void stopOperator() {
        operator.ifPresent(OperatorProcess::close);
        operator = Optional.empty();
    }

    private Path operatorKubeconfig() {
        String token = environment
                .cluster()
                .kubectl("create", "token", OPERATORS_NAME, "-n", OPERATORS_NAMESPACE, "--duration=12h")
                .strip();
        Config admin = client().getConfiguration();
        Path file = state.resolve("operator.kubeconfig");
        try {
            String authority = admin.getCaCertData() != null
                    ? admin.getCaCertData()
                    : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(admin.getCaCertFile())));
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: local, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                    users: [{name: operator, user: {token: "%s"}}]
                    contexts: [{name: operator, context: {cluster: local, user: operator, namespace: %s}}]
                    current-context: operator
                    """.formatted(admin.getMasterUrl(), authority, token, OPERATORS_NAMESPACE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** From here on no Job gets a pod and no CronJob a Job: what is measured is the operator. */
    public void holdControllers() {
        if (heldControllers.isEmpty()) {
            long pid = environment.cluster().pid(CONTROLLERS);
            Signals.send("STOP", pid);
            heldControllers = Optional.of(pid);
        }
    }

    /** Others take their place, who begin by looking at all there is. */
    public void letControllersGo() {
        heldControllers.ifPresent(pid -> Signals.send("KILL", pid));
        heldControllers = Optional.empty();
    }

    /** Makes the accounts of these numbers, logged in as far as the ledger knows. No operator may run, which would have them log in. */
    public List<TelegramAccount> newAccounts(int first, int count) {
        List<TelegramAccount> made = Together.map(
                first,
                count,
                CampaignWorld::account,
                account -> client().resource(account).create());
        Together.each(LedgerSeed.CONNECTIONS, made, seed()::loggedIn);
        return made;
    }

    /**
     * Makes the schedules of these numbers, each of the account of its number.
     *
     * @param due when the first is due each day; the others in the minutes of the hour after it
     */
    public List<AutopostSchedule> newSchedules(int first, int count, Instant due) {
        return Together.map(
                first,
                count,
                number -> CampaignWorld.schedule("schedule-" + number, number, due.plusSeconds(60L * (number % 60))),
                schedule -> client().resource(schedule).create());
    }

    /** Makes the campaigns of these numbers, each with the account of its number and one person. */
    public List<InviteCampaign> newCampaigns(int first, int count) {
        return Together.map(
                first,
                count,
                number -> CampaignWorld.campaign(
                        "campaign-" + number,
                        NAMESPACE,
                        "@chat_1",
                        "team-" + number,
                        "[{username: " + username(number) + "}]"),
                campaign -> client().resource(campaign).create());
    }

    /** Whom the campaign of a number invites. */
    public static String username(int campaign) {
        return "somebody" + campaign;
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stopOperator();
        letControllersGo();
        nodes.ifPresent(FakeNodes::close);
        ledger.ifPresent(Ledger::close);
        client.ifPresent(KubernetesClient::close);
        environment.down(new Progress());
    }
}
