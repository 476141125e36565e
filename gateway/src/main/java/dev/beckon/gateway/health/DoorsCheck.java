package dev.beckon.gateway.health;

import dev.beckon.gateway.webhook.Doors;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A gateway that has not read its doors can let nobody in, and sends those away whom another replica would serve: it is not ready. Once
 * read they are known for good.
 */
@Readiness
@ApplicationScoped
public class DoorsCheck implements HealthCheck {
    private final Doors doors;

    public DoorsCheck(Doors doors) {
        this.doors = doors;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("doors").status(doors.areKnown()).build();
    }
}
