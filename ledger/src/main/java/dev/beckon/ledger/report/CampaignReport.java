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

    /**
     * People by where they stand: {@code total} is the sum of the others.
     *
     * @param inFlight an act on them has begun and is not settled
     * @param unknown nobody can tell whether they were contacted
     */
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

    /** @param reason a word in CamelCase, such as PrivacyRestricted */
    public record OutcomeCount(String reason, long count) {}

    /** Lines of the audience that are no person of their own: {@code BadLine}, {@code Duplicate}. */
    public record LineCount(String reason, long count) {}

    /**
     * One account's part. {@code pending} includes who is in flight.
     *
     * @param newest who became due last; empty when nobody may be contacted now
     */
    public record AccountShare(
            String accountUid,
            long pending,
            long done,
            Optional<Instant> nextActionTime,
            Optional<String> waitingFor,
            Optional<Newest> newest) {

        /** Without a word on who is due. */
        public AccountShare(
                String accountUid,
                long pending,
                long done,
                Optional<Instant> nextActionTime,
                Optional<String> waitingFor) {
            this(accountUid, pending, done, nextActionTime, waitingFor, Optional.empty());
        }
    }

    /**
     * Of those who may be contacted now, the one who became due last.
     *
     * @param dueAt of whom a webhook brought: when they came, unless they were put off since
     * @param askedAt when they opted in by webhook; empty for anybody else
     */
    public record Newest(Instant dueAt, Optional<Instant> askedAt) {}

    /**
     * What went wrong last.
     *
     * @param reason a word in CamelCase
     * @param message a sentence for the team
     */
    public record ErrorReport(String reason, String message, Instant at) {}

    /** What pauses the campaign until a person acknowledges it by {@code breakerId}. */
    public record BreakerReport(String breakerId, String reason, String message) {}
}
