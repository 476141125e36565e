package dev.beckon.operator;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What became of a resource, as a watch tells it.
 *
 * @param before empty when it is new
 * @param now empty when it is gone
 */
public record Change<R>(Optional<R> before, Optional<R> now) {

    /**
     * Whether it concerns somebody whom each new and each gone one does.
     *
     * @param difference whether the step from the second to the first concerns them
     */
    public boolean concerns(BiPredicate<R, R> difference) {
        return before.flatMap(was -> now.map(is -> difference.test(is, was))).orElse(true);
    }

    /** As it was and as it is: who had to do with it may have nothing to do with it any more. */
    public Stream<R> sides() {
        return Stream.concat(before.stream(), now.stream());
    }
}
