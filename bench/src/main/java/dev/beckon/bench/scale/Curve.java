package dev.beckon.bench.scale;

import dev.beckon.bench.report.Goal;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What is shown of each size.
 *
 * @param goal absent for what only informs
 * @param why why the goal is missed where it is
 */
record Curve(String title, String unit, Optional<Goal> goal, ToDoubleFunction<Step> value, String why) {
    static final Curve RESIDENT = new Curve(
            "operator memory at rest (RSS)",
            "MiB",
            Optional.of(Goal.valueAtMost(256)),
            step -> step.memory().resident(),
            "what is cached of each resource; and the JVM's code, class data and stacks come on top of its heap.");

    static final Curve PEAK = informs(
            "operator memory, the most it had (RSS)",
            "MiB",
            step -> step.memory().peak());

    static final Curve LIVE = informs(
            "its heap after a full collection", "MiB", step -> step.memory().live());

    static final Curve LAUNCH = new Curve(
            "campaigns with a Job per second",
            "/s",
            Optional.of(Goal.valueAtLeast(40)),
            step -> step.launch().perSecond().median(),
            "for each the operator reads its ledger, looks whether Secrets are there and makes a Secret, a Job, a status and an event,"
                    + " on two cores that API server, etcd and database share.");

    static final Curve READS = informs(
            "API reads per campaign, its whole life", "", step -> step.lives().reads());

    static final Curve WRITES = informs(
            "API writes per campaign, its whole life", "", step -> step.lives().writes());

    static final Curve PASS = informs(
            "a controller's pass over a resource, p99",
            "ms",
            step -> step.lives().passP99Millis());

    static final Curve TELL = informs(
            "a pod's end until its campaign tells, p99",
            "s",
            step -> step.lives().tellP99Seconds());

    static final Curve QUIET = new Curve(
            "restart until all is quiet",
            "s",
            Optional.of(Goal.valueAtMost(30)),
            step -> step.restart().quietSeconds(),
            "it looks at every resource, and reads the ledger's report on each, a batch at a time.");

    static final Curve REST = new Curve(
            "API requests per minute at rest",
            "",
            Optional.of(Goal.valueAtMost(0)),
            step -> step.rest().requests(),
            "not known yet.");

    /** In the order of the page. */
    static final List<Curve> ALL = List.of(RESIDENT, PEAK, LIVE, LAUNCH, READS, WRITES, PASS, TELL, QUIET, REST);

    private static Curve informs(String title, String unit, ToDoubleFunction<Step> value) {
        return new Curve(title, unit, Optional.empty(), value, "");
    }

    double of(Step step) {
        return value.applyAsDouble(step);
    }

    /** Whether its goal is missed at any size. */
    boolean isMissed(ScaleResult result) {
        return goal.filter(wanted -> result.steps().stream().anyMatch(step -> !wanted.isMetBy(of(step))))
                .isPresent();
    }
}
