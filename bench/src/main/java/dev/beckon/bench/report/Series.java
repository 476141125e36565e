package dev.beckon.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The same thing measured several times, in the order of the rounds.
 *
 * @param values at least one
 */
public record Series(List<Double> values) {
    public Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        values = List.copyOf(values);
    }

    public static Series of(double... values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return new Series(list);
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    public double lowest() {
        return values.stream().mapToDouble(it -> it).min().orElseThrow();
    }

    public double highest() {
        return values.stream().mapToDouble(it -> it).max().orElseThrow();
    }

    /**
     * Divides round by round: what disturbed a round disturbed both.
     *
     * @throws IllegalArgumentException when the two have not the same number of rounds
     */
    public Series over(Series other) {
        if (values.size() != other.values.size()) {
            throw new IllegalArgumentException(
                    values.size() + " rounds can't be divided by " + other.values.size() + " rounds");
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < values.size(); round++) {
            ratios.add(values.get(round) / other.values.get(round));
        }
        return new Series(ratios);
    }
}
