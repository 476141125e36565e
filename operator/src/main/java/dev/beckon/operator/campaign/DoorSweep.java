package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.ledger.LedgerException;
import dev.beckon.operator.HomeCluster;
import dev.beckon.operator.Settings;
import dev.beckon.operator.ledger.LedgerDoor;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Forgets the doors of campaigns that are gone. A deletion waits for nobody (decision 0030), so the ledger is told beside it; what
 * was deleted while no operator looked is found by comparing both sides now and then. Doors of another cluster's campaigns are its own
 * operator's, as those of other namespaces are where it watches only one.
 */
@ApplicationScoped
public class DoorSweep {
    private static final Logger LOG = Logger.getLogger(DoorSweep.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(15);
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final Optional<String> namespace;
    private final LedgerDoor ledger;
    private final HomeCluster cluster;
    private final LinkedBlockingQueue<String> gone = new LinkedBlockingQueue<>();
    private Optional<Thread> thread = Optional.empty();

    public DoorSweep(KubernetesClient client, LedgerDoor ledger, HomeCluster cluster, Settings settings) {
        this.client = client;
        this.namespace = settings.watchNamespace();
        this.ledger = ledger;
        this.cluster = cluster;
    }

    void onStart(@Observes StartupEvent event) {
        thread = Optional.of(Thread.ofVirtual().name("webhook-doors").start(this::run));
    }

    void onStop(@Observes ShutdownEvent event) {
        thread.ifPresent(Thread::interrupt);
    }

    /** A webhook campaign was deleted. */
    void gone(String campaignUid) {
        gone.add(campaignUid);
    }

    private void run() {
        Duration wait = RETRY;
        try {
            while (true) {
                Optional<String> uid = Optional.ofNullable(gone.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
                wait = done(uid) ? PERIOD : RETRY;
            }
        } catch (InterruptedException e) {
            LOG.debug("No more doors are forgotten: the operator stops");
        }
    }

    /** @return false when it is to be tried again soon */
    private boolean done(Optional<String> uid) {
        try {
            uid.ifPresentOrElse(ledger::forgetWebhook, this::sweep);
            return true;
        } catch (LedgerException | KubernetesClientException e) {
            // The sweep finds it, too.
            LOG.debugf("Doors of deleted campaigns are forgotten later: %s", e.getMessage());
            return false;
        }
    }

    /** Doors first: a campaign that is made meanwhile is among the campaigns then. */
    void sweep() {
        List<String> doors = ledger.webhooks(cluster.uid(), namespace);
        if (!doors.isEmpty()) {
            Set<String> campaigns = campaigns();
            doors.stream().filter(uid -> !campaigns.contains(uid)).forEach(ledger::forgetWebhook);
        }
    }

    private Set<String> campaigns() {
        var campaigns = client.resources(InviteCampaign.class);
        Set<String> uids = new HashSet<>();
        String next = "";
        do {
            ListOptions options = new ListOptionsBuilder()
                    .withLimit(PAGE)
                    .withContinue(next.isEmpty() ? null : next)
                    .build();
            KubernetesResourceList<InviteCampaign> page = namespace
                    .map(only -> campaigns.inNamespace(only).list(options))
                    .orElseGet(() -> campaigns.inAnyNamespace().list(options));
            page.getItems().forEach(campaign -> uids.add(campaign.getMetadata().getUid()));
            next = Optional.ofNullable(page.getMetadata().getContinue()).orElse("");
        } while (!next.isEmpty());
        return uids;
    }
}
