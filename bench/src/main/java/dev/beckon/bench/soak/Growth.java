package dev.beckon.bench.soak;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * How memory grew with the operations: the straight line that fits all samples best, so that no single one decides. Pure.
 *
 * @param before where the line begins, in bytes
 * @param after where it ends
 * @param perOperation its slope, in bytes; negative when it falls
 */
record Growth(double before, double after, double perOperation) {
    /** The part of the samples from which on growth counts: before, caches fill and code is compiled. */
    private static final double WARM_UP = 0.25;

    /** Of samples, at least two with different numbers of operations. */
    static Growth of(List<Sample> samples, ToLongFunction<Sample> bytes) {
        double operations =
                samples.stream().mapToInt(Sample::operations).average().orElseThrow();
        double mean = samples.stream().mapToLong(bytes).average().orElseThrow();
        double together = 0;
        double squares = 0;
        for (Sample sample : samples) {
            double distance = sample.operations() - operations;
            together += distance * (bytes.applyAsLong(sample) - mean);
            squares += distance * distance;
        }
        if (squares == 0) {
            throw new IllegalArgumentException("growth needs samples at different numbers of operations");
        }
        double slope = together / squares;
        return new Growth(
                mean + slope * (samples.getFirst().operations() - operations),
                mean + slope * (samples.getLast().operations() - operations),
                slope);
    }

    /**
     * What an operation leaves behind, in bytes: the median of what each sample has more than the one before. Larger blocks that come
     * and go, such as a compiler's, show in one step each and don't count; what every operation leaves shows in all of them.
     *
     * @param samples in their order, at least two
     */
    static double typical(List<Sample> samples, ToLongFunction<Sample> bytes) {
        double[] steps = IntStream.range(1, samples.size())
                .mapToDouble(at -> (double)
                                (bytes.applyAsLong(samples.get(at)) - bytes.applyAsLong(samples.get(at - 1)))
                        / (samples.get(at).operations() - samples.get(at - 1).operations()))
                .sorted()
                .toArray();
        return steps[steps.length / 2];
    }

    /** The samples from which on growth counts. */
    static List<Sample> warm(List<Sample> samples) {
        return samples.subList((int) Math.ceil(samples.size() * WARM_UP), samples.size());
    }
}
