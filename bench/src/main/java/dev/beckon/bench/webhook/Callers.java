package dev.beckon.bench.webhook;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Callers who each do one thing after the other, all of them at once, and what that took. */
final class Callers {
    private Callers() {}

    /** One caller. */
    @FunctionalInterface
    interface Caller extends AutoCloseable {
        void call(int number) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /**
     * What was measured.
     *
     * @param perSecond calls that ended in a second, by all callers together
     * @param p50 milliseconds
     * @param p99 milliseconds
     */
    record Measured(double perSecond, double p50, double p99) {}

    /** @param each makes a caller */
    static Measured measure(int callers, int calls, Callable<Caller> each) throws Exception {
        long[] nanos = new long[calls];
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Callable<Integer>> work = IntStream.range(0, callers)
                    .<Callable<Integer>>mapToObj(first -> () -> {
                        try (Caller caller = each.call()) {
                            for (int i = first; i < calls; i += callers) {
                                long before = System.nanoTime();
                                caller.call(i);
                                nanos[i] = System.nanoTime() - before;
                            }
                        }
                        return first;
                    })
                    .toList();
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        Arrays.sort(nanos);
        return new Measured(calls / seconds, nanos[calls / 2] / 1e6, nanos[calls * 99 / 100] / 1e6);
    }
}
