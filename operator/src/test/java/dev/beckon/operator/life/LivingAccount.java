package dev.beckon.operator.life;

import static dev.beckon.operator.life.RealWorld.eventually;

import dev.beckon.crd.Labels;
import dev.beckon.crd.TelegramAccount;
import dev.beckon.crd.TelegramAccountStatus;
import dev.beckon.crd.TelegramAccountStatus.State;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;

/** An account of a team, as a person looks after it. */
final class LivingAccount {
    private final RealWorld world;
    private final String namespace;
    private final String name;

    LivingAccount(RealWorld world, Team team, String name) {
        this.world = world;
        this.namespace = team.namespace();
        this.name = name;
    }

    TelegramAccountStatus status() {
        return resource().get().getStatus();
    }

    void becomes(State state) {
        eventually(namespace + "/" + name + " becomes " + state, () -> status() != null && status().state() == state);
    }

    /** Waits until its condition {@code Ready} has the reason. */
    void says(String reason) {
        eventually(
                namespace + "/" + name + " says " + reason,
                () -> status().conditions().stream()
                        .anyMatch(it ->
                                it.getType().equals("Ready") && it.getReason().equals(reason)));
    }

    /** Does for its login what a person does elsewhere: scans, or writes the second password. */
    void goOn() {
        String uid = resource().get().getMetadata().getUid();
        eventually(namespace + "/" + name + " goes on", () -> world.attendance().goOn("login", uid));
    }

    void acknowledge() {
        annotate(Labels.ACKNOWLEDGE, status().breaker().id());
    }

    /** Acknowledges what holds it now, if anything does; once more, it changes nothing. */
    void acknowledgeIfHeld() {
        Optional.ofNullable(status())
                .map(TelegramAccountStatus::breaker)
                .ifPresent(breaker -> annotate(Labels.ACKNOWLEDGE, breaker.id()));
    }

    void annotate(String annotation, String value) {
        patch("{\"metadata\":{\"annotations\":{\"" + annotation + "\":\"" + value + "\"}}}");
    }

    /** As {@code kubectl patch --type=merge} does. */
    void patch(String merge) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), merge);
    }

    private Resource<TelegramAccount> resource() {
        return world.client()
                .resources(TelegramAccount.class)
                .inNamespace(namespace)
                .withName(name);
    }
}
