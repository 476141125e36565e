package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Of several replicas one acts. One that loses the lease ends its process at once, so that two never act together; its
 * successor is already watching and takes over when the lease's term is over. The SDK's own way (5.3.2: what its builder
 * builds is {@code exitOnStopLeading = false}) would let the former leader's controllers go on beside those of the new one.
 * A {@link LeaseWatch} stands beside the SDK's elector, which looks at its deadline only between two calls: one that hangs
 * would let the term pass.
 */
@ApplicationScoped
public class LeaderElection {
    /** Name of the Lease object. */
    public static final String LEASE = "beckon-operator";

    private static final Logger LOG = Logger.getLogger(LeaderElection.class);
    private static final Duration TERM = Duration.ofSeconds(15);
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** Later than the elector itself, when that can; earlier than another may lead. */
    private static final Duration OVERDUE = Duration.ofSeconds(12);

    /** What a blocked standard output may cost. */
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private static final Duration GIVEN_BACK_WITHIN = Duration.ofSeconds(3);

    private final Runnable end;
    private volatile boolean stopping;

    /** Where the lease is and by what name this process holds it; empty before the election. */
    private volatile Optional<Candidate> candidate = Optional.empty();

    private record Candidate(String namespace, String identity) {
        /** The lease, if it is this one's. */
        Optional<Lease> held(KubernetesClient client) {
            return Optional.ofNullable(client.leases()
                            .inNamespace(namespace)
                            .withName(LEASE)
                            .get())
                    .filter(lease -> lease.getSpec() != null
                            && identity.equals(lease.getSpec().getHolderIdentity()));
        }
    }

    /** Ends its process without what would take time: a reconciliation under way must not be waited for. */
    public LeaderElection() {
        this(() -> Runtime.getRuntime().halt(1));
    }

    LeaderElection(Runnable end) {
        this.end = end;
    }

    /** Before the controllers stop: that the elector stops with them is no loss of the lease. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }

    @Produces
    @Singleton
    LeaderElectionConfiguration configuration(
            KubernetesClient client,
            OperatorMetrics metrics,
            @ConfigProperty(name = "pod.namespace") Optional<String> namespace,
            @ConfigProperty(name = "pod.name") Optional<String> name) {
        String identity = name.orElse("process") + "/" + UUID.randomUUID();
        String home =
                namespace.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
        Candidate self = new Candidate(home, identity);
        candidate = Optional.of(self);
        LeaseWatch watch = new LeaseWatch(InstantSource.system(), OVERDUE, () -> renewed(client, self), this::lost);
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(home)
                .withIdentity(identity)
                .withLeaseDuration(TERM)
                .withRenewDeadline(RENEW_WITHIN)
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> {
                            metrics.leads();
                            watch.start(RETRY);
                        },
                        this::lost,
                        leader -> {}))
                .build();
    }

    /** When the lease was last renewed by this process; empty when it is another's. */
    private static Optional<Instant> renewed(KubernetesClient client, Candidate self) {
        return self.held(client)
                .map(Lease::getSpec)
                .map(LeaseSpec::getRenewTime)
                .map(ZonedDateTime::toInstant);
    }

    /**
     * Gives the lease back, if it is this process': its successor need not wait for the end of the term, which the SDK (5.3.2) lets it
     * do. Only for who has nothing under way any more, since another may act from then on.
     */
    void release(KubernetesClient client) {
        // The client repeats a call that gets no answer for longer than a process has to end.
        Thread giving = Thread.ofPlatform().daemon().name("lease-release").start(() -> giveBack(client));
        try {
            giving.join(GIVEN_BACK_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveBack(KubernetesClient client) {
        try {
            candidate.flatMap(self -> self.held(client)).ifPresent(lease -> {
                Lease free = new LeaseBuilder(lease)
                        .editSpec()
                        .withHolderIdentity("")
                        .endSpec()
                        .build();
                // With the version that was read: one that another has taken meanwhile is left alone.
                client.leases().resource(free).update();
            });
        } catch (KubernetesClientException e) {
            LOG.info("The lease could not be given back: the next leader waits for the end of its term");
        }
    }

    private void lost() {
        if (stopping) {
            return;
        }
        // Beside the end, not before it: whoever reads our output may have stopped reading.
        Thread words = Thread.ofPlatform()
                .daemon()
                .start(() -> LOG.warn(
                        "The lease could not be renewed in time or is another replica's: this process ends, and"
                                + " stands by when it is started again"));
        try {
            words.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end.run();
    }
}
