package dev.beckon.operator.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What the {@link ReportBook} can say of a subject. */
public sealed interface Reading<R> {
    /** It is being read; the resource is reconciled again when it is known. */
    record Asked<R>() implements Reading<R> {}

    /**
     * @param report absent when the ledger does not know the subject
     * @param sequence the ledger's number as of the report
     * @param readAt when the report was asked for
     * @param ahead the highest number that any status or report had before, when that is higher: an older backup was restored
     */
    record Known<R>(Optional<R> report, long sequence, Instant readAt, OptionalLong ahead) implements Reading<R> {
        public Known(Optional<R> report, long sequence, Instant readAt) {
            this(report, sequence, readAt, OptionalLong.empty());
        }
    }

    /** @param why one sentence, without names or credentials */
    record Unreachable<R>(Instant since, String why) implements Reading<R> {}
}
