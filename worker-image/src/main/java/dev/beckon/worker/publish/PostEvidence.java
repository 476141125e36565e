package dev.beckon.worker.publish;

import dev.beckon.ledger.content.PublishOutcome;
import dev.beckon.ledger.content.TakenPost;
import dev.beckon.ledger.post.PostReader;
import dev.beckon.telegram.ChatPost;
import dev.beckon.telegram.FormerPosts;
import dev.beckon.telegram.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what became of a post whose answer nobody wrote down, from what its chat shows. */
final class PostEvidence {
    /** Our clock and Telegram's may differ by this much. */
    static final Duration CLOCK_SLACK = Duration.ofSeconds(30);

    static final String DEADLINE_PASSED = "DeadlinePassed";

    static final String NO_LOG =
            "It is not in the chat, and no event log that the account may read tells whether it was deleted";

    static final String NOTHING_TO_PROBE =
            "A bot can't read the chat's history, and no earlier message of the chat is known from which to look";

    static final String NOT_PROBED =
            "A bot can't read the chat's history, and the post is not among the messages that follow the last known one";

    private PostEvidence() {}

    /**
     * It stands in the chat.
     *
     * @param openedAt when the intent was written
     * @param history what stands in the chat since the intent
     * @param others messages of the chat that are known to be other posts
     */
    static Optional<PublishOutcome> found(TakenPost post, Instant openedAt, List<ChatPost> history, Set<Long> others) {
        return ours(post, openedAt, history, others).map(PostEvidence::published);
    }

    /**
     * It does not stand in the chat. It was published all the same if the chat's event log shows that it did; it was not if the log
     * covers the time without it; and where there is no such log nobody can tell, unless Telegram refused it: that it was done before, and
     * deleted since, would be two accidents.
     *
     * @param openedAt when the intent was written
     * @param refused Telegram refused it, if it was not done before by a sending whose answer was lost
     * @param sendUntil when it may be sent again at the latest; absent: at any time
     * @param former what was deleted or edited since the intent; absent when the account can't read it. To be asked for after the
     *     history: what is deleted between the two questions is in the log
     * @param others messages of the chat that are known to be other posts
     */
    static PublishOutcome missing(
            TakenPost post,
            Instant openedAt,
            Instant now,
            boolean refused,
            Optional<Instant> sendUntil,
            Optional<FormerPosts> former,
            Set<Long> others) {
        Optional<ChatPost> was = former.flatMap(log -> ours(post, openedAt, log.posts(), others));
        if (was.isPresent()) {
            return published(was.get());
        }
        Instant from = openedAt.minus(CLOCK_SLACK);
        if (!refused && former.filter(log -> !log.coversFrom().isAfter(from)).isEmpty()) {
            // Before its deadline or after: a post that failed everywhere is the next one again.
            return new PublishOutcome.Unknown(NO_LOG);
        }
        return sendUntil.filter(now::isAfter).isPresent()
                ? new PublishOutcome.Failed(
                        DEADLINE_PASSED,
                        "It is not in the chat, and its deadline passed while nobody could tell whether it is")
                : new PublishOutcome.NotSent(now);
    }

    /** The first that was written since the intent, says the same and is not known as another. */
    private static Optional<ChatPost> ours(
            TakenPost post, Instant openedAt, List<ChatPost> messages, Set<Long> others) {
        String text = PostReader.text(post).text();
        return messages.stream()
                .filter(message -> !message.at().isBefore(openedAt.minus(CLOCK_SLACK)))
                .filter(message -> !others.contains(message.messageId()))
                .filter(message -> message.image() == post.image().isPresent())
                .filter(message -> Words.same(text, message.text()))
                .min(Comparator.comparing(ChatPost::at));
    }

    static PublishOutcome.Published published(ChatPost post) {
        return new PublishOutcome.Published(post.messageId(), start(post.text()), post.link());
    }

    /** In one line. */
    private static String start(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
