package dev.beckon.demo.chaos;

import java.util.Optional;

/**
 * What is to happen to the one worker that passes a step first.
 *
 * @param whose what the names of the workers hold that are meant; empty for all
 */
public record Ambush(Sabotage what, String whose) {
    private static final String BETWEEN = " ";

    /** For a file that every worker reads. */
    public String encoded() {
        return what.encoded() + BETWEEN + whose;
    }

    /** The inverse of {@link #encoded}; empty for an empty text. */
    public static Optional<Ambush> decoded(String text) {
        String[] parts = text.split(BETWEEN, 2);
        return Sabotage.decoded(parts[0]).map(it -> new Ambush(it, parts.length > 1 ? parts[1] : ""));
    }

    /** Whether it is meant for that worker, at that step. */
    public boolean isFor(String run, String step) {
        return what.step().equals(step) && run.contains(whose);
    }
}
