package dev.beckon.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * What came of one benchmark.
 *
 * @param name as {@code ONLY=} takes it
 * @param measured what is measured and how
 * @param peer what it is compared with
 * @param notes what a reader must know besides, such as what could not be used
 * @param at when it began
 * @param seconds how long it took, set-up included
 * @param loadBefore load average over one minute before the whole run began: above 0 somebody else used the machine
 */
public record Result(
        String name,
        String title,
        String measured,
        String peer,
        List<Figure> figures,
        List<String> notes,
        Instant at,
        double seconds,
        double loadBefore,
        Machine machine) {
    public Result {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /** Whether others used much of the machine. */
    boolean busy() {
        return loadBefore > machine.cores() / 2.0;
    }
}
