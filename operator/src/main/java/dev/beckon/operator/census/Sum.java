package dev.beckon.operator.census;

import java.util.List;

/** The metrics that are sums over resources, with their labels; {@code docs/metrics.md} lists them. */
public enum Sum {
    RESOURCES(false, "beckon.resources", "Resources by the word of their state", Label.KIND, Label.NAMESPACE, "state"),
    STALLED(
            false,
            "beckon.resources.stalled",
            "Resources that a person must look at, by reason",
            Label.KIND,
            Label.NAMESPACE,
            Label.REASON),
    WAITING(
            false,
            "beckon.resources.waiting",
            "Resources that wait, by what they wait for",
            Label.KIND,
            Label.NAMESPACE,
            Label.REASON),
    BREAKERS(
            false,
            "beckon.breakers.tripped",
            "Breakers that nobody has acknowledged",
            Label.KIND,
            Label.NAMESPACE,
            Label.REASON),
    PEOPLE(
            false,
            "beckon.campaign.people",
            "People of campaigns who have no outcome yet, or one that nobody knows",
            Label.NAMESPACE,
            "audience",
            "standing"),
    UNKNOWN_POSTS(
            false,
            "beckon.schedule.posts.unknown",
            "Posts of which nobody can tell whether they were published",
            Label.NAMESPACE),
    ACTS(false, "beckon.account.acts", "What accounts tried in the last 24 hours", Label.NAMESPACE, "act"),
    PEOPLE_DONE(true, "beckon.people.done", "People of campaigns who got an outcome", Label.NAMESPACE, Label.OUTCOME),
    REFUSALS(true, "beckon.people.refusals", "People who were skipped, failed or are unknown, by reason", Label.REASON),
    POSTS(true, "beckon.posts", "Posts of schedules, one for each target", Label.NAMESPACE, Label.OUTCOME),
    WAITS(true, "beckon.waits", "Waits of resources that began, by what for", Label.KIND, Label.REASON);

    private final boolean counted;
    private final String metric;
    private final String description;
    private final String labels;

    Sum(boolean counted, String metric, String description, String... labels) {
        this.counted = counted;
        this.metric = metric;
        this.description = description;
        this.labels = String.join(",", labels);
    }

    /** Names of labels that several have. */
    private static final class Label {
        static final String KIND = "kind";
        /** Not {@code namespace}: so Prometheus calls that of the pod that it scrapes. */
        static final String NAMESPACE = "resource.namespace";

        static final String REASON = "reason";
        static final String OUTCOME = "outcome";
    }

    /** Whether it only grows; else it tells what is so now. */
    public boolean counted() {
        return counted;
    }

    /** Whether its last label is a reason, which others could write into a status; the other words are those of enumerations. */
    boolean hasReason() {
        return labels().getLast().equals(Label.REASON);
    }

    public String metric() {
        return metric;
    }

    public String description() {
        return description;
    }

    public List<String> labels() {
        return List.of(labels.split(","));
    }
}
