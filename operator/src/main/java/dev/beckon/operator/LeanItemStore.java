package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Caches resources without what only the API server and kubectl read, their managed fields and the manifest as it was last applied: of a small
 * resource these are more than half. Tells of each change.
 */
public final class LeanItemStore<R extends HasMetadata> extends TransformingItemStore<R> {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final List<Consumer<? super Change<R>>> listeners = new CopyOnWriteArrayList<>();

    public LeanItemStore() {
        super(LeanItemStore::lean);
    }

    private static <R extends HasMetadata> R lean(R resource) {
        ObjectMeta metadata = resource.getMetadata();
        metadata.setManagedFields(List.of());
        Optional.ofNullable(metadata.getAnnotations()).ifPresent(annotations -> annotations.remove(LAST_APPLIED));
        return resource;
    }

    /**
     * Has somebody hear of each change, in the order of the watch, as soon as the store has it. They hear on the watch's own thread and must
     * neither wait nor throw: an exception would end the watch.
     */
    public void tell(Consumer<? super Change<R>> told) {
        listeners.add(told);
    }

    private void tell(Change<R> change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    @Override
    public R put(String key, R resource) {
        R before = super.put(key, resource);
        // After a watch was lost all are listed once more, those too that did not change.
        if (before == null
                || !Objects.equals(
                        before.getMetadata().getResourceVersion(),
                        resource.getMetadata().getResourceVersion())) {
            tell(new Change<>(Optional.ofNullable(before), Optional.of(resource)));
        }
        return before;
    }

    @Override
    public R remove(String key) {
        R before = super.remove(key);
        if (before != null) {
            tell(new Change<>(Optional.of(before), Optional.empty()));
        }
        return before;
    }
}
