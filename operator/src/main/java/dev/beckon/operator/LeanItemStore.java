package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;

/** Caches resources without their managed fields, which only the API server reads: of a small resource they are half. */
public final class LeanItemStore<R extends HasMetadata> extends TransformingItemStore<R> {
    public LeanItemStore() {
        super(LeanItemStore::lean);
    }

    private static <R extends HasMetadata> R lean(R resource) {
        resource.getMetadata().setManagedFields(List.of());
        return resource;
    }
}
