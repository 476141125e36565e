package dev.beckon.operator;

import dev.beckon.operator.worker.Owner;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** By which anything outside the reconcilers has a resource looked at again. */
@ApplicationScoped
public class Bells {
    private final Map<Owner.Kind, List<Consumer<ResourceID>>> owners = new ConcurrentHashMap<>();
    private final List<Consumer<ResourceID>> accounts = new CopyOnWriteArrayList<>();

    private void ring(Owner.Kind kind, ResourceID resource) {
        owners.getOrDefault(kind, List.of()).forEach(listener -> listener.accept(resource));
    }

    /** Has the owner of a child looked at again. */
    public void ring(Owner owner) {
        ring(owner.kind(), owner.resource());
    }

    /** Has a campaign looked at again. */
    public void ringCampaign(ResourceID campaign) {
        ring(Owner.Kind.CAMPAIGN, campaign);
    }

    /** Has a parser looked at again. */
    public void ringParser(ResourceID parser) {
        ring(Owner.Kind.PARSER, parser);
    }

    /** Has a schedule of posts looked at again. */
    public void ringAutopost(ResourceID schedule) {
        ring(Owner.Kind.AUTOPOST, schedule);
    }

    /** Has an account looked at again. */
    public void ringAccount(ResourceID account) {
        accounts.forEach(listener -> listener.accept(account));
    }

    /** The listener hears each bell for resources of this kind, on the thread of whoever rings. */
    public void on(Owner.Kind kind, Consumer<ResourceID> listener) {
        owners.computeIfAbsent(kind, key -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** The listener hears each bell for an account, on the thread of whoever rings. */
    public void onAccount(Consumer<ResourceID> listener) {
        accounts.add(listener);
    }
}
