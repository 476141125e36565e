package dev.beckon.bench.scale;

import dev.beckon.bench.report.Machine;
import java.time.Instant;
import java.util.List;

/**
 * A run.
 *
 * @param steps the smallest size first, at least one
 * @param othersPercent of all processors, in use by others just before it began
 */
record ScaleResult(List<Step> steps, Instant at, double seconds, double othersPercent, Machine machine) {
    ScaleResult {
        steps = List.copyOf(steps);
    }

    Step largest() {
        return steps.getLast();
    }
}
