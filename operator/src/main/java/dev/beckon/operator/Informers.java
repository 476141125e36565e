package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How whatever is watched is listed and kept. */
public final class Informers {
    /**
     * How many resources are listed at once. What is dropped of one page makes room for the next: listed together, a thousand resources take three
     * times the memory when the operator starts that they take ever after.
     */
    public static final long PAGE = 200;

    private Informers() {}

    /**
     * Watches what carries a label; it is not started yet.
     *
     * @param namespace the one that is watched; all of them without it
     * @param kept what is left of a resource in the cache, at least its name, namespace and version; the handler hears of the whole one as it is
     *     now
     */
    public static <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>>
            SharedIndexInformer<T> labelled(
                    MixedOperation<T, L, R> resources,
                    Optional<String> namespace,
                    String label,
                    UnaryOperator<T> kept,
                    ResourceEventHandler<T> handler) {
        FilterWatchListDeletable<T, L, R> labelled = namespace
                .map(only -> resources.inNamespace(only).withLabel(label))
                .orElseGet(() -> resources.inAnyNamespace().withLabel(label));
        SharedIndexInformer<T> informer = labelled.withLimit(PAGE)
                .runnableInformer(0)
                .itemStore(new TransformingItemStore<>(kept))
                .addEventHandler(handler);
        // What the API server refuses now it may allow later: never stop trying.
        return informer.exceptionHandler((started, error) -> true);
    }
}
