package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/** Makes a ring of {@link Bells} an event of a controller, and tells when a resource is gone. */
public final class BellSource<P extends HasMetadata> extends AbstractEventSource<Void, P>
        implements ResourceEventAware<P> {
    private final Consumer<P> onDeleted;

    /** @param onDeleted forgets what is remembered of a resource */
    public BellSource(String name, Consumer<P> onDeleted) {
        super(Void.class, name);
        this.onDeleted = onDeleted;
    }

    /** The resource is reconciled as soon as a thread is free, once, however often it rang. */
    public void ring(ResourceID resource) {
        if (getEventHandler() != null) {
            getEventHandler().handleEvent(new Event(resource));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }

    @Override
    public void onResourceDeleted(P resource) {
        onDeleted.accept(resource);
    }
}
