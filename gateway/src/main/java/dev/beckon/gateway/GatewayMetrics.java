package dev.beckon.gateway;

import dev.beckon.ledger.webhook.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The gateway's own metrics; {@code docs/webhook.md} lists them. None names a person, a campaign or a caller. */
@ApplicationScoped
public class GatewayMetrics {
    private final MeterRegistry registry;
    private final Timer answers;
    private final DistributionSummary batches;
    private final AtomicInteger ledgerUp = new AtomicInteger();
    private final AtomicInteger doors = new AtomicInteger();

    public GatewayMetrics(MeterRegistry registry) {
        this.registry = registry;
        answers = Timer.builder("beckon.webhook.answers")
                .description("Time until an event was kept and answered")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        batches = DistributionSummary.builder("beckon.webhook.batch.events")
                .description("Events written in one transaction")
                .register(registry);
        Gauge.builder("beckon.ledger.up", ledgerUp::get)
                .description("1 while the ledger answers")
                .register(registry);
        Gauge.builder("beckon.webhook.doors", doors::get)
                .description("Webhook campaigns whose doors are known")
                .register(registry);
        for (Receipt.Fate fate : Receipt.Fate.values()) {
            events(fate);
        }
    }

    /** Whether the last attempt to reach the ledger went through. */
    public void ledgerAnswers(boolean up) {
        ledgerUp.set(up ? 1 : 0);
    }

    public boolean ledgerUp() {
        return ledgerUp.get() == 1;
    }

    /** How many open webhooks the gateway holds in memory. */
    public void doorsKnown(int count) {
        doors.set(count);
    }

    /** How many events wait to be written. */
    public void waiting(Supplier<Number> count) {
        Gauge.builder("beckon.webhook.waiting", count)
                .description("Events that wait to be written")
                .register(registry);
    }

    /** @param events how many one transaction wrote */
    public void written(int events) {
        batches.record(events);
    }

    /** @param took from the request's arrival to its answer */
    public void answered(Receipt.Fate fate, Duration took) {
        events(fate).increment();
        answers.record(took);
    }

    /** @param status of HTTP: a handful, so a fit label */
    public void refused(int status) {
        Counter.builder("beckon.webhook.refused")
                .description("Requests that were refused")
                .tag("status", Integer.toString(status))
                .register(registry)
                .increment();
    }

    private Counter events(Receipt.Fate fate) {
        return Counter.builder("beckon.webhook.events")
                .description("Events by what became of them")
                .tag("fate", fate.name())
                .register(registry);
    }
}
