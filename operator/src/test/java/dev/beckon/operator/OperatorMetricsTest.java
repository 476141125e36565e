package dev.beckon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.crd.InviteCampaign;
import dev.beckon.operator.census.Sum;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final OperatorMetrics metrics = new OperatorMetrics(registry);

    @Test
    void everyMetricIsDocumentedAndEveryDocumentedOneExists() throws IOException {
        metrics.jobsActive(() -> 0);
        new ReconciliationMetrics(registry);
        metrics.podsInTrouble(() -> 0);
        metrics.watching(() -> true);

        Set<String> documented = new TreeSet<>();
        Matcher row =
                Pattern.compile("(?m)^\\| `(beckon_[a-z_]+)`").matcher(Files.readString(Path.of("../docs/metrics.md")));
        while (row.find()) {
            documented.add(row.group(1));
        }

        assertThat(documented).isEqualTo(exposed());
    }

    private Set<String> exposed() {
        return Stream.concat(
                        registry.getMeters().stream()
                                // The buckets of a timer are gauges beside it.
                                .filter(meter -> meter.getId().getTag("le") == null)
                                .map(this::exposedName),
                        Stream.of(Sum.values())
                                .map(sum -> sum.metric().replace('.', '_') + (sum.counted() ? "_total" : "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String exposedName(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        return switch (meter.getId().getType()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            default -> name;
        };
    }

    @Test
    void theLedgerIsUpAgainAsSoonAsItAnswers() {
        metrics.ledgerReadFailed();
        assertThat(registry.get("beckon.ledger.up").gauge().value()).isZero();

        metrics.ledgerRead(Duration.ofMillis(3), 2);
        assertThat(registry.get("beckon.ledger.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("beckon.ledger.read.subjects").counter().count())
                .isEqualTo(2);
    }

    @Test
    void aPassIsTimedAndOneThatFailsIsCounted() {
        ReconciliationMetrics passes = new ReconciliationMetrics(registry);

        passes.reconciliationFailed(new InviteCampaign(), null, new IllegalStateException(), Map.of());

        assertThat(registry.get("beckon.reconciliations.failed")
                        .tag("controller", "invitecampaign")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("beckon.reconciliations").timers()).hasSize(4);
    }
}
