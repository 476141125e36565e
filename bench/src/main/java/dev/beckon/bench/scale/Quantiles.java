package dev.beckon.bench.scale;

import java.util.List;

/** Of what was measured one by one. Pure. */
final class Quantiles {
    private Quantiles() {}

    /**
     * The smallest value that this share does not exceed.
     *
     * @param values at least one, in any order
     */
    static double of(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
