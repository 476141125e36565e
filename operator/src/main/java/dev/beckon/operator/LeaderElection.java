package dev.beckon.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Of several replicas one acts. One that loses the lease ends its process at once, so that two never act together; its
 * successor is already watching and takes over within the lease's term.
 */
@ApplicationScoped
public class LeaderElection {
    /** Name of the Lease object. */
    public static final String LEASE = "beckon-operator";

    private static final Duration TERM = Duration.ofSeconds(15);
    private static final Duration RENEW_WITHIN = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(2);

    @Produces
    @Singleton
    LeaderElectionConfiguration configuration(
            KubernetesClient client,
            @ConfigProperty(name = "pod.namespace") Optional<String> namespace,
            @ConfigProperty(name = "pod.name") Optional<String> name) {
        String identity = name.orElse("process") + "/" + UUID.randomUUID();
        String home =
                namespace.or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
                .withLeaseNamespace(home)
                .withIdentity(identity)
                .withLeaseDuration(TERM)
                .withRenewDeadline(RENEW_WITHIN)
                .withRetryPeriod(RETRY)
                .build();
    }
}
