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
 * @param othersPercent of all processors, in use by others just before the whole run began
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
        double othersPercent,
        Machine machine) {
    private static final double BUSY_PERCENT = 20;

    public Result {
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    /** Whether others used much of the machine. */
    boolean busy() {
        return othersPercent > BUSY_PERCENT;
    }
}
