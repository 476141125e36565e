package dev.beckon.operator.campaign;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.ledger.LedgerException;
import dev.beckon.ledger.keys.LedgerKeys;
import dev.beckon.ledger.webhook.DoorSeal;
import dev.beckon.ledger.webhook.DoorSecret;
import dev.beckon.operator.Settings;
import dev.beckon.operator.condition.Reason;
import dev.beckon.operator.worker.Files;
import dev.beckon.operator.worker.Files.Kind;
import dev.beckon.operator.worker.Files.Wanted;
import dev.beckon.operator.worker.Missing;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What callers of a webhook show, closed with the installation's keys. Both come from Secrets of the campaign's namespace, read
 * by name now and then: only the closed form is kept, and the keys only while it is made.
 */
public final class DoorSecrets {
    private static final String KEYS = "keys.json";

    private final Files files;
    private final InstantSource clock;
    private final String workerSecret;
    private final Duration again;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    public DoorSecrets(Files files, InstantSource clock, Settings settings) {
        this.files = files;
        this.clock = clock;
        this.workerSecret = settings.worker().secretName();
        this.again = settings.pace().recheck();
    }

    /** @param versions of the Secrets from which it was made */
    private record Known(String name, List<String> versions, DoorSecret secret, Instant readAt) {}

    /** What came of reading. */
    sealed interface Found {
        record Sealed(DoorSecret secret) implements Found {}

        record Lacks(Missing missing) implements Found {}
    }

    /** The secret of a webhook campaign; a changed one is seen when it is time to look again. */
    Found of(InviteCampaign campaign) {
        String uid = campaign.getMetadata().getUid();
        String name = campaign.getSpec().audience().webhook().secretRef().name();
        Optional<Known> before =
                Optional.ofNullable(known.get(uid)).filter(it -> it.name().equals(name));
        if (before.filter(it -> it.readAt().plus(again).isAfter(clock.instant()))
                .isPresent()) {
            return new Found.Sealed(before.get().secret());
        }
        Found found = read(campaign, name, before);
        if (found instanceof Found.Lacks) {
            known.remove(uid);
        }
        return found;
    }

    private Found read(InviteCampaign campaign, String name, Optional<Known> before) {
        String namespace = campaign.getMetadata().getNamespace();
        Optional<Missing> missing = files.firstMissing(List.of(keys(namespace)));
        Optional<Secret> hook = files.secret(namespace, name);
        Optional<Secret> worker = files.secret(namespace, workerSecret);
        // First: where the operator may read no Secret, that is what it says.
        if (missing.isPresent() || worker.isEmpty()) {
            return new Found.Lacks(missing.orElseGet(() -> new Missing(
                    Reason.WorkerSecretMissing, "The Secret " + workerSecret + " is just being replaced.")));
        }
        if (hook.isEmpty()) {
            return new Found.Lacks(files.forbidden(hook(namespace, name)).orElseGet(() -> missing(namespace, name)));
        }
        List<String> versions = List.of(
                hook.get().getMetadata().getResourceVersion(),
                worker.get().getMetadata().getResourceVersion());
        return before.filter(it -> it.versions().equals(versions))
                .<Found>map(it -> keep(campaign, new Known(name, versions, it.secret(), clock.instant())))
                .orElseGet(() -> seal(campaign, name, hook.get(), worker.get(), versions));
    }

    private Found seal(InviteCampaign campaign, String name, Secret hook, Secret worker, List<String> versions) {
        Optional<String> token = value(hook, "token");
        Optional<String> signingKey = value(hook, "signing-key");
        Optional<String> problem = DoorSeal.problem(token, signingKey);
        if (problem.isPresent()) {
            return new Found.Lacks(new Missing(Reason.WebhookSecretUnfit, "The Secret " + name + ": " + problem.get()));
        }
        try {
            DoorSeal seal = new DoorSeal(LedgerKeys.fromJson(value(worker, KEYS).orElse("")));
            DoorSecret secret = seal.seal(campaign.getMetadata().getUid(), token, signingKey);
            return keep(campaign, new Known(name, versions, secret, clock.instant()));
        } catch (LedgerException e) {
            return new Found.Lacks(
                    new Missing(Reason.WorkerSecretMissing, "The Secret " + workerSecret + ": " + e.getMessage()));
        }
    }

    private Found keep(InviteCampaign campaign, Known now) {
        known.put(campaign.getMetadata().getUid(), now);
        return new Found.Sealed(now.secret());
    }

    private static Missing missing(String namespace, String name) {
        return new Missing(
                Reason.WebhookSecretMissing,
                "The Secret " + name
                        + " is missing: it holds what callers of the webhook show, under the key token or"
                        + " signing-key. Create it: kubectl create secret generic " + name + " -n " + namespace
                        + " --from-literal=token=$(openssl rand -hex 24)");
    }

    private static Wanted hook(String namespace, String name) {
        return new Wanted(
                Kind.Secret,
                namespace,
                name,
                List.of(),
                Reason.WebhookSecretMissing,
                "what callers of the webhook show");
    }

    private Wanted keys(String namespace) {
        return new Wanted(
                Kind.Secret,
                namespace,
                workerSecret,
                List.of(KEYS),
                Reason.WorkerSecretMissing,
                "the ledger's address, user and keys, the same in every namespace");
    }

    private static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    }

    void forget(String campaignUid) {
        known.remove(campaignUid);
    }
}
