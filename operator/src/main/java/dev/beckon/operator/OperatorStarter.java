package dev.beckon.operator;

import dev.beckon.crd.AutopostSchedule;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.ParserJob;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.operator.census.Census;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Starts the controllers once the API server answers and knows the resources. An API server that is away, or CRDs that are
 * not installed yet, keep the operator waiting instead of sending it round in a crash loop.
 */
@ApplicationScoped
public class OperatorStarter {
    private static final Logger LOG = Logger.getLogger(OperatorStarter.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

    /** How long reconciliations that are under way are waited for when the process is told to end. */
    private static final Duration UNDER_WAY_AT_MOST = Duration.ofSeconds(5);

    private final Operator operator;
    private final KubernetesClient client;
    private final LeaderElection election;
    private final Optional<String> namespace;
    private final Census census;
    private final boolean enabled;
    private Optional<Thread> thread = Optional.empty();

    /** @param enabled false in tests that start no controllers */
    public OperatorStarter(
            Operator operator,
            KubernetesClient client,
            LeaderElection election,
            Settings settings,
            Census census,
            @ConfigProperty(name = "beckon.controllers", defaultValue = "true") boolean enabled) {
        this.operator = operator;
        this.client = client;
        this.election = election;
        this.namespace = settings.watchNamespace();
        this.census = census;
        this.enabled = enabled;
    }

    void onStart(@Observes StartupEvent event) {
        if (enabled) {
            thread = Optional.of(Thread.ofPlatform().name("operator-start").start(this::start));
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        thread.ifPresent(Thread::interrupt);
        if (enabled) {
            stop();
        }
    }

    private void stop() {
        Optional<ExecutorService> reconciliations = Optional.ofNullable(
                operator.getConfigurationService().getExecutorServiceManager().reconcileExecutorService());
        operator.stop();
        // Interrupted by now; one that does not end may still act, and keeps the lease from others until the term is
        // over.
        if (reconciliations.map(OperatorStarter::ended).orElse(true)) {
            election.release(client);
        }
    }

    private static boolean ended(ExecutorService reconciliations) {
        try {
            return reconciliations.awaitTermination(UNDER_WAY_AT_MOST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void start() {
        try {
            awaitResources();
            census.follow(operator);
            operator.start();
            LOG.info("The controllers have started");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Nothing of a half-started operator must go on: the next process begins anew.
            LOG.error("The controllers could not start", e);
            Quarkus.asyncExit(1);
        }
    }

    private void awaitResources() throws InterruptedException {
        Duration retry = FIRST_RETRY;
        String said = "";
        while (true) {
            Optional<String> hindrance = hindrance(TelegramAccount.class)
                    .or(() -> hindrance(InviteCampaign.class))
                    .or(() -> hindrance(ParserJob.class))
                    .or(() -> hindrance(AutopostSchedule.class));
            if (hindrance.isEmpty()) {
                return;
            }
            if (!said.equals(hindrance.get())) {
                said = hindrance.get();
                LOG.warn(said);
            }
            Thread.sleep(retry);
            retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
        }
    }

    private <T extends CustomResource<?, ?>> Optional<String> hindrance(Class<T> kind) {
        try {
            ListOptions one = new ListOptionsBuilder().withLimit(1L).build();
            if (namespace.isPresent()) {
                client.resources(kind).inNamespace(namespace.get()).list(one);
            } else {
                client.resources(kind).inAnyNamespace().list(one);
            }
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(
                    switch (e.getCode()) {
                        case HttpURLConnection.HTTP_NOT_FOUND ->
                            "The API server knows no " + kind.getSimpleName()
                                    + ": install Beckon's CRDs. Waiting for them.";
                        case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
                            "The operator's" + " ServiceAccount may not list " + kind.getSimpleName()
                                    + ": see its ClusterRole. Waiting.";
                        default -> "The API server can't be reached yet. Waiting for it.";
                    });
        }
    }
}
