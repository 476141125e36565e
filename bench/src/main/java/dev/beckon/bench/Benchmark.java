package dev.beckon.bench;

import dev.beckon.bench.report.Figure;
import java.util.List;

/** Something that is measured together with what it is compared with. */
public interface Benchmark {
    /** As {@code ONLY=} takes it. */
    String name();

    String title();

    /** What is measured and how, for the page. */
    String measured();

    /** What it is compared with, for the page. */
    String peer();

    /**
     * Measures, ours and the peer in turns.
     *
     * @throws IllegalStateException when what was measured is not what was meant, such as a run that contacted too few people
     */
    Outcome run(Effort effort) throws Exception;

    /** @param notes what a reader must know besides */
    record Outcome(List<Figure> figures, List<String> notes) {
        public Outcome(List<Figure> figures) {
            this(figures, List.of());
        }
    }
}
