package dev.beckon.ledger.invite;

import dev.beckon.ledger.keys.LookupKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The lines of an audience that became no person to contact, as outcomes: action {@code Import}, the line as ordinal. */
public final class ImportLog {
    public static final String BAD_LINE = "BadLine";
    public static final String DUPLICATE = "Duplicate";
    public static final String SUPPRESSED = "Suppressed";
    public static final String NO_CONSENT = "NoConsent";

    /** The word of a campaign whose parser's dataset is such a list as a whole, too. */
    public static final String SOURCE_NOT_ADMINISTERED = "SourceNotAdministered";

    private ImportLog() {}

    /** @param sentence what is wrong with a bad line; nothing of its content */
    public record Line(long number, LookupKey personRef, String reason, String sentence) {}

    /** Appends within the transaction of the batch. */
    public static void append(Handle handle, long campaignId, List<Line> lines, long now) {
        if (lines.isEmpty()) {
            return;
        }
        OutcomeLog.append(
                handle,
                lines.stream()
                        .map(line -> new OutcomeLog.Entry(
                                now,
                                campaignId,
                                Optional.empty(),
                                Optional.empty(),
                                line.number(),
                                Optional.ofNullable(line.personRef()),
                                Optional.empty(),
                                "Import",
                                OutcomeStatus.Skipped,
                                line.reason(),
                                Optional.of(line.sentence()).filter(text -> !text.isEmpty())))
                        .toList());
    }

    /** Where a line counts: the suppressed, the consent-less and other chats' people are done; null is a new person. */
    public static Tally.Cell cellOf(String reason) {
        return switch (reason) {
            case null -> Tally.Cell.PENDING;
            case SUPPRESSED, NO_CONSENT, SOURCE_NOT_ADMINISTERED -> Tally.Cell.atImport(reason);
            default -> Tally.Cell.line(reason);
        };
    }
}
