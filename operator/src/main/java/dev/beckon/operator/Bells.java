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

    public void ring(Owner owner) {
        ring(owner.kind(), owner.resource());
    }

    public void ringCampaign(ResourceID campaign) {
        ring(Owner.Kind.CAMPAIGN, campaign);
    }

    public void ringParser(ResourceID parser) {
        ring(Owner.Kind.PARSER, parser);
    }

    public void ringAccount(ResourceID account) {
        accounts.forEach(listener -> listener.accept(account));
    }

    public void on(Owner.Kind kind, Consumer<ResourceID> listener) {
        owners.computeIfAbsent(kind, key -> new CopyOnWriteArrayList<>()).add(listener);
    }

    public void onAccount(Consumer<ResourceID> listener) {
        accounts.add(listener);
    }
}
