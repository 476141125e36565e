package dev.beckon.operator.parser;

import dev.beckon.operator.schedule.CronSchedule;
import java.time.Instant;
import java.util.Optional;

/** When a run is due next by a parser's schedule. Pure. */
final class ParserNext {
    private ParserNext() {}

    /** Empty when the schedule can't be read, or is never due. */
    static Optional<Instant> of(ParserObserved observed) {
        try {
            return CronSchedule.of(
                            observed.parser().getSpec().schedule(),
                            observed.parser().getSpec().timeZone())
                    .next(observed.now());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
