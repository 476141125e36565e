package dev.beckon.bench.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many small pieces of work by as many threads as the operator has for its reconciliations. */
public final class Together {
    private static final int THREADS = 16;

    private Together() {}

    /** Makes the things of these numbers and does something with each; gives what came of it, in order. */
    public static <T, R> List<R> map(int first, int count, IntFunction<T> made, Function<T, R> work) {
        return all(
                THREADS,
                IntStream.range(first, first + count)
                        .mapToObj(number -> (Callable<R>) () -> work.apply(made.apply(number)))
                        .toList());
    }

    public static <T> void each(List<T> things, Consumer<T> work) {
        each(THREADS, things, work);
    }

    /** The same by so many threads. */
    public static <T> void each(int threads, List<T> things, Consumer<T> work) {
        all(
                threads,
                things.stream()
                        .map(thing -> (Callable<Boolean>) () -> {
                            work.accept(thing);
                            return true;
                        })
                        .toList());
    }

    private static <R> List<R> all(int count, List<Callable<R>> work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<R> results = new ArrayList<>();
            for (Future<R> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
