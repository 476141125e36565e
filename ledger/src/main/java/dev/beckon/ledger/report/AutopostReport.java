package dev.beckon.ledger.report;

import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A schedule at one moment.
 *
 * @param round 1 for the first time through the posts
 * @param postsTotal posts there are, as the newest run found them; 0 before the first
 * @param postsUsed those of them that were used in this round
 * @param postsDigest {@link dev.beckon.ledger.content.PostKeys#digest} of those that the newest run found; absent before the first
 * @param published posts that are in a target: one post in two targets counts twice; with {@code failures} and {@code outcomeUnknown} all
 *     that was tried, ever
 * @param unknownPosts keys of posts of which nobody can tell whether they are in a chat, the newest first, at most {@link #MAX_UNKNOWN};
 *     fewer than {@code outcomeUnknown} tells when these are old
 * @param newest its run that began last
 * @param unfinished runs that have not ended, the newest first, at most {@link #MAX_UNFINISHED}; often the newest or none
 * @param sequence the ledger's number as of this report
 */
public record AutopostReport(
        String scheduleUid,
        int round,
        int postsTotal,
        int postsUsed,
        Optional<String> postsDigest,
        long published,
        long failures,
        long outcomeUnknown,
        Optional<LastPost> lastPost,
        List<String> unknownPosts,
        Optional<Run> newest,
        List<Run> unfinished,
        long sequence) {
    /** The most entries of {@link #unfinished}. */
    public static final int MAX_UNFINISHED = 10;

    /** The most entries of {@link #unknownPosts}. */
    public static final int MAX_UNKNOWN = 10;

    /** Posts whose turn comes before the content is exhausted. */
    public int remaining() {
        return postsTotal - postsUsed;
    }

    /**
     * The post that was published last.
     *
     * @param textStart at most 64 characters
     * @param link absent where the chat has none
     */
    public record LastPost(String textStart, Optional<String> link, Instant at) {}

    /**
     * A run.
     *
     * @param again whether it goes on since a person wants its post published again
     * @param post the key of its post; absent before its turn came, or when none was left
     * @param nextActionAt when it goes on, if it waits
     * @param published targets that have the post
     * @param lastError also of a run that reached other targets
     */
    public record Run(
            String runUid,
            PublishRun.State state,
            boolean again,
            Optional<String> post,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Instant> nextActionAt,
            Optional<String> waitingFor,
            int published,
            int failed,
            int outcomeUnknown,
            Optional<ErrorReport> lastError) {

        public boolean isEnded() {
            return endedAt.isPresent();
        }
    }
}
