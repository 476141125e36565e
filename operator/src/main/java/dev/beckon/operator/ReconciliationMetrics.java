package dev.beckon.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What passes cost and how many fail, by controller. In place of the SDK's own metrics (micrometer-support 5.3.2): those name one metric with two sets of labels, which
 * Prometheus' registry refuses by an exception on the thread of a watch, and what that watch has to tell is lost.
 */
@Singleton
@Unremovable
public class ReconciliationMetrics implements Metrics {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final MeterRegistry registry;

    public ReconciliationMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (OperatorMetrics.Kind kind : OperatorMetrics.Kind.values()) {
            passes(controller(kind.name()));
            failures(controller(kind.name()));
        }
    }

    @Override
    public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
        long begun = System.nanoTime();
        try {
            return execution.execute();
        } finally {
            passes(execution.controllerName()).record(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    @Override
    public void reconciliationFailed(
            HasMetadata resource, RetryInfo retry, Exception failure, Map<String, Object> metadata) {
        failures(controller(resource.getKind())).increment();
    }

    /** As the SDK names it. */
    private static String controller(String kind) {
        return kind.toLowerCase(Locale.ROOT);
    }

    private Timer passes(String controller) {
        return Timer.builder("beckon.reconciliations")
                .description("Passes of a controller over a resource")
                .tag("controller", controller)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter failures(String controller) {
        return Counter.builder("beckon.reconciliations.failed")
                .description("Passes that failed, and are repeated")
                .tag("controller", controller)
                .register(registry);
    }
}
