package dev.beckon.operator;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** By which anything outside the two reconcilers has a resource looked at again. */
@ApplicationScoped
public class Bells {
    private final List<Consumer<ResourceID>> campaigns = new CopyOnWriteArrayList<>();
    private final List<Consumer<ResourceID>> accounts = new CopyOnWriteArrayList<>();

    public void ringCampaign(ResourceID campaign) {
        campaigns.forEach(listener -> listener.accept(campaign));
    }

    public void ringAccount(ResourceID account) {
        accounts.forEach(listener -> listener.accept(account));
    }

    public void onCampaign(Consumer<ResourceID> listener) {
        campaigns.add(listener);
    }

    public void onAccount(Consumer<ResourceID> listener) {
        accounts.add(listener);
    }
}
