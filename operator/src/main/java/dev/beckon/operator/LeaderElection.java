package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
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

    private final Runnable end;
    private volatile boolean stopping;

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
            @ConfigProperty(name = "pod.namespace") Optional<String> namespace,
            @ConfigProperty(name = "pod.name") Optional<String> name) {
        String identity = name.orElse("process") + "/" + UUID.randomUUID();
        String home =
                namespace.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
        LeaseWatch watch =
                new LeaseWatch(InstantSource.system(), OVERDUE, () -> renewed(client, home, identity), this::lost);
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(home)
                .withIdentity(identity)
                .withLeaseDuration(TERM)
                .withRenewDeadline(RENEW_WITHIN)
                .withRetryPeriod(RETRY)
                .withLeaderCallbacks(new LeaderCallbacks(() -> watch.start(RETRY), this::lost, leader -> {}))
                .build();
    }

    /** When the lease was last renewed by this process; empty when it is another's. */
    private static Optional<Instant> renewed(KubernetesClient client, String namespace, String identity) {
        return Optional.ofNullable(
                        client.leases().inNamespace(namespace).withName(LEASE).get())
                .map(Lease::getSpec)
                .filter(lease -> identity.equals(lease.getHolderIdentity()))
                .map(LeaseSpec::getRenewTime)
                .map(ZonedDateTime::toInstant);
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
