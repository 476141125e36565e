package dev.beckon.ledger.report;

import dev.beckon.ledger.content.PublicationState;
import dev.beckon.ledger.content.PublishRun;
import dev.beckon.ledger.report.CampaignReport.ErrorReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param unknown posts of which nobody can tell whether they are in a chat, the newest first, at most {@link #MAX_UNKNOWN}; fewer than
 *     {@code outcomeUnknown} tells when these are old
 * @param newest its run that began last
 * @param spread what became of the post of its newest run that had one; absent before the first
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
        List<UnknownPost> unknown,
        Optional<Run> newest,
        Optional<Spread> spread,
        List<Run> unfinished,
        long sequence) {
    /** The most entries of {@link #unfinished}. */
    public static final int MAX_UNFINISHED = 10;

    /** The most entries of {@link #unknown}. */
    public static final int MAX_UNKNOWN = 10;

    /** Posts whose turn comes before the content is exhausted. */
    public int remaining() {
        return postsTotal - postsUsed;
    }

    /** The keys of {@link #unknown}, in its order. */
    public List<String> unknownPosts() {
        return unknown.stream().map(UnknownPost::key).toList();
    }

    /**
     * A post of which nobody can tell whether it is in some chats.
     *
     * @param targets {@link dev.beckon.ledger.content.TargetKeys#of} of these chats, by the last of its turns that left such an outcome:
     *     a person who has it published again has so in these
     */
    public record UnknownPost(String key, List<String> targets) {}

    /**
     * A run's post, target by target.
     *
     * @param again whether the run goes on since a person wants its post published again: then it comes to no target that is not in
     *     {@code targets}
     * @param targets by {@link dev.beckon.ledger.content.TargetKeys#of}, in the order in which the run came to them: also targets that
     *     the schedule does not have any more
     */
    public record Spread(String runUid, String post, boolean again, boolean ended, Map<String, InTarget> targets) {}

    /**
     * What became of a post in one target.
     *
     * @param reason why it failed; absent unless it did
     * @param link absent where the chat has none, and unless it is published
     * @param at when that was written down; absent while it is pending or open
     */
    public record InTarget(
            PublicationState state, Optional<String> reason, Optional<String> link, Optional<Instant> at) {}

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
