package dev.beckon.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Which cluster this is, by the uid of its namespace kube-system: that is as old as the cluster and ends with it. What several clusters keep
 * in one database is told apart by it.
 */
@ApplicationScoped
public class HomeCluster {
    /** The namespace by which a cluster is known. */
    public static final String NAMESPACE = "kube-system";

    private static final Logger LOG = Logger.getLogger(HomeCluster.class);

    /** Rights that were mended are noticed within this time. */
    static final Duration AGAIN = Duration.ofMinutes(10);

    private final KubernetesClient client;
    private final InstantSource clock;
    private String uid = "";
    private Instant next = Instant.MIN;

    public HomeCluster(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * The uid, asked for until it is known; empty when the operator may not ask.
     *
     * @throws KubernetesClientException when the API server can't be reached
     */
    public synchronized String uid() {
        Instant now = clock.instant();
        if (uid.isEmpty() && !now.isBefore(next)) {
            uid = ask();
            next = now.plus(AGAIN);
        }
        return uid;
    }

    private String ask() {
        try {
            return Optional.ofNullable(client.namespaces().withName(NAMESPACE).get())
                    .map(found -> found.getMetadata().getUid())
                    .orElse("");
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            LOG.warnf(
                    "The operator's ServiceAccount may not get the namespace %s, so the ledger can't tell whose webhooks it keeps:"
                            + " another cluster with the same database closes them. Apply this release's operator.yaml.",
                    NAMESPACE);
            return "";
        }
    }
}
