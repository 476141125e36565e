package dev.beckon.demo.chaos;

import dev.beckon.ledger.accounts.Priority;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is left of the run into which kills fall.
 *
 * @param kinds those of which there is something to do yet, by now
 * @param parserNow has the next parser come now instead of later
 */
record WorkLeft(Supplier<Set<Priority>> kinds, Runnable parserNow) {
    boolean none() {
        return kinds.get().isEmpty();
    }

    boolean has(Priority kind) {
        return kinds.get().contains(kind);
    }
}
