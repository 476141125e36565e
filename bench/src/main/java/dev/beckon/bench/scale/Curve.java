package dev.beckon.bench.scale;

import dev.beckon.bench.report.Goal;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What is shown of each size. */
enum Curve {
    RESIDENT(
            "operator memory at rest (RSS)",
            "MiB",
            Optional.of(Goal.valueAtMost(256)),
            step -> step.memory().resident(),
            "what is cached of each resource; the heap's own limit is 192 MiB, and the JVM's code, class data and stacks come on top."),
    PEAK(
            "operator memory, the most it had (RSS)",
            "MiB",
            Optional.empty(),
            step -> step.memory().peak(),
            ""),
    LIVE(
            "of it, what the heap held after a full collection",
            "MiB",
            Optional.empty(),
            step -> step.memory().live(),
            ""),
    LAUNCH(
            "campaigns with a Job per second",
            "/s",
            Optional.of(Goal.valueAtLeast(40)),
            step -> step.launch().perSecond().median(),
            "for each the operator reads its ledger, looks whether Secrets are there and makes a Secret, a Job, a status and an event,"
                    + " on two cores that API server, etcd and database share."),
    READS(
            "API reads per campaign, its whole life",
            "",
            Optional.empty(),
            step -> step.lives().reads(),
            ""),
    WRITES(
            "API writes per campaign, its whole life",
            "",
            Optional.empty(),
            step -> step.lives().writes(),
            ""),
    PASS(
            "a controller's pass over a resource, p99",
            "ms",
            Optional.empty(),
            step -> step.lives().passP99Millis(),
            ""),
    TELL(
            "a pod's end until its campaign tells, p99",
            "s",
            Optional.empty(),
            step -> step.lives().tellP99Seconds(),
            ""),
    QUIET(
            "restart until all is quiet",
            "s",
            Optional.of(Goal.valueAtMost(30)),
            step -> step.restart().quietSeconds(),
            "it looks at every resource once, and reads the ledger's report on each, a batch at a time."),
    REST(
            "API requests per minute at rest",
            "",
            Optional.of(Goal.valueAtMost(0)),
            step -> step.rest().requests(),
            "the page's table of requests tells which.");

    private final String title;
    private final String unit;
    private final Optional<Goal> goal;
    private final ToDoubleFunction<Step> value;
    private final String why;

    Curve(String title, String unit, Optional<Goal> goal, ToDoubleFunction<Step> value, String why) {
        this.title = title;
        this.unit = unit;
        this.goal = goal;
        this.value = value;
        this.why = why;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    Optional<Goal> goal() {
        return goal;
    }

    double of(Step step) {
        return value.applyAsDouble(step);
    }

    /** Why its goal is missed where it is. */
    String why() {
        return why;
    }

    /** Whether it is missed at any size. */
    boolean isMissed(ScaleResult result) {
        return goal.filter(wanted -> result.steps().stream().anyMatch(step -> !wanted.isMetBy(of(step))))
                .isPresent();
    }
}
