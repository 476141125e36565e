package dev.beckon.gateway.health;

import dev.beckon.gateway.GatewayMetrics;
import dev.beckon.gateway.hint.Hints;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells what can't be reached. It never makes the gateway unready: one that loses the ledger answers each caller with 503 and when to
 * come again, which is better than no answer. Only {@link DoorsCheck} waits for the ledger, once.
 */
@Readiness
@ApplicationScoped
public class SurroundingsCheck implements HealthCheck {
    private final GatewayMetrics metrics;
    private final Hints hints;

    public SurroundingsCheck(GatewayMetrics metrics, Hints hints) {
        this.metrics = metrics;
        this.hints = hints;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("surroundings")
                .up()
                .withData("ledger", metrics.ledgerUp() ? "reachable" : "unreachable")
                .withData("hints", hints.state())
                .build();
    }
}
