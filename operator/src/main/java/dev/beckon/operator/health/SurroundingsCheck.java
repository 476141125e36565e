package dev.beckon.operator.health;

import dev.beckon.operator.hint.Hints;
import dev.beckon.operator.ledger.ReportBook;
import dev.beckon.operator.worker.WorkerFleet;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells what can't be reached. It never makes the operator unready: a ledger or a Redis that is away is no fault of this pod,
 * and another replica would reach it no better.
 */
@Readiness
@ApplicationScoped
public class SurroundingsCheck implements HealthCheck {
    private final ReportBook book;
    private final Hints hints;
    private final WorkerFleet fleet;

    public SurroundingsCheck(ReportBook book, Hints hints, WorkerFleet fleet) {
        this.book = book;
        this.hints = hints;
        this.fleet = fleet;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("surroundings").up();
        response.withData(
                "ledger",
                book.trouble()
                        .map(it -> "unreachable since " + it.since() + ": " + it.why())
                        .orElse("reachable"));
        response.withData(
                "hints", !hints.configured() ? "not configured" : hints.connected() ? "connected" : "disconnected");
        response.withData("workers", fleet.watching() ? "watched" : "not watched");
        return response.build();
    }
}
