package dev.beckon.bench.scale;

import dev.beckon.bench.stage.MetricsText;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something took at most how long.
 *
 * @param upTo by the bound in seconds, the last of which is infinite, how many took no longer
 */
record Histogram(SortedMap<Double, Double> upTo) {
    Histogram {
        upTo = new TreeMap<>(upTo);
    }

    /** A metric's, over all its labels. */
    static Histogram of(String metrics, String metric) {
        SortedMap<Double, Double> upTo = new TreeMap<>();
        MetricsText.of(metrics, metric + "_bucket")
                .forEach(it -> upTo.merge(bound(it.label("le")), it.value(), Double::sum));
        return new Histogram(upTo);
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** What came since. */
    Histogram since(Histogram before) {
        SortedMap<Double, Double> rest = new TreeMap<>(upTo);
        before.upTo.forEach((bound, count) -> rest.merge(bound, -count, Double::sum));
        return new Histogram(rest);
    }

    double count() {
        return upTo.isEmpty() ? 0 : upTo.get(upTo.lastKey());
    }

    /**
     * Below which this share lies, in seconds: as Prometheus' {@code histogram_quantile}, straight from one bound to the next. What is beyond the
     * last finite bound counts as that bound.
     *
     * @throws IllegalStateException when nothing was counted
     */
    double quantile(double share) {
        double wanted = share * count();
        if (!(wanted > 0)) {
            throw new IllegalStateException("nothing was counted of which a quantile could be told");
        }
        double lower = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : upTo.entrySet()) {
            if (bucket.getValue() >= wanted) {
                return bucket.getKey().isInfinite()
                        ? lower
                        : lower + (bucket.getKey() - lower) * (wanted - below) / (bucket.getValue() - below);
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        return lower;
    }
}
