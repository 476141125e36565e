package dev.beckon.operator.ledger;

import java.time.Instant;
import java.util.Optional;

/** What the {@link ReportBook} can say of a subject. */
public sealed interface Reading<R> {
    /** It is being read; the resource is reconciled again when it is known. */
    record Asked<R>() implements Reading<R> {}

    /**
     * @param report absent when the ledger does not know the subject
     * @param sequence the ledger's number as of the report
     * @param readAt when the report was asked for
     */
    record Known<R>(Optional<R> report, long sequence, Instant readAt) implements Reading<R> {}

    /** @param why one sentence, without names or credentials */
    record Unreachable<R>(Instant since, String why) implements Reading<R> {}
}
