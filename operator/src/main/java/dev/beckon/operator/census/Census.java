package dev.beckon.operator.census;

import dev.beckon.operator.Change;
import dev.beckon.operator.LeanItemStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/**
 * Keeps {@link Sum}s over all resources as their statuses change, and asks nobody for it: each step of a status is heard from the store of
 * its kind's watch, so every replica has them, and a scrape reads numbers. Nothing is kept of a resource. What is counted begins with what
 * is heard after the start: a resource that is seen for the first time may have done all it tells long ago.
 */
@ApplicationScoped
public class Census {
    private static final Logger LOG = Logger.getLogger(Census.class);

    /**
     * Reasons of one metric: what is beyond goes under one word more, whoever writes words into statuses. Namespaces are not bounded here:
     * with one too many, a sum of states would lose the very word that an alert asks for.
     */
    static final int MOST_WORDS = 200;

    private final MeterRegistry registry;
    private final Map<Series, LongConsumer> series = new HashMap<>();
    private final Map<Sum, Set<String>> words = new EnumMap<>(Sum.class);

    public Census(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Hears of the resources of all controllers from now on: to be called before they start.
     *
     * @throws IllegalStateException if a controller keeps its resources elsewhere
     */
    public void follow(Operator operator) {
        for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
            follow(controller.getConfiguration());
        }
    }

    private <R extends HasMetadata> void follow(ControllerConfiguration<R> controller) {
        if (controller.getInformerConfig().getItemStore() instanceof LeanItemStore<R> lean) {
            lean.tell(this::heard);
        } else {
            throw new IllegalStateException(
                    "The controller " + controller.getName() + " has no item store by which its watch can be followed");
        }
    }

    private void heard(Change<? extends HasMetadata> change) {
        try {
            count(change);
        } catch (RuntimeException e) {
            // It would end the watch, and metrics are not worth that.
            LOG.error("A change is missing in the metrics", e);
        }
    }

    synchronized void count(Change<? extends HasMetadata> change) {
        Map<Series, Long> before = change.before().map(Shares::of).orElse(Map.of());
        Map<Series, Long> now = change.now().map(Shares::of).orElse(Map.of());
        now.forEach((line, share) -> {
            boolean grew = change.before().isPresent() && sameResource(change);
            long step = share - before.getOrDefault(line, 0L);
            add(line, line.sum().counted() && !grew ? 0 : step);
        });
        before.forEach((line, share) -> {
            if (!now.containsKey(line) && !line.sum().counted()) {
                add(line, -share);
            }
        });
    }

    /** One that was replaced by another of its name tells of another's work. */
    private static boolean sameResource(Change<? extends HasMetadata> change) {
        return change.sides().map(it -> it.getMetadata().getUid()).distinct().count() == 1;
    }

    private void add(Series line, long step) {
        series.computeIfAbsent(isKnown(line) ? line : line.rest(), this::begun).accept(step);
    }

    private boolean isKnown(Series line) {
        if (!line.sum().hasReason()) {
            return true;
        }
        Set<String> known = words.computeIfAbsent(line.sum(), sum -> new HashSet<>());
        String word = line.values().getLast();
        return known.contains(word) || (known.size() < MOST_WORDS && known.add(word));
    }

    private LongConsumer begun(Series line) {
        Sum sum = line.sum();
        if (sum.counted()) {
            Counter counter = Counter.builder(sum.metric())
                    .description(sum.description())
                    .tags(line.tags())
                    .register(registry);
            // A status may take back what it told, such as an outcome that became known.
            return step -> counter.increment((double) Math.max(step, 0));
        }
        AtomicLong value = new AtomicLong();
        Gauge.builder(sum.metric(), value, AtomicLong::get)
                .strongReference(true)
                .description(sum.description())
                .tags(line.tags())
                .register(registry);
        return value::addAndGet;
    }
}
