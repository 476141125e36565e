package dev.beckon.bench.stage;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.demo.Progress;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kubernetes and all of Beckon, with many accounts that are logged in and as many campaigns, one for each. The operator is a
 * process of the stage's, not the Deployment's pods, so that it can be stopped and started by the stopwatch.
 */
public final class CampaignStage implements AutoCloseable {
    /** Where the many campaigns live. */
    public static final String NAMESPACE = "bench";

    private final Path state;
    private final Programs programs;
    private final int size;
    private final Environment environment;
    private final int operatorPort = Ports.free();
    private Optional<KubernetesClient> client = Optional.empty();
    private Optional<OperatorProcess> operator = Optional.empty();
    private Optional<Long> frozenControllers = Optional.empty();
    private boolean accountsReady;
    private int campaigns;
    private int logs;

    /** @param size how many campaigns are measured; there may be one more, each with an account */
    CampaignStage(Path state, Programs programs, int size) {
        this.state = state;
        this.programs = programs;
        this.size = size;
        Path world = state.resolve("world.yaml");
        write(world, CampaignWorld.YAML);
        this.environment = new Environment(state, world, programs);
    }

    void up() {
        Progress progress = new Progress();
        progress.step("what an earlier run left", environment::forget);
        environment.up(progress);
        progress.step("the Deployment's operators end", () -> {
            environment.cluster().kubectl("scale", "deployment/beckon-operator", "-n", "beckon-system", "--replicas=0");
            environment
                    .cluster()
                    .kubectl("wait", "pods", "--all", "-n", "beckon-system", "--for=delete", "--timeout=60s");
        });
        client = Optional.of(new KubernetesClientBuilder()
                .withConfig(
                        Config.fromKubeconfig(environment.cluster().kubeconfig().toFile()))
                .build());
        Installed.namespace(client(), NAMESPACE);
    }

    public int size() {
        return size;
    }

    public Programs programs() {
        return programs;
    }

    public Environment environment() {
        return environment;
    }

    public KubernetesClient client() {
        return client.orElseThrow(() -> new IllegalStateException("the stage is not up"));
    }

    /** The operator, started when it does not run. */
    public OperatorProcess operator() throws InterruptedException {
        if (operator.isEmpty()) {
            restartOperator(true);
        }
        return operator.orElseThrow();
    }

    /** Starts the operator anew, and tells after how many seconds it was ready. */
    public double restartOperator(boolean aotCache) throws InterruptedException {
        return restartOperator(aotCache, Map.of());
    }

    /**
     * Starts the operator anew with other settings; the next one has its own again.
     *
     * @param settings environment variables; one that is empty is left out
     */
    public void restartOperator(Map<String, String> settings) throws InterruptedException {
        restartOperator(true, settings);
    }

    private double restartOperator(boolean aotCache, Map<String, String> settings) throws InterruptedException {
        stopOperator();
        Map<String, String> variables =
                Installed.operatorVariables(client(), environment.cluster().kubeconfig());
        variables.putAll(settings);
        variables.values().removeIf(String::isEmpty);
        Path log = state.resolve("operator-" + ++logs + ".log");
        OperatorProcess process = OperatorProcess.start(programs, variables, aotCache, operatorPort, log);
        operator = Optional.of(process);
        return process.awaitReady();
    }

    public void stopOperator() {
        operator.ifPresent(OperatorProcess::close);
        operator = Optional.empty();
    }

    /** From here on Jobs get no pods: what is measured is the operator, not a thousand processes on the same machine. */
    public void freezeControllers() {
        if (frozenControllers.isEmpty()) {
            long pid = environment.cluster().pid("kube-controller-manager");
            Signals.send("STOP", pid);
            frozenControllers = Optional.of(pid);
        }
    }

    /** Until it is closed no pod gets a node: Jobs have pods, and none of them runs. */
    public Paused pauseScheduler() {
        long pid = environment.cluster().pid("kube-scheduler");
        Signals.send("STOP", pid);
        return () -> Signals.send("CONT", pid);
    }

    /** Something that stands still. */
    public interface Paused extends AutoCloseable {
        @Override
        void close();
    }

    /** Others take their place, which know nothing of the Jobs that were there meanwhile: a thawed one still makes pods for them. */
    public void replaceControllers() {
        frozenControllers.ifPresent(pid -> Signals.send("KILL", pid));
        frozenControllers = Optional.empty();
    }

    public void thawControllers() {
        frozenControllers.ifPresent(pid -> Signals.send("CONT", pid));
        frozenControllers = Optional.empty();
    }

    /** Makes the accounts, logged in as far as the ledger knows, and waits until the operator shows all of them ready. */
    public void requireAccounts() throws InterruptedException {
        if (accountsReady) {
            return;
        }
        stopOperator();
        new Progress().step(size + " accounts", () -> {
            List<TelegramAccount> made = Together.map(
                    1,
                    size + 1,
                    CampaignWorld::account,
                    account -> client().resource(account).create());
            try (Ledger ledger = environment.ledger()) {
                LedgerSeed seed = new LedgerSeed(ledger);
                Together.each(LedgerSeed.CONNECTIONS, made, seed::loggedIn);
            }
        });
        operator();
        Waits.until(
                "all accounts are ready",
                () -> client().resources(TelegramAccount.class).inNamespace(NAMESPACE).list().getItems().stream()
                                .filter(it -> it.getStatus() != null
                                        && it.getStatus().state() == TelegramAccountStatus.State.Ready)
                                .count()
                        > size);
        accountsReady = true;
    }

    /** Makes the next so many campaigns, each for an account of its own. */
    public List<InviteCampaign> newCampaigns(int count) {
        int first = campaigns + 1;
        campaigns += count;
        if (campaigns > size + 1) {
            throw new IllegalStateException("there are accounts for " + (size + 1) + " campaigns only");
        }
        return Together.map(
                first,
                count,
                CampaignWorld::campaign,
                campaign -> client().resource(campaign).create());
    }

    /** Makes those campaigns that are still missing. */
    public void requireCampaigns() throws InterruptedException {
        requireAccounts();
        if (campaigns < size) {
            newCampaigns(size - campaigns);
        }
    }

    public List<InviteCampaign> allCampaigns() {
        return client().resources(InviteCampaign.class)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
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
        thawControllers();
        client.ifPresent(KubernetesClient::close);
        client = Optional.empty();
        environment.down(new Progress());
    }
}
