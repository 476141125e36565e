package dev.beckon.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {
    @Test
    void everyMetricIsDocumentedAndEveryDocumentedOneExists() throws IOException {
        MeterRegistry registry = new SimpleMeterRegistry();
        GatewayMetrics metrics = new GatewayMetrics(registry);
        metrics.refused(401);
        metrics.waiting(() -> 0);
        Set<String> documented = Pattern.compile("(?m)^\\| `(beckon_[a-z_]+)`")
                .matcher(Files.readString(Path.of("../docs/webhook.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented)
                .isEqualTo(registry.getMeters().stream()
                        // The quantiles of a timer are gauges beside it.
                        .filter(meter -> meter.getId().getTag("phi") == null)
                        .map(GatewayMetricsTest::exposedName)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String exposedName(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        return switch (meter.getId().getType()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            default -> name;
        };
    }
}
