package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSourceStartPriority;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The resources of a kind, for all controllers, as the watch of the kind's own controller knows them: with an informer of its own each of the
 * others would list, watch and keep all of them once more.
 *
 * <p>What changed is heard from that informer's store. The SDK (5.3.2) tells nobody of a change that its own controller wrote, and a status is
 * just that: that an account is Ready, say, is news to whoever waits for it.
 */
public abstract class SharedWatch<R extends HasMetadata> {
    private static final Logger LOG = Logger.getLogger(SharedWatch.class);

    private final List<Consumer<Change<R>>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<LeanItemStore<R>> store = Optional.empty();
    private volatile boolean complete;

    /**
     * With this source, which is registered with the kind's own controller, it begins.
     *
     * @throws IllegalStateException if the controller keeps its resources elsewhere
     */
    public EventSource<?, R> source(EventSourceContext<R> context) {
        if (context.getControllerConfiguration().getInformerConfig().getItemStore() instanceof LeanItemStore<R> lean) {
            follow(lean);
            return new Complete(context.getPrimaryResourceClass().getSimpleName() + "-watch");
        }
        throw new IllegalStateException("The controller of " + context.getPrimaryResourceClass()
                + " has no item store by which others can follow its watch");
    }

    void follow(LeanItemStore<R> lean) {
        lean.tell(this::changed);
        store = Optional.of(lean);
    }

    /** All that exists is known. */
    void completed() {
        complete = true;
    }

    /** The SDK starts a controller's sources when the controller's own informer has listed all. */
    private final class Complete extends AbstractEventSource<Void, R> {
        Complete(String name) {
            super(Void.class, name);
            setEventSourcePriority(EventSourceStartPriority.RESOURCE_STATE_LOADER);
        }

        @Override
        public void start() {
            super.start();
            completed();
        }

        @Override
        public Set<Void> getSecondaryResources(R primary) {
            return Set.of();
        }
    }

    /**
     * Has the users of a resource looked at again when it changes, comes or goes.
     *
     * @param bell that of the users' controller
     * @param difference whether the step from the second to the first concerns users
     * @param users who uses the resource, by the cache of their own controller
     */
    public void ring(BellSource<?> bell, BiPredicate<R, R> difference, Function<R, Set<ResourceID>> users) {
        listeners.add(change -> {
            // Before the bell runs there is no cache of users, nor has one been looked at: the first pass sees what is
            // so then.
            if (bell.isRunning() && change.concerns(difference)) {
                change.sides().map(users).flatMap(Set::stream).distinct().forEach(bell::ring);
            }
        });
    }

    /**
     * All of a namespace.
     *
     * @throws IllegalStateException while it isn't known yet what exists. Who leads begins later than that; a pass of an operator without
     *     election is repeated.
     */
    protected Stream<R> all(String namespace) {
        return known().values().filter(it -> namespace.equals(it.getMetadata().getNamespace()));
    }

    /**
     * One of them.
     *
     * @throws IllegalStateException as {@link #all} does
     */
    protected Optional<R> one(String namespace, String name) {
        return Optional.ofNullable(known().get(Cache.namespaceKeyFunc(namespace, name)));
    }

    private LeanItemStore<R> known() {
        return store.filter(it -> complete)
                .orElseThrow(() -> new IllegalStateException(
                        getClass().getSimpleName() + " does not know yet what exists: the next try will"));
    }

    private void changed(Change<R> change) {
        for (Consumer<Change<R>> listener : listeners) {
            try {
                listener.accept(change);
            } catch (RuntimeException e) {
                // It would end the watch, and with it all that others hear.
                LOG.error("A change was not told to everybody", e);
            }
        }
    }
}
