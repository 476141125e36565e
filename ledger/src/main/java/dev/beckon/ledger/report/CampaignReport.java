package dev.beckon.ledger.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A campaign at one moment. {@code total = pending + inFlight + done + unknown}, and
 * {@code done = invited + linkSent + alreadyMember + skipped + failed}.
 *
 * @param imported whether the audience is in the ledger, whole
 * @param outcomes counts by reason, the most frequent first, at most {@link #MAX_OUTCOMES}
 * @param finishedLastHour people finished within the last 60 to 70 minutes
 * @param finishedSince from when on they were counted: the beginning of the ten minutes in which the first of them was
 *     finished, or the campaign's first act if that was later
 * @param sequence the ledger's number as of this report
 */
public record CampaignReport(
        String campaignUid,
        boolean imported,
        Counts counts,
        List<OutcomeCount> outcomes,
        List<LineCount> lines,
        List<AccountShare> accounts,
        Optional<ErrorReport> lastError,
        Optional<BreakerReport> breaker,
        Optional<Instant> startTime,
        Optional<Instant> lastInviteTime,
        long finishedLastHour,
        Optional<Instant> finishedSince,
        Optional<Instant> nextActionTime,
        Optional<String> waitingFor,
        long sequence) {
    /** The most entries of {@link #outcomes}: statuses stay small whatever Telegram answers. */
    public static final int MAX_OUTCOMES = 20;

    public record Counts(
            long total,
            long pending,
            long inFlight,
            long unknown,
            long invited,
            long linkSent,
            long alreadyMember,
            long skipped,
            long failed) {
        /** Everyone for whom nothing more is done. */
        public long done() {
            return invited + linkSent + alreadyMember + skipped + failed;
        }

        /** Whole percent, rounded down; 100 for an empty campaign. */
        public int percent() {
            return total == 0 ? 100 : (int) (done() * 100 / total);
        }
    }

    public record OutcomeCount(String reason, long count) {}

    /** Lines of the audience that are no person of their own: {@code BadLine}, {@code Duplicate}. */
    public record LineCount(String reason, long count) {}

    /** One account's part. {@code pending} includes who is in flight. */
    public record AccountShare(
            String accountUid,
            long pending,
            long done,
            Optional<Instant> nextActionTime,
            Optional<String> waitingFor) {}

    public record ErrorReport(String reason, String message, Instant at) {}

    public record BreakerReport(String breakerId, String reason, String message) {}
}
