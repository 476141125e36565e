package dev.beckon.bench.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.bench.stage.CampaignStage;
import dev.beckon.bench.stage.CampaignWorld;
import dev.beckon.bench.stage.RealAccounts;
import dev.beckon.bench.stage.Waits;
import dev.beckon.crd.InviteCampaign;
import dev.beckon.crd.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/** A campaign in the cluster whose people come by webhook, and who posts them to the gateway. */
final class Hotline implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final String NAME = "hotline";
    private static final String TOKEN = "a-token-of-the-benchmark";
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(10);
    private static final int KEPT = 202;

    /** There is no phone in it, which is only said to whoever knows the token of an open webhook. */
    private static final int INCOMPLETE = 422;

    private final KubernetesClient client;
    private final URI webhook;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();

    /** When a pod was first seen. */
    private final Queue<Instant> pods = new ConcurrentLinkedQueue<>();

    private final Watch watch;

    /** Why the watch shows no pod any more; null as long as it does. */
    private final AtomicReference<WatcherException> ended = new AtomicReference<>();

    private Hotline(KubernetesClient client, String gateway) {
        this.client = client;
        this.webhook = URI.create(gateway + "/webhook/" + NAMESPACE + "/" + NAME);
        this.watch = client.pods()
                .inNamespace(NAMESPACE)
                .withLabel(Labels.CAMPAIGN, NAME)
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                        if (action == Action.ADDED) {
                            pods.add(Instant.now());
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        ended.set(cause);
                    }
                });
    }

    /** Makes it with an account of its own, and waits until the gateway lets its people in. */
    static Hotline open(CampaignStage stage, String gateway) throws InterruptedException {
        KubernetesClient client = stage.client();
        RealAccounts.make(client, NAMESPACE, CampaignWorld.CALLING_ACCOUNT);
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .endMetadata()
                        .withStringData(Map.of("token", TOKEN))
                        .build())
                .create();
        client.resource(CampaignWorld.webhook(NAME, NAMESPACE, CampaignWorld.CALLING_ACCOUNT, NAME))
                .create();
        Hotline hotline = new Hotline(client, gateway);
        Waits.until(
                "the account is logged in",
                () -> RealAccounts.isReady(client, NAMESPACE, CampaignWorld.CALLING_ACCOUNT));
        Waits.until("the webhook is open", () -> hotline.posts(Map.of()) == INCOMPLETE);
        return hotline;
    }

    /** Whether its Deployment, if there is one yet, is at zero, and no pod of it is left. */
    boolean rests() {
        return client
                        .apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withLabel(Labels.CAMPAIGN, NAME)
                        .list()
                        .getItems()
                        .stream()
                        .allMatch(it -> it.getSpec().getReplicas() == 0)
                && client.pods()
                        .inNamespace(NAMESPACE)
                        .withLabel(Labels.CAMPAIGN, NAME)
                        .list()
                        .getItems()
                        .isEmpty();
    }

    /** Somebody comes. @return when it was posted */
    Instant post(int number) {
        Instant now = Instant.now();
        int status = posts(Map.of("phone", CampaignWorld.callerPhone(number)));
        if (status != KEPT) {
            throw new IllegalStateException("the gateway answered " + status);
        }
        return now;
    }

    /** When the first pod since then was seen. */
    Instant podSince(Instant moment) {
        return pods.stream()
                .filter(seen -> seen.isAfter(moment))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no pod was seen", ended.get()));
    }

    private int posts(Map<String, String> event) {
        try {
            HttpRequest request = HttpRequest.newBuilder(webhook)
                    .timeout(ANSWERED_WITHIN)
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(event)))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gateway was asked", e);
        }
    }

    /** The campaign is deleted, and with it its Deployment. */
    @Override
    public void close() {
        watch.close();
        http.close();
        client.resources(InviteCampaign.class)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .delete();
    }
}
