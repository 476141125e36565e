package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.LookupKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The events of a webhook, as outcomes: action {@value #ACTION}, the event's number as ordinal, and counted where they stand. */
public final class WebhookLog {
    static final String ACTION = "Webhook";

    private WebhookLog() {}

    /** What became of an event when it came. */
    public enum What {
        ACCEPTED(OutcomeStatus.Accepted, ""),
        DUPLICATE(OutcomeStatus.Skipped, ImportLog.DUPLICATE),
        SUPPRESSED(OutcomeStatus.Skipped, ImportLog.SUPPRESSED),
        NO_CONSENT(OutcomeStatus.Skipped, ImportLog.NO_CONSENT);

        private final OutcomeStatus status;
        private final String reason;

        What(OutcomeStatus status, String reason) {
            this.status = status;
            this.reason = reason;
        }

        /** Where it counts, as a line of an audience would. */
        private Tally.Cell cell() {
            return ImportLog.cellOf(this == ACCEPTED ? null : reason);
        }
    }

    /**
     * One event.
     *
     * @param accountId to which it was assigned
     * @param sentence nothing of the person
     */
    public record Line(long number, long accountId, LookupKey personRef, What what, Optional<String> sentence) {}

    /** Appends and counts within the transaction that takes the events in. */
    public static void append(Handle handle, long campaignId, List<Line> lines, long now) {
        OutcomeLog.append(
                handle,
                lines.stream()
                        .map(line -> new OutcomeLog.Entry(
                                now,
                                campaignId,
                                Optional.of(line.accountId),
                                Optional.empty(),
                                line.number,
                                Optional.of(line.personRef),
                                Optional.empty(),
                                ACTION,
                                line.what.status,
                                line.what.reason,
                                line.sentence))
                        .toList());
        // In one order, so that two who count never wait in a circle.
        Map<Long, Map<What, Long>> counts = lines.stream()
                .collect(Collectors.groupingBy(
                        Line::accountId,
                        TreeMap::new,
                        Collectors.groupingBy(Line::what, TreeMap::new, Collectors.counting())));
        counts.forEach((account, people) ->
                people.forEach((what, count) -> Tally.add(handle, campaignId, account, what.cell(), count)));
    }
}
